import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { insertItemBefore, removeItem, replace } from '../../core/edits';
import { field, rangeOf, type SyntaxFile } from '../syntaxFile';
import type { SharedChange } from '../use';
import type { DeprecatedName } from './javascriptSdk';

/** Whether a name stands where it is imported (or taken from `require(…)`), and not where it is used. */
export function isImported({ parent, type }: Node): boolean {
  return (
    parent?.type === 'import_specifier' ||
    parent?.type === 'pair_pattern' ||
    type === 'shorthand_property_identifier_pattern'
  );
}

/** One change for each deprecated name that is imported: the new name beside it or in its place. */
export function importChanges(file: SyntaxFile, names: readonly DeprecatedName[]): SharedChange[] {
  return names
    .filter(({ node }) => isImported(node) && !isAlias(node))
    .map((name) => importChange(file, name, names));
}

function importChange(
  file: SyntaxFile,
  { node, newName }: DeprecatedName,
  names: readonly DeprecatedName[],
): SharedChange {
  const specifier =
    node.type === 'shorthand_property_identifier_pattern' ? node : (node.parent ?? node);
  const alias = field(specifier, 'alias') ?? field(specifier, 'value');
  const local = alias?.text ?? node.text;
  const needs = names.filter(
    ({ node: use }) => use.text === local && !isImported(use) && !isQualified(use),
  );
  const alreadyImported = file.occurrences(newName).some(isImported);
  const keyword = specifier.text.startsWith('type ') ? 'type ' : '';
  const old = { start: node.startIndex, end: alias?.endIndex ?? node.endIndex };
  const added: TextEdit[] = alreadyImported
    ? []
    : [insertItemBefore(file.text, specifier.startIndex, keyword + newName)];
  return {
    needs: needs.map(({ node: use }) => rangeOf(use)),
    whenAll: [alreadyImported ? removeItem(file.text, rangeOf(specifier)) : replace(old, newName)],
    whenSome: added,
  };
}

const isAlias = (node: Node) =>
  (field(node.parent ?? undefined, 'alias') ?? patternValue(node.parent))?.id === node.id;

const patternValue = (parent: Node | null) =>
  parent?.type === 'pair_pattern' ? field(parent, 'value') : undefined;

/** `lambda.InvokeAsyncCommand` needs no import of its own. */
const isQualified = (node: Node) => /member_expression|nested_/.test(node.parent?.type ?? '');
