import type { Node } from 'web-tree-sitter';
import { manual } from '../manualReasons';
import {
  asIs,
  constant,
  passedOn,
  reads,
  type ResponseRules,
  type Steps,
  unread,
  valueOf,
} from '../responses';
import { ancestor, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import { fullPath } from './rustUses';
import type { ManualReason } from '../use';

/** Methods of a Result or Option that leave the response in it. */
const carriers =
  /^(?:unwrap|expect|ok|map_err|context|with_context|wrap_err|wrap_err_with|inspect_err|as_ref|or_else|unwrap_or_else|send|into_future)$/;
/** Methods that give no response. */
const ends = /^(?:is_ok|is_err|is_some|is_none|err|unwrap_err|expect_err|request_id)$/;
/** Methods that give the response to a closure. */
const givers = /^(?:map|and_then|inspect|map_or|map_or_else|is_ok_and)$/;
/** Macros that print their arguments. */
const printers =
  /^(?:\w+::)*(?:e?print(?:ln)?|format|write(?:ln)?|dbg|trace|debug|info|warn|error|panic|assert)$/;

/** How Rust reads a response, or a Result or Option of one. */
export const rustResponse: ResponseRules = {
  status: 'status',
  statusCode: 'status_code',
  steps: {
    expression_statement: unread,
    await_expression: asIs,
    try_expression: asIs,
    parenthesized_expression: asIs,
    reference_expression: asIs,
    field_expression: methodSteps,
    let_declaration: (statement, _value, file) => patternSteps(field(statement, 'pattern'), file),
    let_condition: (condition, _value, file) => patternSteps(field(condition, 'pattern'), file),
    match_expression: (match, _value, file) =>
      items(field(match, 'body')).flatMap((arm) =>
        patternSteps(items(field(arm, 'pattern'))[0], file),
      ),
    token_tree: tokenSteps,
  },
};

function methodSteps(access: Node, _value: Node, file: SyntaxFile): Steps {
  const method = field(access, 'field');
  const call = access.parent;
  const name = method?.text ?? '';
  if (!method || call?.type !== 'call_expression') return passedOn;
  if (name === 'status') return reads(method);
  if (ends.test(name)) return [];
  if (carriers.test(name)) return valueOf(call);
  if (!givers.test(name)) return passedOn;
  const closure = items(field(call, 'arguments')).findLast(
    ({ type }) => type === 'closure_expression',
  );
  return closure ? patternSteps(items(field(closure, 'parameters'))[0], file) : passedOn;
}

/** The variable that a pattern gives the response to: `response`, `Ok(response)`. */
function patternSteps(pattern: Node | undefined, file: SyntaxFile): Steps {
  if (!pattern || pattern.type === '_' || /^(?:_|Err\b|None\b)/.test(pattern.text)) return [];
  if (pattern.type === 'tuple_struct_pattern') {
    const type = field(pattern, 'type');
    const inner = items(pattern).filter(({ id }) => id !== type?.id);
    return /^(?:Ok|Some)$/.test(type?.text ?? '')
      ? inner.flatMap((part) => patternSteps(part, file))
      : passedOn;
  }
  return pattern.type === 'identifier' ? constant(file, pattern) : passedOn;
}

/** In the arguments of a macro, which are not parsed: `response.status()`, or the response where it is printed. */
function tokenSteps(tree: Node, value: Node, file: SyntaxFile): Steps {
  const after = file.text.slice(value.endIndex, value.endIndex + 200);
  const read = /^\s*\.\s*status(?=\(\))/.exec(after);
  if (read) {
    const end = value.endIndex + read[0].length;
    return [{ kind: 'read', name: 'status', range: { start: end - 'status'.length, end } }];
  }
  const macro = field(ancestor(tree, ['macro_invocation']), 'macro')?.text ?? '';
  return printers.test(macro) && !/^\s*\./.test(after) ? [] : passedOn;
}

/**
 * Why the error of a call cannot change its type: `?` gives it to an error type that this file does not declare, or a
 * type of the deprecated operation is named around it.
 */
export function errorReason(file: SyntaxFile, sent: Node): ManualReason | undefined {
  const around = ancestor(sent, ['function_item']) ?? file.root;
  const named = ['InvokeAsyncOutput', 'InvokeAsyncInput'].some(
    (name) => file.occurrencesIn(rangeOf(around), name).length > 0,
  );
  if (named || file.occurrences('InvokeAsyncError').length > 0) return manual.signature();
  const isTried = sent.parent?.parent?.type === 'try_expression';
  const result = field(around, 'return_type')?.text ?? '';
  const isForeign = [...result.matchAll(/\w+(?:::\w+)*/g)].some(([path]) =>
    /^(?:crate|super|self)(?:::|$)/.test(fullPath(file, path)),
  );
  return isTried && isForeign ? manual.error() : undefined;
}
