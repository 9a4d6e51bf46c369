import { field } from '../syntaxFile';
import {
  argumentOf,
  asIs,
  assigned,
  declared,
  passedOn,
  reads,
  type ResponseRules,
  unread,
  valueOf,
} from '../responses';

/** Methods of a future that give the response. */
const carriers = /^(?:get|join)$/;
/** Methods that both responses and their futures have. */
const shared =
  /^(?:isDone|isCancelled|cancel|toString|hashCode|getSdkResponseMetadata|getSdkHttpMetadata)$/;
/** Methods that print their arguments, or do with a task whatever it returns. */
const printers = /^(?:print(?:ln|f)?|trace|debug|info|warn|error|format|valueOf|requireNonNull)$/;
const runners = /^(?:submit|execute|run|runAsync|forEach|schedule)$/;

/** How Java reads a response, or a future of one. */
export const javaResponse: ResponseRules = {
  status: 'getStatus',
  statusCode: 'getStatusCode',
  steps: {
    expression_statement: unread,
    binary_expression: unread,
    parenthesized_expression: asIs,
    cast_expression: asIs,
    variable_declarator: declared,
    assignment_expression: assigned,
    method_invocation: (call) => {
      const name = field(call, 'name');
      if (!name || shared.test(name.text)) return [];
      if (carriers.test(name.text)) return valueOf(call);
      return name.text === 'getStatus' ? reads(name) : passedOn;
    },
    argument_list: argumentOf(printers, (call) => field(call, 'name')?.text),
    lambda_expression: ({ parent: args }) => {
      const call = args?.type === 'argument_list' ? args.parent : undefined;
      const isRun = runners.test(field(call ?? undefined, 'name')?.text ?? '');
      return isRun && call?.parent?.type === 'expression_statement' ? [] : passedOn;
    },
  },
};
