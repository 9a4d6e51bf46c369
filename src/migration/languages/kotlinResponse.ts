import { replace } from '../../core/edits';
import type { TextEdit } from '../../core/problem';
import { manual } from '../manualReasons';
import type { Token, TokenFile } from '../tokens';
import type { ManualReason } from '../use';

/** Members that both responses have. */
const shared = /^(?:toString|hashCode)$/;
const printers = /^(?:print|println|trace|debug|info|warn|error)$/;

/** The renames of each `.status` that reads the response of a call, or why it is read where nobody sees it. */
export function responseEdits(
  file: TokenFile,
  call: number,
  opener: number,
): TextEdit[] | ManualReason {
  const end = file.closer(opener);
  const member = memberAfter(file, end);
  if (member !== undefined) return readOf(file, member);
  const start = expressionStart(file, call);
  const variable = file.is(start - 1, '=') ? file.token(start - 2) : undefined;
  const isDeclaration = /^(?:val|var)$/.test(file.token(start - 3)?.text ?? '');
  if (variable && isDeclaration) return variableEdits(file, start - 2, end);
  return isStatement(file, start, end) ? [] : manual.response();
}

/** The member that is read after an expression: `.name` or `?.name`. */
function memberAfter(file: TokenFile, end: number): number | undefined {
  const at = file.is(end + 1, '!') && file.is(end + 2, '!') ? end + 2 : end;
  const dot = file.is(at + 1, '?') ? at + 2 : at + 1;
  return file.is(dot, '.') ? dot + 1 : undefined;
}

function readOf(file: TokenFile, member: number): TextEdit[] | ManualReason {
  const token = file.token(member);
  if (token?.text === 'status') return [replace(token, 'statusCode')];
  return shared.test(token?.text ?? '') ? [] : manual.response();
}

/** Where the expression of a call begins: `a.b.call(` at `a`. */
function expressionStart(file: TokenFile, call: number): number {
  let index = call;
  while (file.is(index - 1, '.')) {
    index -= 2;
    while (file.is(index, '?') || file.is(index, '!')) index--;
    if (file.is(index, ')')) return index;
  }
  return index;
}

/** On a line of its own, in a group of statements and not the last of them, whose value a lambda gives back. */
function isStatement(file: TokenFile, start: number, end: number): boolean {
  const before = file.token(start - 1);
  const opener = file.opener(start);
  const isFirst = start - 1 === opener || lineBreak(file, before, file.token(start));
  const isBody = file.is(opener, '{') && isFunctionBody(file, opener);
  const isLast = end + 1 === file.closer(opener);
  return (
    isFirst &&
    before?.text !== '=' &&
    before?.text !== 'return' &&
    file.is(opener, '{') &&
    (isBody || !isLast) &&
    !/^(?:\?|:|as|[-+*/&|])$/.test(file.token(end + 1)?.text ?? '')
  );
}

const lineBreak = (file: TokenFile, a: Token | undefined, b: Token | undefined) =>
  /[\n;]/.test(file.text.slice(a?.end ?? 0, b?.start ?? 0)) || a?.text === ';';

/** `fun name(…): Type {`: what such a body ends with is given back to nobody. */
function isFunctionBody(file: TokenFile, opener: number): boolean {
  for (let index = opener - 1; index > opener - 60 && index >= 0; index--) {
    if (file.is(index, 'fun')) return true;
    if (file.is(index, '{') || file.is(index, '}') || file.is(index, '=')) return false;
  }
  return false;
}

function variableEdits(file: TokenFile, declared: number, from: number): TextEdit[] | ManualReason {
  const name = file.token(declared)?.text ?? '';
  const opener = file.opener(declared);
  const end = opener < 0 ? file.length : file.closer(opener);
  const edits: TextEdit[] = [];
  for (const place of file.places(name)) {
    if (place <= from || place >= end || file.is(place - 1, '.')) continue;
    const member = memberAfter(file, place);
    const caller = file.token(file.opener(place) - 1)?.text ?? '';
    const isPrinted = file.is(file.opener(place), '(') && printers.test(caller);
    const isCompared = file.is(place + 1, '=') || file.is(place + 1, '!');
    const read =
      member === undefined
        ? isPrinted || isCompared
          ? []
          : manual.response()
        : readOf(file, member);
    if ('manualReason' in read) return read;
    edits.push(...read);
  }
  // In a string, `$name` and `${name.status}` are no tokens.
  const text = file.text.slice(file.token(from)?.end ?? 0, file.token(end)?.start);
  return new RegExp(String.raw`\$(?:${name}\b|\{[^}]*\b${name}\b)`).test(text)
    ? manual.response()
    : edits;
}
