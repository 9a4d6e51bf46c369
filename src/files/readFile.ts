import { constants } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { isBelow } from './below';
import { type FileReading, type Unread, unreadByError, unreadByStatus } from './fileReading';

/** Opens a file at once, should it have become a pipe. Windows has no such flag. */
export const withoutWaiting =
  constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);
/** The last name of a real path is no link, unless it has become one. */
export const withoutLink = (constants.O_NOFOLLOW as number | undefined) ?? 0;

/** A regular file of a folder, no larger than a limit, under its real path. */
interface FoundFile {
  readonly kind: 'file';
  readonly path: string;
}

/**
 * Looks for a regular file of a folder. Symbolic links are followed as far as they stay in the folder. Never rejects.
 * @param folder without one, the file may lie anywhere: for a file that the user names
 * @param limit in bytes
 */
export async function findFileIn(
  folder: string | undefined,
  path: string,
  limit: number,
): Promise<FoundFile | Unread> {
  if (folder !== undefined && !isBelow(path, folder)) return { kind: 'outside' };
  try {
    const real = await realpath(path);
    if (folder !== undefined && !isBelow(real, await realpath(folder))) return { kind: 'outside' };
    return unreadByStatus(await stat(real), limit) ?? { kind: 'file', path: real };
  } catch (error) {
    return unreadByError(error);
  }
}

/** As `findFileIn`, and reads what it finds: never more than the limit. */
export async function readFileIn(
  folder: string | undefined,
  path: string,
  limit: number,
): Promise<FileReading> {
  // Looked at before it is opened, since opening a device may do something, and again as it is open.
  const found = await findFileIn(folder, path, limit);
  if (found.kind !== 'file') return found;
  try {
    const file = await open(found.path, withoutWaiting | withoutLink);
    try {
      return await readOpened(file, limit);
    } finally {
      await file.close();
    }
  } catch (error) {
    return unreadByError(error);
  }
}

async function readOpened(file: FileHandle, limit: number): Promise<FileReading> {
  const status = await file.stat();
  const unread = unreadByStatus(status, limit);
  if (unread) return unread;
  // One byte more than its size: when that is there, the file has grown meanwhile.
  for (const size of [status.size, limit]) {
    const buffer = Buffer.allocUnsafeSlow(size + 1);
    let length = 0;
    let count = 1;
    while (count > 0 && length <= size) {
      ({ bytesRead: count } = await file.read(buffer, length, buffer.length - length, length));
      length += count;
    }
    if (length <= size) return { kind: 'content', bytes: buffer.subarray(0, length) };
  }
  return { kind: 'tooLarge', size: limit + 1, limit };
}
