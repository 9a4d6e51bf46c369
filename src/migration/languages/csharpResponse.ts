import type { Node } from 'web-tree-sitter';
import {
  argumentOf,
  asIs,
  assigned,
  declared,
  passedOn,
  reads,
  type ResponseRules,
  type Steps,
  unread,
  valueOf,
} from '../responses';
import { ancestor, field } from '../syntaxFile';

/** Members of a task, and of what gives its result, that hold the response. */
const carriers = /^(?:ConfigureAwait|GetAwaiter|GetResult|Result|WaitAsync|AsTask)$/;
/** Members that both responses and their tasks have. */
const shared =
  /^(?:Wait|HttpStatusCode|ResponseMetadata|ContentLength|ToString|GetHashCode|IsCompleted\w*|IsFaulted|IsCanceled|Exception|Dispose)$/;
/** Methods that print their arguments, or do with a task whatever it returns. */
const printers =
  /^(?:Write(?:Line)?|Log\w*|Trace|Debug|Info(?:rmation)?|Warn(?:ing)?|Error|SerializeObject|WhenAll|WaitAll|Add)$/;

/** How C# reads a response, or a task of one. */
export const csharpResponse: ResponseRules = {
  status: 'Status',
  statusCode: 'StatusCode',
  steps: {
    expression_statement: unread,
    binary_expression: unread,
    is_pattern_expression: unread,
    interpolation: unread,
    await_expression: asIs,
    parenthesized_expression: asIs,
    postfix_unary_expression: asIs,
    cast_expression: asIs,
    as_expression: asIs,
    variable_declarator: declared,
    assignment_expression: assigned,
    member_access_expression: memberSteps,
    conditional_access_expression: (access, value) =>
      field(access, 'condition')?.id === value.id ? read(firstBinding(access)) : valueOf(access),
    argument: argumentOf(printers, (args) => nameOfCall(args?.parent ?? undefined)),
    return_statement: (statement) => (returnsNothing(statement) ? [] : passedOn),
    arrow_expression_clause: (clause) => (returnsNothing(clause) ? [] : passedOn),
  },
};

function memberSteps(access: Node): Steps {
  const name = field(access, 'name');
  if (!carriers.test(name?.text ?? '')) return read(name);
  const { parent } = access;
  return valueOf(parent && field(parent, 'function')?.id === access.id ? parent : access);
}

function read(name: Node | undefined): Steps {
  if (name?.text === 'Status') return reads(name);
  return shared.test(name?.text ?? '') ? [] : passedOn;
}

export const nameOfCall = (call: Node | undefined) => {
  const callee = field(call, 'function');
  const isConditional = callee?.type === 'conditional_access_expression';
  return ((isConditional ? firstBinding(callee) : field(callee, 'name')) ?? callee)?.text ?? '';
};

/** The name right after `?.`. */
const firstBinding = (access: Node) =>
  field(access.descendantsOfType('member_binding_expression')[0] ?? undefined, 'name');

/** Whether the method around gives back a task without a result. */
const returnsNothing = (node: Node) =>
  /^(?:(?:[\w.]+\.)?Task|void)$/.test(returned(ancestor(node, unitTypes))?.text ?? '') &&
  !ancestor(node, ['lambda_expression']);

const returned = (unit: Node | undefined) => field(unit, 'returns') ?? field(unit, 'type');

export const unitTypes = [
  'method_declaration',
  'constructor_declaration',
  'local_function_statement',
  'field_declaration',
  'property_declaration',
];
