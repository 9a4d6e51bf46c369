import type { Node } from 'web-tree-sitter';
import {
  argumentOf,
  constant,
  passedOn,
  reads,
  type ResponseRules,
  type Steps,
  unread,
} from '../responses';
import { field, items, type SyntaxFile } from '../syntaxFile';

/** What both responses have. */
const shared = /^(?:ResultMetadata|String|GoString)$/;
const printers =
  /^(?:(?:fmt|log|slog|t|b|logger|\w*\.?[lL]og(?:ger)?)\.(?:[FS]?[Pp]rint|Append|Log|Error|Fatal|Panic|Info|Debug|Warn)(?:f|ln)?|awsutil\.(?:Prettify|StringValue)|json\.Marshal(?:Indent)?)$/;

/** How Go reads a response: one of the results of a call. */
export const goResponse: ResponseRules = {
  status: 'Status',
  statusCode: 'StatusCode',
  steps: {
    expression_statement: unread,
    go_statement: unread,
    defer_statement: unread,
    binary_expression: unread,
    expression_list: listSteps,
    selector_expression: (selector) => {
      const member = field(selector, 'field');
      if (shared.test(member?.text ?? '')) return [];
      return member?.text === 'Status' ? reads(member) : passedOn;
    },
    argument_list: argumentOf(printers, (call) => field(call, 'function')?.text),
  },
};

/** `response, err := call()`, `_ = response`. */
function listSteps(list: Node, value: Node, file: SyntaxFile): Steps {
  const statement = list.parent ?? undefined;
  const values = items(list);
  const isRequest = field(field(value, 'function'), 'field')?.text === 'InvokeAsyncRequest';
  const at = values.findIndex(({ id }) => id === value.id) + (isRequest ? 1 : 0);
  const target = items(field(statement, 'left'))[at];
  if (target?.text === '_') return [];
  return target?.id !== value.id && statement?.type === 'short_var_declaration' && target
    ? constant(file, target)
    : passedOn;
}
