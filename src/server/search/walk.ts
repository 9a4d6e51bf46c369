import { type Dirent, readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Pace } from '../../core/pace';
import { unreadByError, unreadText } from '../../files/fileReading';
import {
  type IgnoreRules,
  ignoredIn,
  isIgnored,
  type OnUnread,
  rulesAbove,
  rulesIn,
} from '../../files/gitIgnore';

/** Large enough that handing them over costs nothing, small enough that the threads end together. */
const batchSize = 64;

/**
 * The files below a folder that git would not ignore and that are `wanted`, in batches. Symbolic links are not
 * followed, and a folder that cannot be read is told. Each folder is read at once, ten times as fast
 * as in the background, and between two of them whatever else waits has its turn.
 * @param folder absolute
 * @param onUnread hears of folders and ignore files that cannot be read
 */
export async function* walk(
  folder: string,
  wanted: (name: string) => boolean,
  onUnread?: OnUnread,
): AsyncGenerator<string[]> {
  const waiting: Folder[] = [{ path: folder, above: rulesAbove(folder, onUnread) }];
  const pace = new Pace();
  let batch: string[] = [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const entries = entriesOf(next.path, onUnread);
    const names = entries.map(({ name }) => name);
    const rules = rulesIn(next.path, names, next.above, onUnread);
    const prefix = next.path.endsWith(sep) ? next.path : next.path + sep;
    for (const entry of entries) {
      const path = prefix + entry.name;
      if (entry.isDirectory() && entry.name !== '.git' && !isIgnored(path + sep, rules)) {
        waiting.push({ path, above: rules });
      } else if (entry.isFile() && wanted(entry.name) && !isIgnored(path, rules)) {
        batch.push(path);
      }
      if (batch.length >= batchSize) {
        yield batch;
        batch = [];
      }
      if (pace.isDue) await pace.turn();
    }
    await setImmediate();
  }
  if (batch.length > 0) yield batch;
}

/**
 * Whether a walk through a folder comes by a file: git ignores neither it nor a folder that it lies in.
 * @param path of a file below the folder
 */
export function isWalked(folder: string, path: string): boolean {
  return !ignoredIn(folder)(path);
}

interface Folder {
  readonly path: string;
  /** What the folders above it ignore. */
  readonly above: IgnoreRules;
}

function entriesOf(folder: string, onUnread?: OnUnread): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const unread = unreadByError(error);
    // It may have gone since the folder above it was read.
    if (unread.kind !== 'missing') onUnread?.(folder, unreadText(unread));
    return [];
  }
}
