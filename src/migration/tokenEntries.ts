import type { TextEdit } from '../core/problem';
import { replace } from '../core/edits';
import { type Entry } from './rewrite';
import { firstFrom } from './sorted';
import type { TokenFile } from './tokens';

/** The entries `key: value`, `key = value` or `key => value` directly in a group of brackets. */
export function entriesIn(file: TokenFile, opener: number, assign: ':' | '=' | '=>'): Entry[] {
  const group = file.group(opener);
  const keys = group.filter((index) => isKey(file, index, assign));
  return keys.flatMap((index, at) => {
    const key = file.token(index);
    const value = file.token(index + assign.length + 1);
    const next = keys[at + 1] ?? file.closer(opener);
    const last = lastOf(file, index + assign.length + 1, next - 1);
    if (!key || !value || !last) return [];
    const valueRange = { start: value.start, end: last.end };
    return {
      key: key.text,
      keyRange: key.inner,
      range: { start: key.start, end: last.end },
      valueRange,
    };
  });
}

function isKey(file: TokenFile, index: number, assign: string): boolean {
  const marks = assign.split('').every((mark, at) => file.is(index + 1 + at, mark));
  const isComparison = file.is(index + 2, '=') || /[=!<>.]/.test(file.token(index - 1)?.text ?? '');
  return file.token(index)?.kind !== 'mark' && marks && !(assign === '=' && isComparison);
}

/** The last token of a value: what ends the entry is no part of it. */
function lastOf(file: TokenFile, from: number, to: number) {
  let last = to;
  while (last > from && (file.is(last, ',') || file.is(last, ';'))) last--;
  return file.token(last);
}

/** The names before a call, back to where its expression begins: `let a = b.c.call(` gives `a`. */
export function assignedName(file: TokenFile, call: number): string | undefined {
  let index = call - 1;
  while (isLink(file, index)) index--;
  return file.is(index, '=') && file.token(index - 1)?.kind === 'word'
    ? file.token(index - 1)?.text
    : undefined;
}

const isLink = (file: TokenFile, index: number) =>
  /^(?:[\w$@]+|[.?!>-])$/.test(file.token(index)?.text ?? '') && !file.is(index, '=');

/**
 * Renames a member wherever it is read of a variable: after a token, within the brackets around it, and up to where
 * the variable gets another value.
 */
export function renameMember(
  file: TokenFile,
  variable: string,
  from: number,
  member: string,
  newName: string,
): TextEdit[] {
  const opener = file.opener(from);
  const end = opener < 0 ? file.length : file.closer(opener);
  const places = file.places(variable);
  const edits: TextEdit[] = [];
  for (let at = firstFrom(places, from, (place) => place); at < places.length; at++) {
    const index = places[at] ?? end;
    if (index >= end || (file.is(index + 1, '=') && !file.is(index + 2, '='))) break;
    const name = [index + 2, index + 3].find(
      (next) => file.is(next, member) && /^[.>]$/.test(file.token(next - 1)?.text ?? ''),
    );
    const found = name === undefined ? undefined : file.token(name);
    if (found) edits.push(replace(found, newName));
  }
  return edits;
}
