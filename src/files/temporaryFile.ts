import { randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Who a file belongs to and what may be done with it, as `fs.Stats` has them. */
export interface FileOwnership {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** A name beside a file that no other has: hidden, with the ending of no file that is searched. */
export function temporaryPath(beside: string): string {
  return join(dirname(beside), `.invoke-async-${randomUUID()}.tmp`);
}

/**
 * Writes bytes to a new file and sees them onto the disk, so that a rename or link makes them another file at once:
 * whoever reads that, and whatever dies meanwhile, finds the old or the new one, whole.
 * @param like whose mode and, as far as the system permits, owner it gets
 * @throws what the file system throws
 */
export async function writeTemporaryFile(
  path: string,
  bytes: Uint8Array,
  like?: FileOwnership,
): Promise<void> {
  const file = await open(path, 'wx', like ? 0o600 : 0o666);
  try {
    if (like) await takeOver(file, like);
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function takeOver(file: FileHandle, { mode, uid, gid }: FileOwnership): Promise<void> {
  const own = await file.stat();
  if (own.uid !== uid || own.gid !== gid) {
    // Only an administrator gives files away; a group of their own everybody may set.
    await file.chown(uid, gid).catch(() => file.chown(own.uid, gid).catch(() => undefined));
  }
  // After the owner, because a change of owner takes bits away.
  await file.chmod(mode & 0o7777);
}

/** Sees the names in a folder onto the disk, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows opens no folder, and some network drives sync none: then the system does it in its own time.
  }
}
