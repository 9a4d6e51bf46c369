import * as l10n from '@vscode/l10n';
import { insertItemBefore, remove, replace } from '../core/edits';
import type { TextEdit, TextRange } from '../core/problem';
import { oncePerFile } from './once';
import { firstFrom } from './sorted';
import type { ManualReason, DeprecatedUse, Migration, SharedChange } from './use';
import { because } from './manualReasons';

/**
 * The edits that fix all the given uses of one file at once: what they share, above all imports, is changed once,
 * and an old import goes only with its last use. Sorted, without overlap; uses without a certain fix add nothing.
 * Where half-typed code makes one use a part of another, one of them is left for the next time.
 */
export function fixAll(uses: readonly DeprecatedUse[]): TextEdit[] {
  const migrations = [...new Set(uses.flatMap(({ migration }) => migration ?? []))];
  const all = editsOf(migrations);
  if (canApply(all)) return all;
  const some = editsOf(withoutOverlap(migrations));
  return canApply(some) ? some : editsOf(migrations.slice(0, 1));
}

/** The migrations that touch nothing that an earlier one touches in another way. */
function withoutOverlap(migrations: readonly Migration[]): Migration[] {
  const taken: TextEdit[] = [];
  const placeOf = ({ start }: TextRange) => firstFrom(taken, start, ({ range }) => range.start);
  return migrations.filter(({ edits }) => {
    const isFree = edits.every((edit) => {
      const at = placeOf(edit.range);
      return [taken[at - 1], taken[at]].every(
        (other) => !other || isSame(edit, other) || !overlap(edit.range, other.range),
      );
    });
    if (isFree) for (const edit of edits) taken.splice(placeOf(edit.range), 0, edit);
    return isFree;
  });
}

const overlap = (a: TextRange, b: TextRange) => a.start < b.end && b.start < a.end;

/** The edits of migrations, each of which may stand for several uses. */
export function editsOf(migrations: readonly Migration[]): TextEdit[] {
  const own = migrations.flatMap(({ edits }) => edits);
  const shared = new Set(migrations.flatMap((migration) => migration.shared ?? []));
  const isEdited = editedBy(own);
  const sharedEdits = [...shared].flatMap(({ needs, whenAll, whenSome }) =>
    needs.every(isEdited) ? whenAll : whenSome,
  );
  return merge([...own, ...sharedEdits]);
}

/** Tells whether one of the edits rewrites a place. */
export function editedBy(edits: readonly TextEdit[]): (place: TextRange) => boolean {
  const sorted = edits.toSorted((a, b) => a.range.start - b.range.start);
  return ({ start, end }) => {
    const after = firstFrom(sorted, start + 1, ({ range }) => range.start);
    return (sorted[after - 1]?.range.end ?? -1) >= end;
  };
}

/** Tells whether edits rewrite one of the places that need something, without a look at each of these. */
export function touchedBy(edits: readonly TextEdit[]): (change: SharedChange) => boolean {
  return ({ needs }) => {
    const places = inOrder(needs);
    return edits.some(({ range }) => {
      const place = places[firstFrom(places, range.start, ({ start }) => start)];
      return place !== undefined && place.end <= range.end;
    });
  };
}

const inOrder = oncePerFile((places: readonly TextRange[]) =>
  places.toSorted((a, b) => a.start - b.start),
);

/** A change that comes with any use, such as an import of a name that every new call needs. */
export const always = (edit: TextEdit): SharedChange => ({
  needs: [],
  whenAll: [edit],
  whenSome: [edit],
});

/** Sorts, and makes one of equal edits and of deletions that touch or overlap. */
function merge(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = edits.toSorted(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end,
  );
  const merged: TextEdit[] = [];
  for (const edit of sorted) {
    const last = merged.at(-1);
    if (last === undefined || last.range.end < edit.range.start) merged.push(edit);
    else if (isDeletion(last) && isDeletion(edit))
      merged.splice(-1, 1, remove(union(last.range, edit.range)));
    else if (!isSame(last, edit)) merged.push(edit);
  }
  return merged;
}

const isSame = (a: TextEdit, b: TextEdit) =>
  a.range.start === b.range.start && a.range.end === b.range.end && a.newText === b.newText;

const isDeletion = ({ range, newText }: TextEdit) => newText === '' && range.start < range.end;

const union = (a: TextRange, b: TextRange) => ({
  start: Math.min(a.start, b.start),
  end: Math.max(a.end, b.end),
});

/** Whether sorted edits are ones that an editor takes. Half-typed code has nodes in places where no rule expects them. */
export function canApply(edits: readonly TextEdit[]): boolean {
  return edits.every(
    ({ range }, at) => (edits[at - 1]?.range.end ?? 0) <= range.start && range.start <= range.end,
  );
}

/** One named argument, property or key of a call's input. */
export interface Entry {
  readonly key: string;
  /** The key without quotes, colons and the like: what a rename replaces. */
  readonly keyRange: TextRange;
  readonly range: TextRange;
  readonly valueRange: TextRange;
}

/** Whether known entries hold every one of the keys; two of the input's together are near-conclusive. */
export function haveKeys(entries: readonly Entry[] | ManualReason, ...keys: string[]): boolean {
  return (
    !('manualReason' in entries) && keys.every((key) => entries.some((entry) => entry.key === key))
  );
}

/** How one SDK spells the members of the input. */
export interface InputWords {
  readonly invokeArgs: string;
  readonly payload: string;
  readonly invocationType: string;
  /** The value that means `Event`. */
  readonly event: string;
  /** The whole new entry, such as `InvocationType: 'Event'`. */
  readonly entry: string;
  /** What ends an entry: on one line with the next, and on a line of its own. A comma, unless said otherwise. */
  readonly separators?: readonly [inline: string, ownLine: string];
}

/**
 * Renames the payload's entry and writes the invocation type before it, over one that stands there already.
 * `later` renames the payload where it is set after the literal. Returns why not, in words, when the entries
 * cannot be right.
 */
export function migrateEntries(
  text: string,
  entries: readonly Entry[],
  words: InputWords,
  later: readonly TextEdit[] = [],
): TextEdit[] | ManualReason {
  const named = (key: string) => entries.find((entry) => entry.key === key);
  const args = named(words.invokeArgs);
  const type = named(words.invocationType);
  const next = args ?? (later.length > 0 ? entries[0] : undefined);
  if (next === undefined) return because(l10n.t('the input has no visible {0}', words.invokeArgs));
  if (named(words.payload))
    return because(l10n.t('the input has both {0} and {1}', words.invokeArgs, words.payload));
  return [
    type
      ? replace(type.valueRange, words.event)
      : insertItemBefore(text, next.range.start, words.entry, words.separators),
    ...(args ? [replace(args.keyRange, words.payload)] : []),
    ...later,
  ];
}
