import type { TextRange } from '../../../src/core/problem';

/** The text without its marks («…»), and the ranges that they enclose. */
export function unmarked(marked: string): { text: string; ranges: TextRange[] } {
  const ranges: TextRange[] = [];
  let text = '';
  for (const part of marked.split('»')) {
    const [before = '', inside] = part.split('«');
    text += before;
    if (inside === undefined) continue;
    ranges.push({ start: text.length, end: text.length + inside.length });
    text += inside;
  }
  return { text, ranges };
}
