import type { Node } from 'web-tree-sitter';
import { stringMentions } from '../dynamic/mentions';
import { isNothing, type ResultRules, type ResultStep } from '../dynamic/result';
import { type Calling, returnedTo } from '../dynamic/returned';
import { oncePerFile } from '../once';
import { ancestor, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import { functions, returnsOf } from './phpClient';

/** How PHP reads an answer: an array with methods, or a promise of one. */
export const phpResult: ResultRules = {
  status: 'Status',
  statusCode: 'StatusCode',
  mentions: oncePerFile((file: SyntaxFile) => stringMentions(file, 'Status', isRead)),
  steps: stepsFrom,
};

/** What an array is written with, no reader looks for. */
const isRead = (string: Node) =>
  string.parent?.type !== 'array_element_initializer' || items(string.parent)[0]?.id !== string.id;

export const contentOf = (node: Node | undefined) =>
  items(node).find(({ type }) => type === 'string_content');

export const argumentsOf = (call: Node | undefined) =>
  items(field(call, 'arguments')).flatMap((argument) => items(argument).at(-1) ?? []);

const passedOn: readonly ResultStep[] = [{ kind: 'passedOn' }];

function reads(key: Node | undefined): readonly ResultStep[] {
  const content = contentOf(key);
  return content ? [{ kind: 'read', key: content.text, range: rangeOf(content) }] : passedOn;
}

function stepsFrom(file: SyntaxFile, expression: Node): readonly ResultStep[] {
  const { parent } = expression;
  if (!parent) return [];
  switch (parent.type) {
    case 'parenthesized_expression':
      return [{ kind: 'value', of: parent }];
    case 'subscript_expression':
      return items(parent)[0]?.id === expression.id ? subscriptSteps(parent) : passedOn;
    case 'member_access_expression':
      return memberSteps(expression, parent);
    case 'member_call_expression':
    case 'nullsafe_member_call_expression':
      return methodSteps(expression, parent);
    case 'assignment_expression':
      return assignmentSteps(expression, parent);
    case 'argument':
      return argumentSteps(parent);
    case 'return_statement':
    case 'arrow_function':
      return returnSteps(file, expression);
    case 'binary_expression':
    case 'conditional_expression':
      return choiceSteps(expression, parent);
    case 'expression_statement':
    case 'unary_op_expression':
    case 'if_statement':
    case 'while_statement':
    case 'echo_statement':
      return [];
    default:
      return passedOn;
  }
}

/** In a string a key may stand without quotation marks: `"$result[Status]"`. */
function subscriptSteps(subscript: Node): readonly ResultStep[] {
  const key = items(subscript)[1];
  return key?.type === 'name' ? [{ kind: 'read', key: key.text, range: rangeOf(key) }] : reads(key);
}

/** `$this->answer` as a place of the field. */
function memberSteps(name: Node, access: Node): readonly ResultStep[] {
  const isField = field(access, 'name')?.id === name.id;
  const isTarget = field(access.parent ?? undefined, 'left')?.id === access.id;
  return isField && !isTarget ? [{ kind: 'value', of: access }] : isField ? [] : passedOn;
}

function methodSteps(expression: Node, call: Node): readonly ResultStep[] {
  if (field(call, 'object')?.id !== expression.id) return passedOn;
  const name = field(call, 'name')?.text ?? '';
  const [argument] = argumentsOf(call);
  if (/^(?:wait|toArray)$/.test(name)) return [{ kind: 'value', of: call }];
  if (/^(?:get|hasKey|offsetGet|offsetExists|search)$/.test(name)) return reads(argument);
  const [parameter] = name === 'then' ? items(field(argument, 'parameters')) : [];
  const variable = field(parameter, 'name');
  return variable ? [{ kind: 'variable', name: variable }] : passedOn;
}

/** A variable, a field, or the parts of a pattern: `['Status' => $status] = $result`. */
function assignmentSteps(expression: Node, assignment: Node): readonly ResultStep[] {
  const target = field(assignment, 'left');
  if (!target || target.id === expression.id) return [];
  const name = target.type === 'member_access_expression' ? field(target, 'name') : target;
  if (name && /^(?:variable_name|name)$/.test(name.type))
    return [
      { kind: 'variable', name },
      { kind: 'value', of: assignment },
    ];
  if (target.type !== 'list_literal') return passedOn;
  return items(target).flatMap((part) => (part.type === 'string' ? reads(part) : []));
}

/** `$client->execute($client->getCommand(…))`: the answer is that call's. */
const executes = /^execute(?:Async)?$/;
const loggers = /^(?:isset|empty|var_dump|print_r|var_export|debug|info|warning|error|log)$/;

function argumentSteps(argument: Node): readonly ResultStep[] {
  const call = argument.parent?.parent ?? undefined;
  const name = (field(call, 'name') ?? field(call, 'function'))?.text ?? '';
  if (call && executes.test(name)) return [{ kind: 'value', of: call }];
  return loggers.test(name) ? [] : passedOn;
}

/** One of two values, which is the answer as long as the other is nothing. */
function choiceSteps(expression: Node, choice: Node): readonly ResultStep[] {
  const [left, right] = items(choice);
  const isChoice =
    choice.type === 'conditional_expression' || field(choice, 'operator')?.text === '??';
  if (!isChoice || field(choice, 'condition')?.id === expression.id) return [];
  const arms =
    choice.type === 'conditional_expression'
      ? [field(choice, 'body'), field(choice, 'alternative')]
      : [left, right];
  const other = arms.find((arm) => arm && arm.id !== expression.id);
  return isNothing(other) ? [{ kind: 'value', of: choice }] : passedOn;
}

function returnSteps(file: SyntaxFile, value: Node): readonly ResultStep[] {
  const definition = ancestor(value, functions);
  const name = field(definition, 'name');
  if (!definition) return [];
  if (!name) return passedOn;
  const results = returnsOf(definition).flatMap((one) => items(one)[0] ?? []);
  return returnedTo(file, name, results, calling);
}

/** `name(…)`, `$this->name(…)` */
const calling: Calling = {
  callAt: ({ parent }) => (parent?.type.endsWith('call_expression') ? parent : undefined),
  isMethodOfAny: ({ parent }) => /^(?:nullsafe_)?member_|^scoped_call/.test(parent?.type ?? ''),
};
