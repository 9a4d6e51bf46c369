import type { TextRange } from '../core/problem';

/** What to mark when a whole document is meant: its first line alone, so that the rest stays readable. */
export function firstLine(text: string): TextRange {
  const end = text.search(/[\r\n]/);
  return { start: 0, end: end < 0 ? text.length : Math.max(end, 1) };
}
