import type { TextRange } from './problem';

/** More of a line is no help: minified text is one line as a whole. */
const mostCharacters = 80;

/** What to mark when a whole text is meant: the beginning of its first line, so that the rest stays readable. */
export function firstLine(text: string): TextRange {
  const end = text.slice(0, mostCharacters).search(/[\r\n]|$/);
  // An empty range is hard to see.
  return { start: 0, end: Math.min(Math.max(end, 1), text.length) };
}
