import type { Node } from 'web-tree-sitter';
import { stringMentions } from '../dynamic/mentions';
import type { DynamicResponse } from '../dynamic/migrate';
import { oncePerFile } from '../once';
import {
  argumentOf,
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
import { returnsOf } from './pythonClient';

const printers = /^(?:print|pprint|debug|info|warning|error|exception|critical|log)$/;

/** How Python reads a response: a dictionary. */
export const pythonResponse: DynamicResponse = {
  status: 'Status',
  statusCode: 'StatusCode',
  mentions: oncePerFile((file: SyntaxFile) => stringMentions(file, 'Status', isRead)),
  steps: {
    await: asIs,
    parenthesized_expression: asIs,
    named_expression: (named) => [...target(field(named, 'name')), ...valueOf(named)],
    assignment: (assignment) => target(field(assignment, 'left')),
    attribute: attributeSteps,
    subscript: (subscript) => keyOf(field(subscript, 'subscript')),
    comparison_operator: (comparison) => items(comparison).filter(isString).flatMap(keyOf),
    match_statement: matchSteps,
    return_statement: returnSteps,
    argument_list: argumentOf(printers, (call) => {
      const callee = field(call, 'function');
      return (field(callee, 'attribute') ?? callee)?.text;
    }),
    conditional_expression: choiceSteps,
    boolean_operator: choiceSteps,
    expression_statement: unread,
    interpolation: unread,
    not_operator: unread,
    if_statement: unread,
    elif_clause: unread,
    while_statement: unread,
    assert_statement: unread,
    del_statement: unread,
  },
};

/** What a dictionary is written with, no reader looks for. */
const isRead = (string: Node) =>
  !(string.parent?.type === 'pair' && field(string.parent, 'key')?.id === string.id);

/** `a if b else c`, `a and b`, `a or b` */
function choiceSteps(choice: Node, value: Node): Steps {
  const [first, second, third] = items(choice);
  const isFirst = first?.id === value.id;
  const isAnd = field(choice, 'operator')?.text === 'and';
  if (third ? second?.id === value.id : isAnd && isFirst) return [];
  if (isAnd && !third) return valueOf(choice);
  return choiceOf(choice, isFirst ? (third ?? second) : first);
}

function target(name: Node | undefined): Steps {
  const leaf = name?.type === 'attribute' ? field(name, 'attribute') : name;
  return leaf?.type === 'identifier' ? variable(leaf) : passedOn;
}

const isString = ({ type }: Node) => type === 'string';

/** A key, when it is a literal. */
function keyOf(key: Node | undefined): Steps {
  const content = key?.type === 'string' ? items(key).find(isContent) : undefined;
  return content ? reads(content) : passedOn;
}

const isContent = ({ type }: Node) => type === 'string_content';

/** `self.response`, or a method of the dictionary. */
function attributeSteps(attribute: Node, value: Node): Steps {
  const name = field(attribute, 'attribute');
  if (name?.id === value.id) return fieldAt(attribute);
  const call = attribute.parent ?? undefined;
  return /^(?:get|pop|__getitem__)$/.test(name?.text ?? '') && call?.type === 'call'
    ? keyOf(items(field(call, 'arguments'))[0])
    : passedOn;
}

/** `case {'Status': status}`: the patterns of a `match`; others may read anything. */
function matchSteps(statement: Node): Steps {
  const patterns = items(field(statement, 'body')).flatMap((clause) => items(clause)[0] ?? []);
  return patterns.flatMap((pattern): Steps => {
    const [dictionary] = items(pattern);
    if (dictionary?.type === 'dict_pattern')
      return items(dictionary).filter(isString).flatMap(keyOf);
    return /^[_\d]|^None$/.test(pattern.text) ? [] : passedOn;
  });
}

function returnSteps(statement: Node, _value: Node, file: SyntaxFile): Steps {
  const definition = ancestor(statement, ['function_definition', 'lambda']);
  const name = field(definition, 'name');
  if (!definition || !name) return passedOn;
  const results = returnsOf(definition).flatMap((one) => items(one)[0] ?? []);
  return returnedTo(file, name, results, calling);
}

/** `name(…)`, `self.name(…)` */
const calling: Calling = {
  callAt: (place) => {
    const callee = place.parent?.type === 'attribute' ? place.parent : place;
    const call = callee.parent;
    const isCall = call?.type === 'call' && field(call, 'function')?.id === callee.id;
    return isCall ? call : undefined;
  },
  isMethodOfAny: ({ parent }) => parent?.type === 'attribute',
};
