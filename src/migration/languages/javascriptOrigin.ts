import type { Node } from 'web-tree-sitter';
import { type Binding, localsOf } from '../locals';
import { ancestor, field, items, type SyntaxFile } from '../syntaxFile';

/** Where a name of a JavaScript file comes from: which module, and which of its exports (`''`: the module itself). */
export interface Origin {
  readonly module: string;
  readonly name: string;
}

const patterns = new Set([
  'object_pattern',
  'array_pattern',
  'pair_pattern',
  'object_assignment_pattern',
  'assignment_pattern',
  'rest_pattern',
]);
export const wrappers = [
  'parenthesized_expression',
  'await_expression',
  'as_expression',
  'satisfies_expression',
  'type_assertion',
  'non_null_expression',
];
const functionTypes = [
  'arrow_function',
  'function_declaration',
  'function_expression',
  'generator_function',
  'generator_function_declaration',
  'method_definition',
];

/** The expression without parentheses, `await`, `as T`, `<T>`, `satisfies T` and `!`. */
export function unwrap(expression: Node): Node {
  let node = expression;
  for (let inner: Node | undefined = node; inner; ) {
    node = inner;
    const parts = isWrapper(node) ? items(node) : [];
    inner = node.type === 'type_assertion' ? parts.at(-1) : parts[0];
  }
  return node;
}

export const isWrapper = ({ type }: Node) => wrappers.includes(type);
export const isFunction = ({ type }: Node) => functionTypes.includes(type);
export const functionAround = (node: Node) => ancestor(node, functionTypes);

/** What a name that is declared is a part of: a declarator, a parameter, an import. */
export function declarationOf(name: Node): Node | undefined {
  let node = name.parent;
  while (node && patterns.has(node.type)) node = node.parent;
  return node ?? undefined;
}

/** The one value that a variable ever has. */
export function soleValue(file: SyntaxFile, binding: Binding): Node | undefined {
  const assignments = localsOf(file).assignmentsOf(binding);
  const [first] = assignments;
  return assignments.length === 1 ? first?.value : undefined;
}

/** The function that an expression is or names. */
export function functionOf(file: SyntaxFile, expression: Node | undefined): Node | undefined {
  const node = expression && unwrap(expression);
  if (!node || isFunction(node)) return node;
  const name = node.type === 'member_expression' ? field(node, 'property') : node;
  const binding = name && localsOf(file).bindingOf(name);
  if (!binding) return undefined;
  const { parent } = binding.name;
  if (parent && isFunction(parent) && field(parent, 'name')?.id === binding.name.id) return parent;
  const value = soleValue(file, binding);
  return value && isFunction(value) ? value : undefined;
}

/** The module and export that an expression or a type names; undefined for everything made in this file. */
export function originOf(file: SyntaxFile, expression: Node, depth = 0): Origin | undefined {
  const node = unwrap(expression);
  if (depth > 8) return undefined;
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
    case 'shorthand_property_identifier':
    case 'shorthand_property_identifier_pattern':
      return originOfName(file, node, depth);
    case 'member_expression':
    case 'nested_identifier':
      return originOfMember(file, field(node, 'object'), field(node, 'property'), depth);
    case 'nested_type_identifier':
      return originOfMember(file, field(node, 'module'), field(node, 'name'), depth);
    case 'call_expression':
      return originOfCall(file, node, depth);
    default:
      return undefined;
  }
}

function originOfName(file: SyntaxFile, name: Node, depth: number): Origin | undefined {
  const binding = localsOf(file).bindingOf(name);
  // The SDK v2 as a script tag brings it: a global.
  if (!binding) return name.text === 'AWS' ? { module: 'aws-sdk', name: '' } : undefined;
  const declaration = declarationOf(binding.name);
  const module = declaration && importedModule(declaration);
  if (module !== undefined) {
    const imported =
      declaration?.type === 'import_specifier' ? field(declaration, 'name')?.text : '';
    return { module, name: imported ?? '' };
  }
  for (const { name: given, value } of localsOf(file).assignmentsOf(binding)) {
    const isPart = patterns.has(given.parent?.type ?? '');
    const origin = isPart
      ? originOfPart(file, given, depth)
      : value && originOf(file, value, depth + 1);
    if (origin) return origin;
  }
  return declaration && originOfParameter(file, declaration, depth);
}

/** What a pattern takes out of a module: `const { Lambda } = require('m')`, `import('m').then(({ Lambda }) => …)`. */
function originOfPart(file: SyntaxFile, name: Node, depth: number): Origin | undefined {
  const declaration = declarationOf(name);
  if (!declaration || !isTopOfPattern(name)) return undefined;
  const value = field(declaration, 'value') ?? field(declaration, 'right');
  const whole = value
    ? originOf(file, value, depth + 1)
    : originOfParameter(file, declaration, depth);
  return whole?.name === '' || whole?.name === 'default'
    ? { module: whole.module, name: keyOf(name) }
    : undefined;
}

/** The parameter of what follows on `import('m').then`. */
function originOfParameter(file: SyntaxFile, declaration: Node, depth: number): Origin | undefined {
  const receiver = isFunction(declaration) ? declaration : functionAround(declaration);
  const then = field(receiver?.parent?.parent ?? undefined, 'function');
  const isThen = receiver?.parent?.type === 'arguments' && field(then, 'property')?.text === 'then';
  const object = isThen ? field(then, 'object') : undefined;
  return object && originOf(file, object, depth + 1);
}

/** In `{ a: { b } }` and `{ a: [b] }` nothing is known of b. */
function isTopOfPattern(name: Node): boolean {
  let depth = 0;
  for (let node = name.parent; node && patterns.has(node.type); node = node.parent) {
    if (node.type === 'object_pattern') depth++;
    if (node.type === 'array_pattern' || node.type === 'rest_pattern') depth = 2;
  }
  return depth === 1;
}

function originOfMember(
  file: SyntaxFile,
  object: Node | undefined,
  property: Node | undefined,
  depth: number,
): Origin | undefined {
  const whole = object && originOf(file, object, depth + 1);
  return whole && property && { module: whole.module, name: property.text };
}

/** `require('m')`, `import('m')`, and wrappers such as `captureAWS(require('m'))`, which return what they are given. */
function originOfCall(file: SyntaxFile, call: Node, depth: number): Origin | undefined {
  const callee = field(call, 'function');
  const argument = items(field(call, 'arguments'))[0];
  if (argument?.type === 'string' && (callee?.text === 'require' || callee?.type === 'import')) {
    return { module: stringOf(argument), name: '' };
  }
  return argument && /capture\w*$/i.test(callee?.text ?? '')
    ? originOf(file, argument, depth + 1)
    : undefined;
}

function importedModule(declaration: Node): string | undefined {
  if (!/^(?:import_|namespace_import)/.test(declaration.type)) return undefined;
  const statement = ancestor(declaration, ['import_statement']);
  const source = field(declaration, 'source') ?? field(statement, 'source');
  return source && stringOf(source);
}

/** The key that a name of an object pattern takes its value from. */
function keyOf(name: Node): string {
  const parent = name.parent?.type === 'assignment_pattern' ? name.parent.parent : name.parent;
  return parent?.type === 'pair_pattern' ? (field(parent, 'key')?.text ?? '') : name.text;
}

/** The text of a string literal, without its quotes. */
export const stringOf = (node: Node) => node.text.slice(1, -1);

/** Only TypeScript's grammar knows annotations. */
export const isTypescript = ({ root }: SyntaxFile) =>
  root.tree.language.idForNodeType('type_annotation', true) !== null;
