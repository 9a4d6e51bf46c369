import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { insert, lineEnd, removeLines } from '../../core/edits';
import { oncePerName } from '../once';
import { ancestor, field, rangeOf, type SyntaxFile } from '../syntaxFile';
import type { SharedChange } from '../use';

/** The name that a file calls an imported package by; undefined when it does not import it. */
export function importedName(file: SyntaxFile, path: string): string | undefined {
  const spec = importSpec(file, path);
  return spec && (field(spec, 'name')?.text ?? path.split('/').at(-1));
}

/** The removal of an import with its last use; undefined when the file does not import it. */
export const importRemoval = oncePerName((file: SyntaxFile, path): SharedChange | undefined => {
  const spec = importSpec(file, path);
  const name = importedName(file, path);
  if (!spec || name === undefined) return undefined;
  const needs = file
    .occurrences(name)
    .filter(({ type, parent }) => type !== 'field_identifier' && users.has(parent?.type ?? ''))
    .map(rangeOf);
  const whenAll = [removeLines(file.text, rangeOf(specOrDeclaration(spec)))];
  return { needs, whenAll, whenSome: [] };
});

const users = new Set(['selector_expression', 'qualified_type']);

/** Adds an import beside the SDK's own, in the order of paths; undefined when the file has it. */
export function addedImport(file: SyntaxFile, path: string): TextEdit | undefined {
  if (importSpec(file, path)) return undefined;
  const end = lineEnd(file.text);
  const specs = file.root.namedChildren
    .filter(({ type }) => type === 'import_declaration')
    .flatMap((declaration) => declaration.descendantsOfType('import_spec'));
  const siblings = specs.filter((spec) => pathOf(spec).startsWith('github.com/aws/'));
  const next = siblings.find((spec) => pathOf(spec) > path);
  const last = siblings.at(-1) ?? specs.at(-1);
  if (!last) return undefined;
  if (last.parent?.type === 'import_declaration')
    return insert(last.parent.endIndex, `${end}import "${path}"`);
  if (next?.parent?.type === 'import_spec_list')
    return insert(next.startIndex, `"${path}"${end}\t`);
  return insert(last.endIndex, `${end}\t"${path}"`);
}

const importSpec = oncePerName((file: SyntaxFile, path): Node | undefined => {
  const at = file.text.indexOf(`"${path}"`);
  const node = at < 0 ? null : file.root.descendantForIndex(at + 1, at + 2);
  return node ? ancestor(node, ['import_spec']) : undefined;
});

const pathOf = (spec: Node) => field(spec, 'path')?.text.slice(1, -1) ?? '';

/** `import "bytes"` goes as a whole. */
const specOrDeclaration = (spec: Node) =>
  spec.parent?.type === 'import_declaration' ? spec.parent : spec;
