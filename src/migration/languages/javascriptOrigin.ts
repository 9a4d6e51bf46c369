import type { Node } from 'web-tree-sitter';
import type { TextRange } from '../../core/problem';
import { oncePerName } from '../once';
import { contains, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';

/** Where a name of a JavaScript file comes from: which module, and which of its exports (`''`: the module itself). */
export interface Origin {
  readonly module: string;
  readonly name: string;
}

/** A declaration of a name: the node that declares it, and the part of the file where it holds. */
export interface Binding {
  readonly name: Node;
  readonly declaration: Node;
  readonly scope: TextRange;
}

const functions = [
  'arrow_function',
  'function_declaration',
  'function_expression',
  'generator_function',
  'generator_function_declaration',
  'method_definition',
];
const scopes = new Set([
  ...functions,
  'statement_block',
  'class_body',
  'for_statement',
  'for_in_statement',
  'program',
]);
const parameters = [
  'required_parameter',
  'optional_parameter',
  'formal_parameters',
  'arrow_function',
];
const declarations = new Set([
  ...parameters,
  'variable_declarator',
  'import_specifier',
  'namespace_import',
  'import_clause',
  'import_require_clause',
]);
const patterns = new Set([
  'object_pattern',
  'array_pattern',
  'pair_pattern',
  'object_assignment_pattern',
  'assignment_pattern',
]);
const wrappers = new Set([
  'parenthesized_expression',
  'await_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
]);

/** The declaration that a name refers to: the innermost one around it. */
export function bindingOf(file: SyntaxFile, name: Node): Binding | undefined {
  const place = rangeOf(name);
  let innermost: Binding | undefined;
  for (const binding of bindingsOf(file, name.text)) {
    if (!contains(binding.scope, place)) continue;
    if (!innermost || contains(innermost.scope, binding.scope)) innermost = binding;
  }
  return innermost;
}

/** Every declaration of a name in the file. */
const bindingsOf = oncePerName((file: SyntaxFile, name) =>
  file.occurrences(name).flatMap((node) => bindingAt(node) ?? []),
);

/** Every place that means the same variable, its declaration among them. */
export function references(file: SyntaxFile, { name, scope }: Binding): Node[] {
  return file
    .occurrencesIn(scope, name.text)
    .filter((node) => node.type !== 'property_identifier')
    .filter((node) => bindingOf(file, node)?.name.id === name.id);
}

function bindingAt(name: Node): Binding | undefined {
  if (name.type === 'property_identifier') return undefined;
  let child = name;
  let declaration = name.parent;
  while (declaration && patterns.has(declaration.type) && !isDefault(declaration, child)) {
    child = declaration;
    declaration = declaration.parent;
  }
  if (!declaration || !declarations.has(declaration.type)) return undefined;
  const declared =
    field(declaration, 'alias') ?? field(declaration, 'pattern') ?? field(declaration, 'parameter');
  const isDeclared =
    (declared ?? field(declaration, 'name') ?? child).id === child.id &&
    declaration.type !== 'arrow_function';
  const isLoneParameter = declaration.type === 'arrow_function' && declared?.id === child.id;
  const scope = isDeclared || isLoneParameter ? scopeOf(declaration) : undefined;
  return scope && { name, declaration, scope: rangeOf(scope) };
}

/** In `{ a = b }` and `{ a: b }` only one side declares. */
function isDefault(pattern: Node, child: Node): boolean {
  return field(pattern, 'right')?.id === child.id || field(pattern, 'key')?.id === child.id;
}

function scopeOf(declaration: Node): Node | undefined {
  let node: Node | null = declaration;
  while (node && !scopes.has(node.type)) node = node.parent;
  return node ?? undefined;
}

/** The expression without parentheses, `await`, `as T`, `satisfies T` and `!`. */
export function unwrap(expression: Node): Node {
  let node = expression;
  for (let inner: Node | undefined = node; inner; ) {
    node = inner;
    inner = wrappers.has(node.type) ? items(node)[0] : undefined;
  }
  return node;
}

export const isWrapper = ({ type }: Node) => wrappers.has(type);

/** The value that a variable starts with. */
export const valueOf = ({ declaration }: Binding) => field(declaration, 'value');

/** The module and export that an expression or a type names; undefined for everything made in this file. */
export function originOf(file: SyntaxFile, expression: Node, depth = 0): Origin | undefined {
  const node = unwrap(expression);
  if (depth > 8) return undefined;
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
    case 'shorthand_property_identifier':
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
  const binding = bindingOf(file, name);
  // The SDK v2 as a script tag brings it: a global.
  if (!binding) return name.text === 'AWS' ? { module: 'aws-sdk', name: '' } : undefined;
  const { declaration } = binding;
  const module = importedModule(declaration);
  if (module !== undefined) {
    const imported =
      declaration.type === 'import_specifier' ? field(declaration, 'name')?.text : '';
    return { module, name: imported ?? '' };
  }
  const value = valueOf(binding);
  const whole = value && originOf(file, value, depth + 1);
  if (!whole || field(declaration, 'name')?.id === binding.name.id) return whole;
  return { module: whole.module, name: keyOf(binding.name) };
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
  let node: Node | null = declaration;
  while (node && node.type !== 'program') {
    const source = field(node, 'source');
    if (source) return stringOf(source);
    node = node.type === 'variable_declarator' ? null : node.parent;
  }
  return undefined;
}

/** The key that a name of an object pattern takes its value from. */
function keyOf(name: Node): string {
  const parent = name.parent;
  return parent?.type === 'pair_pattern' ? (field(parent, 'key')?.text ?? '') : name.text;
}

/** The text of a string literal, without its quotes. */
export const stringOf = (node: Node) => node.text.slice(1, -1);
