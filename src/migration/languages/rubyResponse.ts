import type { Node } from 'web-tree-sitter';
import type { TextRange } from '../../core/problem';
import type { DynamicResponse } from '../dynamic/migrate';
import { oncePerFile } from '../once';
import {
  asIs,
  choiceOf,
  passedOn,
  reads,
  type StepRule,
  type Steps,
  stepsFrom,
  unread,
  valueOf,
  variable,
} from '../responses';
import { type Calling, returnedTo } from '../returned';
import { ancestor, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import { lastOf, methods, resultsOf } from './rubyClient';

/** What the last of some statements comes to; nothing reads the others. */
const ifLast =
  (rule: StepRule): StepRule =>
  (statements, value, file) =>
    lastOf(statements)[0]?.id === value.id ? rule(statements, value, file) : [];
const ifBody =
  (rule: StepRule): StepRule =>
  (around, value, file) =>
    field(around, 'body')?.id === value.id ? rule(around, value, file) : [];

/** How Ruby reads a response: a structure, which is read like a hash too. */
export const rubyResponse: DynamicResponse = {
  status: 'status',
  statusCode: 'status_code',
  mentions: oncePerFile(mentionsIn),
  steps: {
    parenthesized_statements: asIs,
    element_reference: (reference, value) =>
      items(reference)[0]?.id === value.id ? keyed(items(reference)[1]) : passedOn,
    assignment: assignmentSteps,
    operator_assignment: assignmentSteps,
    call: callSteps,
    match_pattern: patternSteps,
    case_match: patternSteps,
    argument_list: argumentSteps,
    conditional: choiceSteps,
    if: choiceSteps,
    unless: choiceSteps,
    if_modifier: ifBody(asIs),
    unless_modifier: ifBody(asIs),
    binary: binarySteps,
    // oxlint-disable-next-line unicorn/no-thenable -- A node of the grammar; nobody awaits the table.
    then: ifLast(asIs),
    else: ifLast(asIs),
    begin: ifLast(asIs),
    body_statement: ifLast(returnSteps),
    block_body: ifLast(blockSteps),
    method: ifBody(returnSteps),
    singleton_method: ifBody(returnSteps),
    program: unread,
    interpolation: unread,
    while: unread,
    until: unread,
    do: unread,
  },
};

/** `.status`, `:status`, `'status'`, and `status:` in a pattern. */
function mentionsIn({ text, root }: SyntaxFile): TextRange[] {
  const ranges: TextRange[] = [];
  for (const { index } of text.matchAll(/(?<=[.:'"]|[{,(]\s*)status\b/g)) {
    const node = root.descendantForIndex(index, index + 'status'.length);
    const isRead =
      (node?.type === 'identifier' && node.parent?.type === 'call') ||
      (/symbol/.test(node?.type ?? '') && node?.parent?.type !== 'pair') ||
      (node?.type === 'string_content' && node.parent?.parent?.type !== 'pair');
    if (isRead) ranges.push({ start: index, end: index + 'status'.length });
  }
  return ranges;
}

/** The text of a symbol, a string or a key, and where it stands. */
export function keyOf(node: Node): { text: string; range: TextRange } {
  const content = node.type === 'string' ? (items(node)[0] ?? node) : node;
  const { start, end } = rangeOf(content);
  const isSymbol = content.text.startsWith(':');
  return {
    text: content.text.replace(/^:/, ''),
    range: { start: isSymbol ? start + 1 : start, end },
  };
}

function keyed(key: Node | undefined): Steps {
  if (!key || !/symbol|^string$/.test(key.type)) return passedOn;
  const { text, range } = keyOf(key);
  return [{ kind: 'read', name: text, range }];
}

/** `a ? b : c`, and `if` as a value. */
function choiceSteps(choice: Node, value: Node, file: SyntaxFile): Steps {
  const isCondition = field(choice, 'condition')?.id === value.id;
  if (isCondition || stepsFrom(file, choice, rubyResponse).length === 0) return [];
  const arms = [field(choice, 'consequence'), field(choice, 'alternative')];
  const other = arms.find((arm) => arm && arm.id !== value.id);
  return other ? choiceOf(choice, items(other)[0] ?? other) : valueOf(choice);
}

function binarySteps(binary: Node, value: Node): Steps {
  const [left, right] = items(binary);
  const isLeft = left?.id === value.id;
  const operator = field(binary, 'operator')?.text ?? '';
  if (/^(?:&&|and)$/.test(operator)) return isLeft ? [] : valueOf(binary);
  return isLeft && /^(?:\|\||or)$/.test(operator) ? choiceOf(binary, right) : passedOn;
}

function assignmentSteps(assignment: Node, value: Node): Steps {
  const name = field(assignment, 'left');
  if (name?.id === value.id) return [];
  return name && /^(?:identifier|instance_variable|constant)$/.test(name.type)
    ? [...variable(name), ...valueOf(assignment)]
    : passedOn;
}

/** Methods that return the same structure, or with its hash. */
const isSame = /^(?:to_h|to_hash|data|tap|freeze|itself|on_success)$/;
const readers = /^(?:dig|fetch|\[\]|(?:public_|__)?send(?:__)?|values_at)$/;

function callSteps(call: Node, value: Node): Steps {
  if (field(call, 'receiver')?.id !== value.id) return passedOn;
  const method = field(call, 'method');
  const args = items(field(call, 'arguments'));
  const [parameter] = items(field(field(call, 'block'), 'parameters'));
  const given = parameter?.type === 'identifier' ? variable(parameter) : [];
  if (!method) return passedOn;
  if (readers.test(method.text))
    return args.length === 1 || method.text === 'fetch' ? keyed(args[0]) : passedOn;
  if (isSame.test(method.text)) return [...given, ...valueOf(call)];
  if (method.text === 'then') return [...given, ...(given.length > 0 ? [] : passedOn)];
  if (args.length > 0 || field(call, 'block')) return passedOn;
  return reads(method);
}

/** `in { status: 202 }`, `=> { status: }`, which makes a variable of that name. */
function patternSteps(match: Node): Steps {
  const clauses = field(match, 'pattern') ? [match] : items(match).slice(1);
  return clauses.flatMap((clause): Steps => {
    const pattern = field(clause, 'pattern');
    if (!pattern) return [];
    if (pattern.type !== 'hash_pattern') return passedOn;
    return items(pattern).flatMap((part): Steps => {
      const key = field(part, 'key');
      if (!key) return [];
      const read = { kind: 'read', name: key.text } as const;
      return field(part, 'value')
        ? [{ ...read, range: rangeOf(key) }]
        : [{ ...read, range: rangeOf(part), newText: 'status_code: status' }];
    });
  });
}

/** Functions that only write down what they are given. */
const loggers = /^(?:p|pp|puts|print|debug|info|warn|error|fatal)$/;

function argumentSteps(args: Node, value: Node, file: SyntaxFile): Steps {
  const call = args.parent ?? undefined;
  if (call?.type === 'return') return returnSteps(call, value, file);
  return loggers.test(field(call, 'method')?.text ?? '') ? [] : passedOn;
}

/** What a block is worth matters to the method that it is given to. */
function blockSteps(body: Node): Steps {
  const call = ancestor(body, ['call']);
  return /^(?:each|each_with_index|each_slice|times|loop|tap)$/.test(
    field(call, 'method')?.text ?? '',
  )
    ? []
    : passedOn;
}

function returnSteps(_returning: Node, value: Node, file: SyntaxFile): Steps {
  const method = ancestor(value, [...methods, 'block', 'do_block', 'lambda']);
  const name = field(method, 'name');
  if (!method) return [];
  // `method(:name)`, `send(:name)`
  const isNamed = name !== undefined && file.occurrences(`:${name.text}`).length > 0;
  if (!methods.includes(method.type) || !name || isNamed) return passedOn;
  return returnedTo(file, name, resultsOf(method), calling);
}

const isMethodName = (place: Node) =>
  place.parent?.type === 'call' && field(place.parent, 'method')?.id === place.id;

/** `name`, `name(…)`, `self.name` */
const calling: Calling = {
  callAt: (place) => (isMethodName(place) ? (place.parent ?? undefined) : place),
  isMethodOfAny: isMethodName,
};
