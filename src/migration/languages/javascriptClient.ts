import type { Node } from 'web-tree-sitter';
import { type Assignment, localsOf } from '../locals';
import { field, items, type SyntaxFile } from '../syntaxFile';
import {
  functionAround,
  functionOf,
  isFunction,
  type Origin,
  originOf,
  unwrap,
} from './javascriptOrigin';
import { type JavascriptSdk, sdkOfModule } from './javascriptSdk';

/** Whose client an expression is: an SDK's Lambda client, something else for certain, or not known (undefined). */
export type Client = JavascriptSdk | 'other' | undefined;

/** How far an expression is followed: through variables, properties, functions. */
const maxDepth = 8;

export function clientOf(file: SyntaxFile, expression: Node | undefined, depth = 0): Client {
  const node = expression && unwrap(expression);
  if (!node || depth > maxDepth) return undefined;
  switch (node.type) {
    case 'identifier':
      return clientOfVariable(file, node, depth);
    case 'member_expression':
      return clientOfProperty(file, node, depth);
    case 'new_expression':
      return lambdaClass(file, field(node, 'constructor'));
    case 'call_expression':
      return clientOfCall(file, node, depth);
    case 'binary_expression':
    case 'ternary_expression':
    case 'assignment_expression':
    case 'augmented_assignment_expression':
      return strongest(items(node).map((part) => clientOf(file, part, depth + 1)));
    default:
      return undefined;
  }
}

/** One Lambda client is enough; what is known to be another one counts where nothing else is known. */
const strongest = (clients: readonly Client[]): Client =>
  clients.find((client) => client !== undefined && client !== 'other') ??
  clients.find((client) => client === 'other');

function clientOfVariable(file: SyntaxFile, name: Node, depth: number): Client {
  const locals = localsOf(file);
  const binding = locals.bindingOf(name);
  if (!binding) return undefined;
  const module = originOf(file, name)?.module;
  if (module !== undefined)
    return module.startsWith('.') || sdkOfModule(module) ? undefined : 'other';
  return clientOfAssignments(file, locals.valuesAt(name), depth);
}

const clientOfAssignments = (file: SyntaxFile, all: readonly Assignment[], depth: number) =>
  strongest(
    all.map(({ type, value }) => clientOfType(file, type) ?? clientOf(file, value, depth + 1)),
  );

/** `this.lambda`, `clients.lambda`. */
function clientOfProperty(file: SyntaxFile, member: Node, depth: number): Client {
  const locals = localsOf(file);
  const name = field(member, 'property');
  const object = field(member, 'object');
  if (!name || !object) return undefined;
  if (object.type === 'this')
    return (
      clientOfAssignments(file, locals.valuesAt(name), depth) ??
      clientOfGetter(file, locals.bindingOf(name)?.name, depth)
    );
  const values = object.type === 'identifier' ? locals.valuesAt(object) : [];
  const known = values.map(({ value }): Client => {
    const whole = value && unwrap(value);
    if (whole?.type !== 'this') return clientIn(file, whole, name.text, depth);
    const binding = locals.memberAt(whole, name.text);
    return binding && clientOfAssignments(file, locals.assignmentsOf(binding), depth);
  });
  return strongest([...known, ...clientsSet(file, object, name, depth)]);
}

/** `get lambda() { return … }` */
const clientOfGetter = (file: SyntaxFile, name: Node | undefined, depth: number) =>
  name?.parent && isFunction(name.parent) ? clientReturned(file, name.parent, depth) : undefined;

/** `{ lambda: new Lambda() }` */
function clientIn(file: SyntaxFile, object: Node | undefined, key: string, depth: number): Client {
  if (object?.type !== 'object') return undefined;
  const pair = items(object).find((item) => (field(item, 'key') ?? item).text === key);
  return clientOf(file, pair?.type === 'pair' ? field(pair, 'value') : undefined, depth + 1);
}

/** `clients.lambda = …` of the same object, anywhere in the file. */
function clientsSet(file: SyntaxFile, object: Node, name: Node, depth: number): Client[] {
  const locals = localsOf(file);
  const binding = locals.bindingOf(object);
  return file.occurrences(name.text).map(({ parent }): Client => {
    const assignment = parent?.parent;
    const owner = field(parent ?? undefined, 'object');
    const isSet =
      assignment?.type === 'assignment_expression' &&
      field(assignment, 'left')?.id === parent?.id &&
      owner?.text === object.text &&
      locals.bindingOf(owner) === binding;
    return isSet ? clientOf(file, field(assignment, 'right'), depth + 1) : undefined;
  });
}

/** `captureAWSClient(new AWS.Lambda())` and the like return what they are given; own functions, what they return. */
function clientOfCall(file: SyntaxFile, call: Node, depth: number): Client {
  const given = items(field(call, 'arguments')).map((argument) =>
    clientOf(file, argument, depth + 1),
  );
  const client = strongest(given);
  if (client !== undefined && client !== 'other') return client;
  const called = functionOf(file, field(call, 'function'));
  return called && clientReturned(file, called, depth);
}

function clientReturned(file: SyntaxFile, called: Node, depth: number): Client {
  const body = field(called, 'body');
  if (body?.type !== 'statement_block') return clientOf(file, body, depth + 1);
  const returned = body
    .descendantsOfType('return_statement')
    .filter((statement) => functionAround(statement)?.id === called.id);
  return strongest(returned.map((statement) => clientOf(file, items(statement)[0], depth + 1)));
}

/** Types that are as good as the one that they are given. */
const transparent = /^(?:Pick|Partial|Required|Readonly|NonNullable|Promise|Awaited)$/;

function clientOfType(file: SyntaxFile, type: Node | undefined): JavascriptSdk | undefined {
  if (!type) return undefined;
  const isGeneric = type.type === 'generic_type';
  if (isGeneric && !transparent.test(field(type, 'name')?.text ?? '')) return undefined;
  if (
    /^(?:type_annotation|union_type|parenthesized_type|type_arguments|generic_type)$/.test(
      type.type,
    )
  )
    return items(type)
      .map((part) => clientOfType(file, part))
      .find((client) => client !== undefined);
  const client = type.type.endsWith('identifier') ? lambdaClass(file, type) : undefined;
  return client === 'other' ? undefined : client;
}

function lambdaClass(file: SyntaxFile, node: Node | undefined): Client {
  const origin = node && originOf(file, node);
  if (!origin) return undefined;
  return isLambda(origin) ? sdkOfModule(origin.module) : 'other';
}

function isLambda({ module, name }: Origin): boolean {
  if (module === 'aws-sdk/clients/lambda') return ['', 'default', 'Lambda'].includes(name);
  return name === 'Lambda' && sdkOfModule(module) !== undefined;
}
