import type { Node } from 'web-tree-sitter';
import { insert, remove, replace } from '../../core/edits';
import type { TextEdit, TextRange } from '../../core/problem';
import { rangeOf, type SyntaxFile } from '../syntaxFile';

/** Where the layout of so many lines hangs on one name, it is left as it is. */
const mostLines = 500;

/** What holds items that may stand below one another. */
const groups =
  /^(?:arguments|argument_list|dictionary|list|tuple|set|hash|array|array_creation_expression|parenthesized_expression)$/;

/**
 * The edits, and with them those that keep lines below the column to which they are aligned: a name or a key that gets
 * shorter moves the first item of the brackets after it, and with it all the items below.
 * @param expressions what the edits change, as whole expressions
 */
export function keepAligned(
  file: SyntaxFile,
  edits: readonly TextEdit[],
  expressions: readonly Node[],
): TextEdit[] {
  const shifts = new Map<number, number>();
  for (const expression of expressions) addShifts(file, edits, rangeOf(expression), shifts);
  const moved = [...shifts].flatMap(([start, shift]) => indentation(file.text, start, shift) ?? []);
  const movedLines = new Set(moved.map(({ range }) => range.start));
  return [
    ...edits.map((edit) => {
      const start = lineStart(file.text, edit.range.start);
      return movedLines.has(start) ? moveAlong(edit, shifts.get(start) ?? 0) : edit;
    }),
    ...moved,
  ];
}

/** By how much each line of a range is moved; by the offset of the line. */
function addShifts(
  { text, root }: SyntaxFile,
  edits: readonly TextEdit[],
  { start, end }: TextRange,
  shifts: Map<number, number>,
): void {
  let at = text.indexOf('\n', start) + 1;
  for (let count = 0; at > 0 && at < end; at = text.indexOf('\n', at) + 1, count++) {
    if (count > mostLines) return shifts.clear();
    const first = at + (/^[ \t]*/.exec(text.slice(at, at + 400))?.[0].length ?? 0);
    const group = groupAround(root, first);
    if (!group) continue;
    const [item] = group.namedChildren;
    const head = lineStart(text, group.startIndex);
    const isAligned =
      item && lineStart(text, item.startIndex) === head && item.startIndex - head <= first - at;
    const shift =
      (shifts.get(head) ?? 0) + (isAligned ? shiftBefore(edits, head, item.startIndex) : 0);
    if (shift !== 0) shifts.set(at, shift);
  }
}

/** The innermost brackets that were opened before a line; undefined for a line of a string. */
function groupAround(root: Node, offset: number): Node | undefined {
  let node = root.descendantForIndex(offset, offset);
  while (node && !(groups.test(node.type) && node.startIndex < offset)) {
    if (/string|heredoc/.test(node.type) && node.startIndex < offset) return undefined;
    node = node.parent;
  }
  return node ?? undefined;
}

/** How far the edits of a line, which begins at `head`, move what stands at an offset in it. */
function shiftBefore(edits: readonly TextEdit[], head: number, offset: number): number {
  const before = edits
    .filter(({ range }) => head <= range.start && range.end <= offset && range.start < offset)
    .toSorted((a, b) => a.range.start - b.range.start);
  return before.reduce((shift, { range, newText }) => {
    const ownLine = newText.lastIndexOf('\n');
    return ownLine < 0
      ? shift + newText.length - (range.end - range.start)
      : newText.length - ownLine - 1 - (range.end - head);
  }, 0);
}

/** The edit that moves a line; undefined where it begins with too few blanks. */
function indentation(text: string, start: number, shift: number): TextEdit | undefined {
  if (shift > 0) return insert(start, ' '.repeat(shift));
  const blanks = text.slice(start, start - shift);
  return /^ *$/.test(blanks) ? remove({ start, end: start - shift }) : undefined;
}

/** A line that an edit writes is moved with the line that it stands before. */
function moveAlong(edit: TextEdit, shift: number): TextEdit {
  const [, head = '', indent = ''] = /^([^]*\n)([ \t]*)$/.exec(edit.newText) ?? [];
  if (head === '') return edit;
  return replace(
    edit.range,
    head + (shift > 0 ? indent + ' '.repeat(shift) : indent.slice(-shift)),
  );
}

const lineStart = (text: string, offset: number) => text.lastIndexOf('\n', offset - 1) + 1;
