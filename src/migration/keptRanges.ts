import type { Tree } from 'web-tree-sitter';
import type { TextRange } from '../core/problem';
import type { SyntaxFile } from './syntaxFile';
import type { Change } from './syntaxTrees';

/**
 * Ranges that are read from a whole file once, and after a change of the document only where its trees differ. Whatever
 * else an item has must not depend on where it stands.
 * @param read the items that meet a part of the file, or all of them; others are left out
 */
export function keptRanges<Item extends TextRange>(
  read: (file: SyntaxFile, part?: TextRange) => readonly Item[],
): KeptRanges<Item> {
  const known = new WeakMap<Tree, readonly Item[]>();
  return {
    of(file) {
      const { root, earlier } = file;
      const before = earlier && known.get(earlier.tree);
      const items = before
        ? [
            ...unchanged(before, earlier.change),
            ...changed(read(file, earlier.change), earlier.change),
          ]
        : [...read(file)];
      items.sort(outermostFirst);
      known.set(root.tree, items);
      return items;
    },
    areKnown: ({ earlier }) => earlier !== undefined && known.has(earlier.tree),
  };
}

export interface KeptRanges<Item> {
  /** In order, what holds others before them. */
  readonly of: (file: SyntaxFile) => readonly Item[];
  /** Whether they were read before the last change, so that they cost little now. */
  readonly areKnown: (file: SyntaxFile) => boolean;
}

/** Those that a change does not touch, where they stand after it. */
function unchanged<Item extends TextRange>(
  items: readonly Item[],
  { start, end, oldEnd }: Change,
): Item[] {
  const kept: Item[] = [];
  const by = end - oldEnd;
  for (const item of items) {
    if (item.end < start) kept.push(item);
    else if (item.start > oldEnd)
      kept.push({ ...item, start: item.start + by, end: item.end + by });
  }
  return kept;
}

/** The others, as they are now. */
const changed = <Item extends TextRange>(items: readonly Item[], { start, end }: Change): Item[] =>
  items.filter((item) => item.end >= start && item.start <= end);

const outermostFirst = (a: TextRange, b: TextRange) => a.start - b.start || b.end - a.end;

/** What is left of a range without some others that lie in it, in order and apart. */
export function without({ start, end }: TextRange, others: readonly TextRange[]): TextRange[] {
  const parts: TextRange[] = [];
  let from = start;
  for (const other of others) {
    parts.push({ start: from, end: other.start });
    from = other.end;
  }
  return [...parts, { start: from, end }];
}
