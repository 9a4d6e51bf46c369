import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { insert, insertItemBefore, removeItem, removeLines, replace } from '../../core/edits';
import { type Binding, localsOf } from '../locals';
import type { Scope } from '../places';
import { oncePerFile } from '../once';
import { ancestor, contains, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import type { SharedChange } from '../use';
import { originOf } from './javascriptOrigin';
import { type DeprecatedName, deprecatedNames, isQualified } from './javascriptSdk';

/**
 * One place that gives a deprecated export a name in the file: an import, a pattern of `require` or `import()`, a
 * variable (`const C = lambda.InvokeAsyncCommand`).
 */
interface Import {
  readonly newName: string;
  readonly scope: Scope;
  /** What the uses are called then: the new export, or an alias where its name is taken. */
  readonly newLocal: string;
  readonly changes: readonly SharedChange[];
}

/** The imports of deprecated exports by the names that they declare. */
const importsOf = oncePerFile((file: SyntaxFile): ReadonlyMap<number, Import> => {
  const imports = new Map<number, Import>();
  for (const name of deprecatedNames(file)) {
    const form = formOf(name.node);
    const binding = form && localsOf(file).bindingOf(form.local);
    if (!binding || binding.name.id !== form.local.id || imports.has(form.local.id)) continue;
    const found = importAt(file, name, form, binding, [...imports.values()]);
    if (found) imports.set(form.local.id, found);
  }
  return imports;
});

/** How an import is written: what it takes, and what it calls that. */
interface Form {
  readonly kind: 'specifier' | 'pattern' | 'variable';
  /** The item of a list, or the declarator. */
  readonly item: Node;
  readonly local: Node;
}

function formOf(node: Node): Form | undefined {
  const { parent, type } = node;
  if (type === 'shorthand_property_identifier_pattern')
    return parent?.type === 'object_pattern'
      ? { kind: 'pattern', item: node, local: node }
      : undefined;
  if (parent?.type === 'import_specifier')
    return { kind: 'specifier', item: parent, local: field(parent, 'alias') ?? node };
  const value = field(parent ?? undefined, 'value');
  if (parent?.type === 'pair_pattern' && value?.type === 'identifier')
    return { kind: 'pattern', item: parent, local: value };
  const declarator = isQualified(node) ? parent?.parent : undefined;
  const local = field(declarator ?? undefined, 'name');
  const isValue = field(declarator ?? undefined, 'value')?.id === parent?.id;
  return declarator?.type === 'variable_declarator' && isValue && local?.type === 'identifier'
    ? { kind: 'variable', item: declarator, local }
    : undefined;
}

/** Whether a name stands where it is imported or declared, and not where it is used. */
export const isDeclared = (file: SyntaxFile, { node }: DeprecatedName): boolean =>
  formOf(node) !== undefined || localsOf(file).bindingOf(node)?.name.id === node.id;

/** What a name that is used has to become, and the change of its import; undefined where that cannot be known. */
export function newNameOf(
  file: SyntaxFile,
  { node, newName }: DeprecatedName,
): { readonly text: string; readonly changes: readonly SharedChange[] } | undefined {
  if (isQualified(node)) return { text: newName, changes: [] };
  const binding = localsOf(file).bindingOf(node);
  const imported = binding && importsOf(file).get(binding.name.id);
  return imported && { text: imported.newLocal, changes: imported.changes };
}

function importAt(
  file: SyntaxFile,
  { newName }: DeprecatedName,
  form: Form,
  binding: Binding,
  others: readonly Import[],
): Import | undefined {
  const { local, item } = form;
  const uses = localsOf(file)
    .referencesOf(binding)
    .filter(({ id }) => id !== local.id);
  // What another import around this one brings need not be brought twice.
  const around = others.find(
    (other) => other.newName === newName && contains(other.scope.range, rangeOf(local)),
  );
  const existing = around?.newLocal ?? importedAs(file, form, newName, uses);
  const newLocal = existing ?? freeName(file, newName, local, binding);
  if (newLocal === undefined) return undefined;
  const exported = ancestor(item, ['export_statement', 'statement_block', 'formal_parameters']);
  const needs = exported?.type === 'export_statement' ? [...uses, exported] : uses;
  const edits = existing
    ? { whenAll: removalOf(file, form), whenSome: [] }
    : editsOf(file, form, newName, newLocal);
  const change = { needs: needs.map(rangeOf), ...edits };
  return { newName, scope: binding.scope, newLocal, changes: [change, ...(around?.changes ?? [])] };
}

function editsOf(
  file: SyntaxFile,
  { kind, item, local }: Form,
  newName: string,
  newLocal: string,
): Pick<SharedChange, 'whenAll' | 'whenSome'> {
  if (kind === 'variable') {
    const value = field(item, 'value');
    const property = field(value, 'property') ?? item;
    const object = field(value, 'object')?.text ?? '';
    return {
      whenAll: [replace(rangeOf(local), newLocal), replace(rangeOf(property), newName)],
      whenSome: [insert(item.endIndex, `, ${newLocal} = ${object}.${newName}`)],
    };
  }
  const as = kind === 'specifier' ? ' as ' : ': ';
  const name = newLocal === newName ? newName : `${newName}${as}${newLocal}`;
  const text = item.text.startsWith('type ') ? `type ${name}` : name;
  return {
    whenAll: [replace(rangeOf(item), text)],
    whenSome: [insertItemBefore(file.text, item.startIndex, text)],
  };
}

/** The last name of a statement takes the statement along. */
function removalOf(file: SyntaxFile, { kind, item }: Form): TextEdit[] {
  const statement = ancestor(item, [
    'import_statement',
    'lexical_declaration',
    'variable_declaration',
    'formal_parameters',
  ]);
  const declarators = items(statement).filter(({ type }) => type === 'variable_declarator');
  const isOnly = kind === 'variable' || items(item.parent ?? undefined).length === 1;
  if (statement && isOnly && statement.type !== 'formal_parameters' && declarators.length < 2)
    return [removeLines(file.text, rangeOf(statement))];
  return kind === 'variable' ? [] : [removeItem(file.text, rangeOf(item))];
}

/** What the file calls the new export already, where all the uses see it. */
function importedAs(
  file: SyntaxFile,
  { local: old }: Form,
  newName: string,
  uses: readonly Node[],
): string | undefined {
  const locals = localsOf(file);
  const module = originOf(file, old)?.module;
  return file
    .occurrences(newName)
    .flatMap((node) => formOf(node)?.local ?? [])
    .find((local) => {
      const origin = originOf(file, local);
      const binding = locals.bindingOf(local);
      return (
        origin?.module === module &&
        origin?.name === newName &&
        [old, ...uses].every((use) => locals.bindingAt(local.text, use) === binding)
      );
    })?.text;
}

/** The new export's name, or one with `Lambda` before it, where nothing is called so. */
function freeName(
  file: SyntaxFile,
  newName: string,
  place: Node,
  { scope }: Binding,
): string | undefined {
  const locals = localsOf(file);
  return [newName, `Lambda${newName}`].find(
    (name) => locals.isFree(name, place) && locals.isFreeIn(name, scope.range),
  );
}
