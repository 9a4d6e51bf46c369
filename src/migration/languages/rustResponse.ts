import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { replace } from '../../core/edits';
import { byHand } from '../byHand';
import { localsOf } from '../locals';
import { ancestor, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import { fullPath } from './rustUses';

/** The renames of each `.status()` that reads the response, or why it is read where nobody sees it. */
export function resultEdits(file: SyntaxFile, sent: Node): TextEdit[] | string {
  const edits: TextEdit[] = [];
  return follow(file, sent, edits) ? edits : byHand.response();
}

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

/** Where a value that is or holds the response goes; false when it goes out of sight. */
function follow(file: SyntaxFile, value: Node, edits: TextEdit[]): boolean {
  const { parent } = value;
  if (!parent) return false;
  switch (parent.type) {
    case 'expression_statement':
      return true;
    case 'await_expression':
    case 'try_expression':
    case 'parenthesized_expression':
    case 'reference_expression':
      return follow(file, parent, edits);
    case 'field_expression':
      return followMethod(file, parent, edits);
    case 'let_declaration':
    case 'let_condition':
      return followPattern(file, field(parent, 'pattern'), edits);
    case 'match_expression':
      return items(field(parent, 'body')).every((arm) =>
        followPattern(file, items(field(arm, 'pattern'))[0], edits),
      );
    case 'token_tree':
      return followTokens(file, value, parent, edits);
    default:
      return false;
  }
}

function followMethod(file: SyntaxFile, access: Node, edits: TextEdit[]): boolean {
  const method = field(access, 'field');
  const call = access.parent;
  const name = method?.text ?? '';
  if (!method || call?.type !== 'call_expression') return false;
  if (name === 'status') {
    edits.push(replace(rangeOf(method), 'status_code'));
    return true;
  }
  if (ends.test(name)) return true;
  if (carriers.test(name)) return follow(file, call, edits);
  if (!givers.test(name)) return false;
  const closures = items(field(call, 'arguments')).filter(
    ({ type }) => type === 'closure_expression',
  );
  const closure = closures.at(-1);
  return (
    closure !== undefined && followPattern(file, items(field(closure, 'parameters'))[0], edits)
  );
}

/** The variable that a pattern gives the response to: `response`, `Ok(response)`. */
function followPattern(file: SyntaxFile, pattern: Node | undefined, edits: TextEdit[]): boolean {
  if (!pattern || pattern.type === '_' || /^(?:_|Err\b|None\b)/.test(pattern.text)) return true;
  if (pattern.type === 'tuple_struct_pattern') {
    const inner = items(pattern).filter(({ id }) => id !== field(pattern, 'type')?.id);
    return /^(?:Ok|Some)$/.test(field(pattern, 'type')?.text ?? '')
      ? inner.every((part) => followPattern(file, part, edits))
      : false;
  }
  const locals = localsOf(file);
  const declaration = pattern.type === 'identifier' ? locals.declarationOf(pattern) : undefined;
  return (
    declaration?.name.id === pattern.id &&
    locals.usesOf(declaration).every((place) => follow(file, place, edits))
  );
}

/** In the arguments of a macro, which are not parsed: `response.status()`, or the response where it is printed. */
function followTokens(file: SyntaxFile, value: Node, tree: Node, edits: TextEdit[]): boolean {
  const read = /^\s*\.\s*status(?=\(\))/.exec(
    file.text.slice(value.endIndex, value.endIndex + 200),
  );
  if (read) {
    const end = value.endIndex + read[0].length;
    edits.push(replace({ start: end - 'status'.length, end }, 'status_code'));
    return true;
  }
  const macro = ancestor(tree, ['macro_invocation']);
  return (
    printers.test(field(macro, 'macro')?.text ?? '') &&
    !/^\s*\./.test(file.text.slice(value.endIndex, value.endIndex + 50))
  );
}

/**
 * Why the error of a call cannot change its type: `?` gives it to an error type that this file does not declare, or a
 * type of the deprecated operation is named around it.
 */
export function errorReason(file: SyntaxFile, sent: Node): string | undefined {
  const around = ancestor(sent, ['function_item']) ?? file.root;
  const named = ['InvokeAsyncOutput', 'InvokeAsyncInput'].some(
    (name) => file.occurrencesIn(rangeOf(around), name).length > 0,
  );
  if (named || file.occurrences('InvokeAsyncError').length > 0) return byHand.signature();
  const isTried = sent.parent?.parent?.type === 'try_expression';
  const result = field(around, 'return_type')?.text ?? '';
  const isForeign = [...result.matchAll(/\w+(?:::\w+)*/g)].some(([path]) =>
    /^(?:crate|super|self)(?:::|$)/.test(fullPath(file, path)),
  );
  return isTried && isForeign ? byHand.error() : undefined;
}
