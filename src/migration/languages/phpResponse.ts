import type { Node } from 'web-tree-sitter';
import { stringMentions } from '../dynamic/mentions';
import type { DynamicResponse } from '../dynamic/migrate';
import { oncePerFile } from '../once';
import {
  asIs,
  choiceOf,
  fieldAt,
  passedOn,
  reads,
  type Steps,
  unread,
  valueOf,
  variable,
} from '../responses';
import { type Calling, returnedTo } from '../returned';
import { ancestor, field, items, type SyntaxFile } from '../syntaxFile';
import { functions, returnsOf } from './phpClient';

/** How PHP reads a response: an array with methods, or a promise of one. */
export const phpResponse: DynamicResponse = {
  status: 'Status',
  statusCode: 'StatusCode',
  mentions: oncePerFile((file: SyntaxFile) => stringMentions(file, 'Status', isRead)),
  steps: {
    parenthesized_expression: asIs,
    subscript_expression: subscriptSteps,
    member_access_expression: (access, value) =>
      field(access, 'name')?.id === value.id ? fieldAt(access) : passedOn,
    member_call_expression: methodSteps,
    nullsafe_member_call_expression: methodSteps,
    assignment_expression: assignmentSteps,
    argument: argumentSteps,
    return_statement: returnSteps,
    arrow_function: returnSteps,
    binary_expression: choiceSteps,
    conditional_expression: choiceSteps,
    expression_statement: unread,
    unary_op_expression: unread,
    if_statement: unread,
    while_statement: unread,
    echo_statement: unread,
  },
};

/** What an array is written with, no reader looks for. */
const isRead = (string: Node) =>
  string.parent?.type !== 'array_element_initializer' || items(string.parent)[0]?.id !== string.id;

export const contentOf = (node: Node | undefined) =>
  items(node).find(({ type }) => type === 'string_content');

export const argumentsOf = (call: Node | undefined) =>
  items(field(call, 'arguments')).flatMap((argument) => items(argument).at(-1) ?? []);

function keyOf(key: Node | undefined): Steps {
  const content = contentOf(key);
  return content ? reads(content) : passedOn;
}

/** In a string a key may stand without quotation marks: `"$result[Status]"`. */
function subscriptSteps(subscript: Node, value: Node): Steps {
  const [object, key] = items(subscript);
  if (object?.id !== value.id) return passedOn;
  return key?.type === 'name' ? reads(key) : keyOf(key);
}

function methodSteps(call: Node, value: Node): Steps {
  if (field(call, 'object')?.id !== value.id) return passedOn;
  const name = field(call, 'name')?.text ?? '';
  const [argument] = argumentsOf(call);
  if (/^(?:wait|toArray)$/.test(name)) return valueOf(call);
  if (/^(?:get|hasKey|offsetGet|offsetExists|search)$/.test(name)) return keyOf(argument);
  const [parameter] = name === 'then' ? items(field(argument, 'parameters')) : [];
  const given = field(parameter, 'name');
  return given ? variable(given) : passedOn;
}

/** A variable, a field, or the parts of a pattern: `['Status' => $status] = $result`. */
function assignmentSteps(assignment: Node, value: Node): Steps {
  const target = field(assignment, 'left');
  if (!target || target.id === value.id) return [];
  const name = target.type === 'member_access_expression' ? field(target, 'name') : target;
  if (name && /^(?:variable_name|name)$/.test(name.type))
    return [...variable(name), ...valueOf(assignment)];
  if (target.type !== 'list_literal') return passedOn;
  return items(target).flatMap((part) => (part.type === 'string' ? keyOf(part) : []));
}

/** `$client->execute($client->getCommand(…))`: the response is that call's. */
const executes = /^execute(?:Async)?$/;
const loggers = /^(?:isset|empty|var_dump|print_r|var_export|debug|info|warning|error|log)$/;

function argumentSteps(argument: Node): Steps {
  const call = argument.parent?.parent ?? undefined;
  const name = (field(call, 'name') ?? field(call, 'function'))?.text ?? '';
  if (call && executes.test(name)) return valueOf(call);
  return loggers.test(name) ? [] : passedOn;
}

/** `$a ?: $b`, `$a ?? $b` */
function choiceSteps(choice: Node, value: Node): Steps {
  const isConditional = choice.type === 'conditional_expression';
  const isChoice = isConditional || field(choice, 'operator')?.text === '??';
  if (!isChoice || field(choice, 'condition')?.id === value.id) return [];
  const arms = isConditional
    ? [field(choice, 'body'), field(choice, 'alternative')]
    : items(choice);
  return choiceOf(
    choice,
    arms.find((arm) => arm && arm.id !== value.id),
  );
}

function returnSteps(_returning: Node, value: Node, file: SyntaxFile): Steps {
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
