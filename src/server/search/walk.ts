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

/** A folder that git does not ignore. */
export interface Folder {
  readonly path: string;
  /** What the folders above it ignore. */
  readonly above: IgnoreRules;
}

/** The folder that a walk begins with. */
export const topFolder = (path: string, onUnread?: OnUnread): Folder => ({
  path,
  above: rulesAbove(path, onUnread),
});

/** Few enough that whoever looks at one batch leaves others their turn. */
const batchSize = 64;

/**
 * The files below a folder that git would not ignore and that are `wanted`, in batches. Symbolic links are not
 * followed, and a folder that cannot be read is told. Between two folders, and in one that holds very much, whatever
 * else waits has its turn.
 * @param folder absolute
 * @param onUnread hears of folders and ignore files that cannot be read
 */
export async function* walk(
  folder: string,
  wanted: (name: string) => boolean,
  onUnread?: OnUnread,
): AsyncGenerator<readonly string[]> {
  const waiting = [topFolder(folder, onUnread)];
  const pace = new Pace();
  let batch: string[] = [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const entry of contentOf(next, wanted, onUnread)) {
      if (entry.kind === 'folder') waiting.push(entry);
      else batch.push(entry.path);
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

/** What stands in a folder. */
export type FolderEntry =
  | { readonly kind: 'file'; readonly path: string }
  | ({ readonly kind: 'folder' } & Folder);

/**
 * The files in a folder that are `wanted`, and the folders in it, without what git would ignore. The folder is read at
 * once, ten times as fast as in the background; what stands in it is looked at one by one.
 */
export function* contentOf(
  { path: folder, above }: Folder,
  wanted: (name: string) => boolean,
  onUnread?: OnUnread,
): Generator<FolderEntry> {
  const entries = entriesOf(folder, onUnread);
  const names = entries.map(({ name }) => name);
  const rules = rulesIn(folder, names, above, onUnread);
  const prefix = folder.endsWith(sep) ? folder : folder + sep;
  for (const entry of entries) {
    const path = prefix + entry.name;
    if (entry.isDirectory() && entry.name !== '.git' && !isIgnored(path + sep, rules)) {
      yield { kind: 'folder', path, above: rules };
    } else if (entry.isFile() && wanted(entry.name) && !isIgnored(path, rules)) {
      yield { kind: 'file', path };
    }
  }
}

/**
 * Whether a walk through a folder comes by a file: git ignores neither it nor a folder that it lies in.
 * @param path of a file below the folder
 */
export function isWalked(folder: string, path: string): boolean {
  return !ignoredIn(folder)(path);
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
