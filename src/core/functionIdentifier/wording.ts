/** Small makers of problems and fixes, and the words for the parts of an identifier. */
import type { Fix, Problem, ProblemCode, Severity, TextRange } from '../problem';
import type { PartName } from './parse';
import type { Segment } from './segments';

/** What a part is, as a message names it when it is missing or comes next. */
export const partWords: Readonly<Record<PartName, string>> = {
  partition: 'the partition (such as aws)',
  service: 'the service (lambda)',
  region: 'the region (such as us-east-1)',
  account: 'the account (12 digits)',
  resourceType: 'the word "function"',
  name: "the function's name",
  qualifier: 'an alias or version',
};

export function problem(
  code: ProblemCode,
  severity: Severity,
  message: string,
  range: TextRange,
  ...fixes: readonly Fix[]
): Problem {
  return { code, severity, message, range, fixes };
}

/** A fix that is certain: the segment becomes this text. */
export function replace(segment: Segment, newText: string): Fix {
  const title = `Change ${segment.text === '' ? 'it' : `"${segment.text}"`} to "${newText}"`;
  return { title, preferred: true, edits: [{ range: segment.range, newText }] };
}

export function insert(start: number, newText: string): Fix {
  const edits = [{ range: { start, end: start }, newText }];
  return { title: `Insert "${newText}"`, preferred: true, edits };
}

export function remove(what: string, range: TextRange): Fix {
  return { title: `Remove ${what}`, preferred: true, edits: [{ range, newText: '' }] };
}

/** The segment with the colon before it. */
export function withColon({ range }: Segment): TextRange {
  return { start: range.start - 1, end: range.end };
}

/** The segment's own range; an empty one gets the colons around it, so that there is something to underline. */
export function visible({ text, range }: Segment): TextRange {
  return text === '' ? { start: Math.max(range.start - 1, 0), end: range.end } : range;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A character in words that can be seen: quoted, or by its number when it is invisible. */
export function describeCharacter(character: string): string {
  if (character === ' ') return 'a space';
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return `"${character}"`;
  const number = character.codePointAt(0) ?? 0;
  return `the character U+${number.toString(16).toUpperCase().padStart(4, '0')}`;
}
