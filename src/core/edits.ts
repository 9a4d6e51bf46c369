import type { TextEdit, TextRange } from './problem';

/** `text` after the edits; they must be sorted and must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let position = 0;
  for (const { range, newText } of edits) {
    result += text.slice(position, range.start) + newText;
    position = range.end;
  }
  return result + text.slice(position);
}

export const replace = ({ start, end }: TextRange, newText: string): TextEdit => ({
  range: { start, end },
  newText,
});

export const insert = (at: number, newText: string): TextEdit =>
  replace({ start: at, end: at }, newText);

export const remove = (range: TextRange): TextEdit => replace(range, '');

/** Removes the lines on which a range stands, as a whole. */
export const removeLines = (text: string, range: TextRange): TextEdit =>
  remove(linesAround(text, range));

/** Removes one item of a list together with the comma and the white space or the line that it leaves behind. */
export function removeItem(text: string, { start, end }: TextRange): TextEdit {
  const line = linesAround(text, { start, end });
  const isAlone = text.slice(line.start, start).trim() === '';
  if (isAlone && /^,\s*(?:(?:#|\/\/).*)?$/.test(text.slice(end, line.end).trim()))
    return remove(line);
  const after = /^\s*,\s*/.exec(text.slice(end, end + 1000));
  if (after) return remove({ start, end: end + after[0].length });
  const before = /,\s*$/.exec(text.slice(Math.max(0, start - 1000), start));
  return remove({ start: start - (before?.[0].length ?? 0), end });
}

/** From the beginning of the first line to the end of the last, its line feed included. */
function linesAround(text: string, { start, end }: TextRange): TextRange {
  const lineFeed = text.indexOf('\n', end);
  return {
    start: text.lastIndexOf('\n', start - 1) + 1,
    end: lineFeed < 0 ? text.length : lineFeed + 1,
  };
}

/** Writes a new item before the one at `start`, on a line of its own where that one has a line of its own. */
export function insertItemBefore(
  text: string,
  start: number,
  item: string,
  [inline, ownLine]: readonly [string, string] = [',', ','],
): TextEdit {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = text.slice(lineStart, start);
  if (indent.trim() !== '' || lineStart === 0) return insert(start, `${item}${inline} `);
  return insert(start, `${item}${ownLine}${lineEnd(text)}${indent}`);
}

/** How the first line ends; the rest of a file is not read for it. */
export const lineEnd = (text: string) => (text[text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n');
