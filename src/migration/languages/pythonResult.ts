import type { Node } from 'web-tree-sitter';
import { isNothing, type ResultRules, type ResultStep } from '../dynamic/result';
import { stringMentions } from '../dynamic/mentions';
import { type Calling, returnedTo } from '../dynamic/returned';
import { oncePerFile } from '../once';
import { ancestor, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import { returnsOf } from './pythonClient';

/** How Python reads an answer: a dictionary. */
export const pythonResult: ResultRules = {
  status: 'Status',
  statusCode: 'StatusCode',
  mentions: oncePerFile((file: SyntaxFile) => stringMentions(file, 'Status', isRead)),
  steps: stepsFrom,
};

/** What a dictionary is written with, no reader looks for. */
const isRead = (string: Node) =>
  !(string.parent?.type === 'pair' && field(string.parent, 'key')?.id === string.id);

const passedOn: readonly ResultStep[] = [{ kind: 'passedOn' }];

function stepsFrom(file: SyntaxFile, expression: Node): readonly ResultStep[] {
  const { parent } = expression;
  if (!parent) return [];
  switch (parent.type) {
    case 'await':
    case 'parenthesized_expression':
      return [{ kind: 'value', of: parent }];
    case 'named_expression':
      return [...variable(field(parent, 'name')), { kind: 'value', of: parent }];
    case 'assignment':
      return variable(field(parent, 'left'));
    case 'attribute':
      return attributeSteps(expression, parent);
    case 'subscript':
      return reads(field(parent, 'subscript'));
    case 'comparison_operator':
      return items(parent).flatMap((side) => (side.type === 'string' ? reads(side) : []));
    case 'match_statement':
      return matchSteps(parent);
    case 'return_statement':
      return returnSteps(file, parent);
    case 'argument_list':
      return isLogged(parent) ? [] : passedOn;
    case 'conditional_expression':
    case 'boolean_operator':
      return choiceSteps(expression, parent);
    case 'expression_statement':
    case 'interpolation':
    case 'not_operator':
    case 'if_statement':
    case 'elif_clause':
    case 'while_statement':
    case 'assert_statement':
    case 'del_statement':
      return [];
    default:
      return passedOn;
  }
}

/** One of two values, which is the answer as long as the other is nothing. */
function choiceSteps(expression: Node, choice: Node): readonly ResultStep[] {
  const [first, second, third] = items(choice);
  const isFirst = first?.id === expression.id;
  const isAnd = field(choice, 'operator')?.text === 'and';
  if (third ? second?.id === expression.id : isAnd && isFirst) return [];
  const other = isFirst ? (third ?? second) : first;
  return (isAnd && !third) || isNothing(other) ? [{ kind: 'value', of: choice }] : passedOn;
}

const variable = (name: Node | undefined): readonly ResultStep[] => {
  const leaf = name?.type === 'attribute' ? field(name, 'attribute') : name;
  return leaf?.type === 'identifier' ? [{ kind: 'variable', name: leaf }] : passedOn;
};

/** A key, when it is a literal. */
function reads(key: Node | undefined): readonly ResultStep[] {
  const content = key?.type === 'string' ? items(key).find(isContent) : undefined;
  return content ? [{ kind: 'read', key: content.text, range: rangeOf(content) }] : passedOn;
}

const isContent = ({ type }: Node) => type === 'string_content';

/** `self.answer` as a place of the field, or a method of the dictionary. */
function attributeSteps(expression: Node, attribute: Node): readonly ResultStep[] {
  if (field(attribute, 'attribute')?.id === expression.id)
    return field(attribute.parent ?? undefined, 'left')?.id === attribute.id
      ? []
      : [{ kind: 'value', of: attribute }];
  const call = attribute.parent ?? undefined;
  const method = field(attribute, 'attribute')?.text;
  return /^(?:get|pop|__getitem__)$/.test(method ?? '') && call?.type === 'call'
    ? reads(items(field(call, 'arguments'))[0])
    : passedOn;
}

/** `case {'Status': status}`: the patterns of a `match`; others may read anything. */
function matchSteps(statement: Node): readonly ResultStep[] {
  const patterns = items(field(statement, 'body')).flatMap((clause) => items(clause)[0] ?? []);
  return patterns.flatMap((pattern) => {
    const [dictionary] = items(pattern);
    if (dictionary?.type !== 'dict_pattern')
      return /^[_\d]|^None$/.test(pattern.text) ? [] : passedOn;
    return items(dictionary).flatMap((part) => (part.type === 'string' ? reads(part) : []));
  });
}

function returnSteps(file: SyntaxFile, statement: Node): readonly ResultStep[] {
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

/** Functions that only write down what they are given. */
const loggers = /^(?:print|pprint|debug|info|warning|error|exception|critical|log)$/;

function isLogged(args: Node): boolean {
  const callee = field(args.parent ?? undefined, 'function');
  return loggers.test((field(callee, 'attribute') ?? callee)?.text ?? '');
}
