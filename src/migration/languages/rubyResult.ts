import type { Node } from 'web-tree-sitter';
import type { TextRange } from '../../core/problem';
import { isNothing, type ResultRules, type ResultStep } from '../dynamic/result';
import { type Calling, returnedTo } from '../dynamic/returned';
import { oncePerFile } from '../once';
import { ancestor, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import { lastOf, methods, resultsOf } from './rubyClient';

/** How Ruby reads an answer: a structure, which is read like a hash too. */
export const rubyResult: ResultRules = {
  status: 'status',
  statusCode: 'status_code',
  mentions: oncePerFile(mentionsIn),
  steps: stepsFrom,
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

const passedOn: readonly ResultStep[] = [{ kind: 'passedOn' }];

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

function reads(key: Node | undefined): readonly ResultStep[] {
  if (!key || !/symbol|^string$/.test(key.type)) return passedOn;
  const { text, range } = keyOf(key);
  return [{ kind: 'read', key: text, range }];
}

function stepsFrom(file: SyntaxFile, expression: Node): readonly ResultStep[] {
  const { parent } = expression;
  if (!parent) return [];
  switch (parent.type) {
    case 'parenthesized_statements':
      return [{ kind: 'value', of: parent }];
    case 'element_reference':
      return items(parent)[0]?.id === expression.id ? reads(items(parent)[1]) : passedOn;
    case 'assignment':
    case 'operator_assignment':
      return assignmentSteps(parent, expression);
    case 'call':
      return callSteps(expression, parent);
    case 'match_pattern':
    case 'case_match':
      return patternSteps(parent);
    case 'argument_list':
      return argumentSteps(file, parent);
    case 'conditional':
    case 'if':
    case 'unless':
      return choiceSteps(file, expression, parent);
    case 'if_modifier':
    case 'unless_modifier':
      return field(parent, 'body')?.id === expression.id ? [{ kind: 'value', of: parent }] : [];
    case 'binary':
      return binarySteps(expression, parent);
    case 'then':
    case 'else':
    case 'begin':
      return isLast(parent, expression) ? [{ kind: 'value', of: parent }] : [];
    case 'body_statement':
      return isLast(parent, expression) ? returnSteps(file, parent) : [];
    case 'block_body':
      return isLast(parent, expression) ? blockSteps(parent) : [];
    case 'method':
    case 'singleton_method':
      return field(parent, 'body')?.id === expression.id ? returnSteps(file, expression) : [];
    case 'program':
    case 'interpolation':
    case 'while':
    case 'until':
    case 'do':
      return [];
    default:
      return passedOn;
  }
}

const isLast = (statements: Node, { id }: Node) => lastOf(statements)[0]?.id === id;

/** One of two values, which is the answer as long as the other is nothing. */
function choiceSteps(file: SyntaxFile, expression: Node, choice: Node): readonly ResultStep[] {
  if (field(choice, 'condition')?.id === expression.id) return [];
  const arms = [field(choice, 'consequence'), field(choice, 'alternative')];
  const other = arms.find((arm) => arm && arm.id !== expression.id);
  if (stepsFrom(file, choice).length === 0) return [];
  return !other || isNothing(items(other)[0] ?? other) ? [{ kind: 'value', of: choice }] : passedOn;
}

function binarySteps(expression: Node, binary: Node): readonly ResultStep[] {
  const [left, right] = items(binary);
  const isLeft = left?.id === expression.id;
  const operator = field(binary, 'operator')?.text ?? '';
  if (/^(?:&&|and)$/.test(operator)) return isLeft ? [] : [{ kind: 'value', of: binary }];
  if (!/^(?:\|\||or)$/.test(operator)) return passedOn;
  return isLeft && isNothing(right) ? [{ kind: 'value', of: binary }] : passedOn;
}

function assignmentSteps(assignment: Node, expression: Node): readonly ResultStep[] {
  const name = field(assignment, 'left');
  if (name?.id === expression.id) return [];
  return name && /^(?:identifier|instance_variable|constant)$/.test(name.type)
    ? [
        { kind: 'variable', name },
        { kind: 'value', of: assignment },
      ]
    : passedOn;
}

/** Methods that answer with the same structure, or with its hash. */
const isSame = /^(?:to_h|to_hash|data|tap|freeze|itself|on_success)$/;
const readers = /^(?:dig|fetch|\[\]|(?:public_|__)?send(?:__)?|values_at)$/;

function callSteps(expression: Node, call: Node): readonly ResultStep[] {
  if (field(call, 'receiver')?.id !== expression.id) return passedOn;
  const method = field(call, 'method');
  const args = items(field(call, 'arguments'));
  const [parameter] = items(field(field(call, 'block'), 'parameters'));
  const given: readonly ResultStep[] =
    parameter?.type === 'identifier' ? [{ kind: 'variable', name: parameter }] : [];
  if (!method) return passedOn;
  if (readers.test(method.text))
    return args.length === 1 || method.text === 'fetch' ? reads(args[0]) : passedOn;
  if (isSame.test(method.text)) return [...given, { kind: 'value', of: call }];
  if (method.text === 'then') return [...given, ...(given.length > 0 ? [] : passedOn)];
  if (args.length > 0 || field(call, 'block')) return passedOn;
  return [{ kind: 'read', key: method.text, range: rangeOf(method) }];
}

/** `in { status: 202 }`, `=> { status: }`, which makes a variable of that name. */
function patternSteps(match: Node): readonly ResultStep[] {
  const clauses = field(match, 'pattern') ? [match] : items(match).slice(1);
  return clauses.flatMap((clause): readonly ResultStep[] => {
    const pattern = field(clause, 'pattern');
    if (!pattern) return [];
    if (pattern.type !== 'hash_pattern') return passedOn;
    return items(pattern).flatMap((part): readonly ResultStep[] => {
      const key = field(part, 'key');
      if (!key) return [];
      const read = { kind: 'read', key: key.text } as const;
      return field(part, 'value')
        ? [{ ...read, range: rangeOf(key) }]
        : [{ ...read, range: rangeOf(part), newText: 'status_code: status' }];
    });
  });
}

/** Functions that only write down what they are given. */
const loggers = /^(?:p|pp|puts|print|debug|info|warn|error|fatal)$/;

function argumentSteps(file: SyntaxFile, args: Node): readonly ResultStep[] {
  const call = args.parent ?? undefined;
  if (call?.type === 'return') return returnSteps(file, call);
  return loggers.test(field(call, 'method')?.text ?? '') ? [] : passedOn;
}

/** What a block is worth matters to the method that it is given to. */
function blockSteps(body: Node): readonly ResultStep[] {
  const call = ancestor(body, ['call']);
  return /^(?:each|each_with_index|each_slice|times|loop|tap)$/.test(
    field(call, 'method')?.text ?? '',
  )
    ? []
    : passedOn;
}

function returnSteps(file: SyntaxFile, inner: Node): readonly ResultStep[] {
  const method = ancestor(inner, [...methods, 'block', 'do_block', 'lambda']);
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
