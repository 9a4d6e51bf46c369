import { replace } from '../core/edits';
import type { TextEdit } from '../core/problem';
import { fixAll } from './rewrite';
import type { DeprecatedUse, Migration } from './use';

/** A replacement over more lines than these would hide in a preview what it changes. */
const mostLinesBetween = 10;

/**
 * What `fixAll` changes, with the edits of one use as one edit where only text that stays lies between them: in a
 * preview each edit can be left out, and half of a replacement is a broken call. What several uses share, above all
 * imports, stays by itself.
 */
export function replacementsOf(text: string, uses: readonly DeprecatedUse[]): TextEdit[] {
  const migrations = migrationsByEdit(uses);
  const replacements: TextEdit[] = [];
  let owners: readonly Migration[] = [];
  for (const edit of fixAll(uses)) {
    const last = replacements.at(-1);
    const own = migrations.get(keyOf(edit)) ?? [];
    const common = owners.filter((migration) => own.includes(migration));
    const between = last && text.slice(last.range.end, edit.range.start);
    if (last && between !== undefined && common.length > 0 && isShort(between)) {
      const range = { start: last.range.start, end: edit.range.end };
      replacements.splice(-1, 1, replace(range, last.newText + between + edit.newText));
      owners = common;
    } else {
      replacements.push(edit);
      owners = own;
    }
  }
  return replacements;
}

/** A migration may stand for several uses, and uses may want the same edit. */
function migrationsByEdit(uses: readonly DeprecatedUse[]): ReadonlyMap<string, Migration[]> {
  const migrations = new Map<string, Migration[]>();
  for (const migration of new Set(uses.flatMap((use) => use.migration ?? []))) {
    for (const edit of migration.edits) {
      const key = keyOf(edit);
      const known = migrations.get(key);
      if (known) known.push(migration);
      else migrations.set(key, [migration]);
    }
  }
  return migrations;
}

function keyOf({ range, newText }: TextEdit): string {
  return `${range.start} ${range.end} ${newText}`;
}

function isShort(between: string): boolean {
  return between.split('\n', mostLinesBetween + 2).length <= mostLinesBetween + 1;
}
