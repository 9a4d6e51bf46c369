import type { Node } from 'web-tree-sitter';
import { type Origin, originBy } from '../dynamic/origin';
import { localsOf } from '../locals';
import { ancestor, field, items, type SyntaxFile } from '../syntaxFile';

/** Whether an expression of PHP is a Lambda client, by what it was made from. */
export const phpClient = originBy<'php'>(stepFrom);

function stepFrom(file: SyntaxFile, node: Node): Origin<'php'> | readonly Node[] {
  switch (node.type) {
    case 'variable_name':
      return node.text === '$this' ? undefined : valuesOf(file, node);
    case 'member_access_expression':
    case 'nullsafe_member_access_expression':
      return valuesOf(file, field(node, 'name'));
    case 'scoped_property_access_expression':
      return valuesOf(file, items(field(node, 'name'))[0]);
    case 'object_creation_expression':
      return classStep(file, items(node)[0]);
    case 'named_type':
    case 'optional_type':
    case 'union_type':
      return typeStep(file, node);
    case 'member_call_expression':
    case 'nullsafe_member_call_expression':
    case 'scoped_call_expression':
    case 'function_call_expression':
      return callStep(file, node);
    case 'parenthesized_expression':
      return items(node);
    case 'binary_expression':
      return field(node, 'operator')?.text === '??' ? items(node) : 'other';
    case 'conditional_expression':
      return [field(node, 'body'), field(node, 'alternative')].flatMap((arm) => arm ?? []);
    case 'assignment_expression':
    case 'augmented_assignment_expression':
      return [field(node, 'right')].flatMap((value) => value ?? []);
    case 'method_declaration':
    case 'function_definition':
      return resultsOf(node);
    case 'subscript_expression':
    case 'null':
      return undefined;
    default:
      return 'other';
  }
}

function valuesOf(file: SyntaxFile, name: Node | undefined): readonly Node[] {
  if (!name) return [];
  return localsOf(file)
    .valuesAt(name)
    .flatMap((assignment): readonly Node[] => {
      const holder = assignment.name.parent;
      const isFunction = /^(?:method_declaration|function_definition)$/.test(holder?.type ?? '');
      if (holder && isFunction) return [holder];
      return [assignment.type, assignment.value].flatMap((node) => node ?? []);
    });
}

/** By the name that the file imports the class under. */
function classStep(file: SyntaxFile, name: Node | undefined): Origin<'php'> {
  const leaf = name?.type === 'qualified_name' ? items(name).at(-1) : name;
  if (!leaf) return undefined;
  const [imported] = name?.type === 'name' ? localsOf(file).valuesAt(leaf) : [];
  const clause = imported && ancestor(imported.name, ['namespace_use_clause']);
  const [original = leaf.text] = clause?.text.split(/\s+as\s+/) ?? [];
  return /(?:^|\\)LambdaClient$/.test(original) ? 'php' : 'other';
}

function typeStep(file: SyntaxFile, type: Node): Origin<'php'> {
  const names = type.type === 'named_type' ? items(type) : type.descendantsOfType('name');
  const origins = names.map((name) => classStep(file, name ?? undefined));
  if (origins.includes('php')) return 'php';
  return /Client\b|\b(?:mixed|object)\b/.test(type.text) ? undefined : 'other';
}

function callStep(file: SyntaxFile, call: Node): Origin<'php'> | readonly Node[] {
  const name = field(call, 'name') ?? field(call, 'function');
  const method = name?.text ?? '';
  const args = field(call, 'arguments')?.text ?? '';
  if (/^create(?:MultiRegion)?Lambda$/.test(method)) return 'php';
  if (/^(?:createClient|get)$/.test(method) && /^\(\s*['"]lambda['"]/i.test(args)) return 'php';
  if (method === 'factory') return classStep(file, field(call, 'scope'));
  // A container makes what it is named: `app(LambdaClient::class)`.
  if (/\bLambdaClient::class\b/.test(args)) return 'php';
  const own = valuesOf(file, name);
  return own.length > 0 ? own : undefined;
}

function resultsOf(definition: Node): readonly Node[] {
  const type = field(definition, 'return_type');
  const values = returnsOf(definition).flatMap((one) => items(one)[0] ?? []);
  return [...(type ? [type] : []), ...values];
}

export const functions = [
  'method_declaration',
  'function_definition',
  'anonymous_function',
  'arrow_function',
];

/** The `return` statements of a function itself. */
export function returnsOf(definition: Node): readonly Node[] {
  return definition
    .descendantsOfType('return_statement')
    .filter((one): one is Node => one !== null && ancestor(one, functions)?.id === definition.id);
}
