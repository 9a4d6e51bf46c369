import { constants } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { isBelow } from './below';
import { type FileReading, unreadByError, unreadByStatus } from './fileReading';

/** Opens at once, should the file have become a pipe meanwhile, and follows no link in the last name. */
export const readWithoutWaiting =
  constants.O_RDONLY |
  // Windows has neither.
  ((constants.O_NONBLOCK as number | undefined) ?? 0) |
  ((constants.O_NOFOLLOW as number | undefined) ?? 0);

/**
 * Reads a regular file of a folder, and never more of it than the limit. Symbolic links are followed as far as they
 * stay in the folder. Never rejects.
 * @param folder without one, the file may lie anywhere: for a file that the user names
 * @param limit in bytes
 */
export async function readFileIn(
  folder: string | undefined,
  path: string,
  limit: number,
): Promise<FileReading> {
  if (folder !== undefined && !isBelow(path, folder)) return { kind: 'outside' };
  try {
    const real = await realpath(path);
    if (folder !== undefined && !isBelow(real, await realpath(folder))) return { kind: 'outside' };
    // Looked at before it is opened, since opening a device may do something, and again as it is open.
    const unread = unreadByStatus(await stat(real), limit);
    if (unread) return unread;
    const file = await open(real, readWithoutWaiting);
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
