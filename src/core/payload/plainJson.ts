import { applyEdits, remove, replace } from '../edits';
import type { TextEdit } from '../problem';

/** What stands in JSON for people, and is no part of JSON. */
export type LeftOut = 'comments' | 'trailingCommas' | 'both';

/** What is sent of JSON with comments. */
export interface PlainJson {
  readonly text: string;
  /** `undefined` where nothing was: the text is what it was. */
  readonly leftOut?: LeftOut;
  /** What made this text of the one that was given, in its order. */
  readonly edits: readonly TextEdit[];
}

/** A string, a comment (one without an end goes on to the end of the text), a character of JSON, or a word. */
const token =
  /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"?|\/\/[^\r\n]*|\/\*(?:[^]*?\*\/|[^]*)|[{}[\],:/]|[^\s"{}[\],:/]+/g;

/**
 * JSON without its comments and trailing commas; all else stays as it is, and on its line. JSON that has none stays as it
 * is, byte for byte, and so does what is a mistake with comments, too: two commas, a comment without an end.
 */
export function plainJson(source: string): PlainJson {
  const comments: TextEdit[] = [];
  const commas: TextEdit[] = [];
  let [last, beforeLast] = ['', ''];
  let lastStart = 0;
  for (const { 0: text, index: start } of source.matchAll(token)) {
    if (text.startsWith('//') || text.startsWith('/*')) {
      if (isClosed(text))
        comments.push(replace({ start, end: start + text.length }, insteadOf(text)));
      continue;
    }
    const isTrailing = last === ',' && (text === '}' || text === ']');
    if (isTrailing && !needsValue.has(beforeLast)) {
      commas.push(remove({ start: lastStart, end: lastStart + 1 }));
    }
    [beforeLast, last, lastStart] = [last, text, start];
  }
  const edits = [...comments, ...commas].toSorted((a, b) => a.range.start - b.range.start);
  const leftOut = leftOutOf(comments.length > 0, commas.length > 0);
  return { text: applyEdits(source, edits), ...(leftOut && { leftOut }), edits };
}

/** Where in the text that was given something stands that is at an offset of the plain one. */
export function offsetInSource(offset: number, edits: readonly TextEdit[]): number {
  let shift = 0;
  for (const { range, newText } of edits) {
    if (range.start + newText.length > offset + shift) break;
    shift += range.end - range.start - newText.length;
  }
  return offset + shift;
}

/** After these, a comma is a mistake of its own. */
const needsValue: ReadonlySet<string> = new Set(['', '{', '[', ':', ',']);

/** `/*` + `/` is none: its star counts once. */
function isClosed(comment: string): boolean {
  return comment.startsWith('//') || (comment.length > 3 && comment.endsWith('*/'));
}

/** Its line breaks, so that lines keep their numbers; a block of one line parts what stands around it. */
function insteadOf(comment: string): string {
  if (comment.startsWith('//')) return '';
  return comment.match(/\r\n?|\n/g)?.join('') ?? ' ';
}

function leftOutOf(hasComments: boolean, hasCommas: boolean): LeftOut | undefined {
  if (hasComments) return hasCommas ? 'both' : 'comments';
  return hasCommas ? 'trailingCommas' : undefined;
}
