import { remove } from '../edits';
import type { Fix, Problem, TextRange } from '../problem';

/** A part of the text that was read: where it ends, and what is wrong with it. */
export interface Token {
  /** Offset after the token. */
  readonly end: number;
  readonly problems: readonly Problem[];
}

/** A place where the text is not JSON. */
export function syntaxProblem(message: string, range: TextRange, ...fixes: Fix[]): Problem {
  return { code: 'payload.syntax', severity: 'error', message, range, fixes };
}

/** Where a pattern that is sticky stops to match at `start`; `undefined` when it does not match there. */
export function matchEnd(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

export function deletion(title: string, start: number, end: number): Fix {
  return { title, edits: [remove({ start, end })] };
}
