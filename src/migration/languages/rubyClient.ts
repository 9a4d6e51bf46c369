import type { Node } from 'web-tree-sitter';
import { type Origin, originBy } from '../dynamic/origin';
import { localsOf } from '../locals';
import { ancestor, field, items, type SyntaxFile } from '../syntaxFile';

/** Whether an expression of Ruby is a Lambda client, by what it was made from. */
export const rubyClient = originBy<'ruby'>(stepFrom);

export const isLambdaClass = ({ text }: Node) => /^(?:::)?(?:Aws::)?Lambda::Client$/.test(text);

function stepFrom(file: SyntaxFile, node: Node): Origin<'ruby'> | readonly Node[] {
  switch (node.type) {
    case 'identifier':
    case 'constant':
    case 'instance_variable':
    case 'class_variable':
    case 'global_variable':
      return valuesOf(file, node);
    case 'scope_resolution':
      return constantValues(file, field(node, 'name'));
    case 'call':
      return callStep(file, node);
    case 'element_reference':
      return elementStep(file, node);
    case 'assignment':
    case 'operator_assignment':
      return listOf(field(node, 'right'));
    case 'binary':
      return items(node);
    case 'if':
    case 'unless':
    case 'conditional':
      return [...listOf(field(node, 'consequence')), ...listOf(field(node, 'alternative'))];
    case 'parenthesized_statements':
    case 'begin':
    case 'then':
    case 'else':
    case 'block_body':
    case 'body_statement':
      return lastOf(node);
    case 'method':
    case 'singleton_method':
      return resultsOf(node);
    case 'return':
      return items(items(node)[0]);
    case 'nil':
      return undefined;
    default:
      return 'other';
  }
}

const listOf = (node: Node | undefined): readonly Node[] => (node ? [node] : []);

/** The value of statements is that of the last one. */
export function lastOf(statements: Node): readonly Node[] {
  const [last] = items(statements)
    .filter(({ type }) => !/^(?:rescue|ensure|else)$/.test(type))
    .slice(-1);
  return listOf(last);
}

export function resultsOf(method: Node): readonly Node[] {
  const body = field(method, 'body');
  const returns = method
    .descendantsOfType('return')
    .filter((one): one is Node => one !== null && ancestor(one, methods)?.id === method.id);
  return [...(body?.type === 'body_statement' ? lastOf(body) : listOf(body)), ...returns];
}

export const methods = ['method', 'singleton_method'];

/** What a variable, a constant or a method without arguments stands for. */
function valuesOf(file: SyntaxFile, name: Node): readonly Node[] {
  const locals = localsOf(file);
  if (!locals.bindingOf(name)) return memoizedBy(file, name);
  return locals.valuesAt(name).flatMap((assignment): readonly Node[] => {
    if (assignment.value) return [assignment.value];
    const holder = assignment.name.parent;
    return holder && methods.includes(holder.type) ? [holder] : [];
  });
}

/** `let(:client) { … }`, `attr_reader :client`, `memoize`: methods that are made by others. */
function memoizedBy(file: SyntaxFile, { text }: Node): readonly Node[] {
  return file.occurrences(`:${text}`).flatMap((symbol): readonly Node[] => {
    const call = symbol.parent?.type === 'argument_list' ? symbol.parent.parent : undefined;
    const method = field(call ?? undefined, 'method')?.text ?? '';
    if (/^attr_(?:reader|accessor)$/.test(method)) return file.occurrences(`@${text}`).slice(0, 1);
    return /^(?:let!?|subject|define_method|helper_method)$/.test(method)
      ? listOf(field(field(call ?? undefined, 'block'), 'body'))
      : [];
  });
}

/** `Clients::LAMBDA`: what the file gives to a constant of that name. */
function constantValues(file: SyntaxFile, name: Node | undefined): readonly Node[] {
  if (!name) return [];
  return file.occurrences(name.text).flatMap((place) => {
    const isSet =
      place.parent?.type === 'assignment' && field(place.parent, 'left')?.id === place.id;
    return isSet ? listOf(field(place.parent ?? undefined, 'right')) : [];
  });
}

const isSame = /^(?:tap|freeze|itself|then|dup)$/;

function callStep(file: SyntaxFile, call: Node): Origin<'ruby'> | readonly Node[] {
  const receiver = field(call, 'receiver');
  const method = field(call, 'method');
  if (!method) return undefined;
  if (receiver && method.text === 'new') {
    const named = receiver.type === 'constant' ? aliasOf(file, receiver) : receiver;
    return isLambdaClass(named) ? 'ruby' : 'other';
  }
  if (receiver && isSame.test(method.text)) return [receiver];
  if (!receiver || receiver.type === 'self') return valuesOf(file, method);
  // `Clients.lambda_client` of this file
  if (receiver.type !== 'constant') return undefined;
  return file
    .occurrences(method.text)
    .flatMap(({ parent }) => (parent?.type === 'singleton_method' ? [parent] : []));
}

/** `Client = Aws::Lambda::Client` */
function aliasOf(file: SyntaxFile, name: Node): Node {
  const [alias] = localsOf(file).valuesAt(name);
  return alias?.value ?? name;
}

/** `CLIENTS[:lambda]` */
function elementStep(file: SyntaxFile, node: Node): readonly Node[] {
  const [holder, key] = items(node);
  if (!holder || !key) return [];
  return valuesOf(file, holder)
    .flatMap((value) => (value.type === 'hash' ? items(value) : []))
    .filter((pair) => field(pair, 'key')?.text.replace(':', '') === key.text.replace(':', ''))
    .flatMap((pair) => listOf(field(pair, 'value')));
}
