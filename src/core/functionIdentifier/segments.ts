import type { TextRange } from '../problem';

/** One stretch between colons. */
export interface Segment {
  readonly text: string;
  readonly range: TextRange;
}

/** The stretches between colons, at least one; an empty one where two colons meet. */
export function splitSegments(text: string): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (const part of text.split(':')) {
    segments.push({ text: part, range: { start, end: start + part.length } });
    start += part.length + 1;
  }
  return segments;
}
