import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { isBelow } from './below';
import { type FileReading, type Unread, unreadByError, unreadByStatus } from './fileReading';
import { withoutLink, withoutWaiting } from './readFile';

type FilePart = { readonly kind: 'content'; readonly bytes: Buffer } | Unread;

/** As `readFileIn`, at once: for threads that have nothing else to do. Never throws. */
export function readFileInSync(
  folder: string | undefined,
  path: string,
  limit: number,
): FileReading {
  if (folder !== undefined && !isBelow(path, folder)) return { kind: 'outside' };
  try {
    const real = realpathSync(path);
    if (folder !== undefined && !isBelow(real, realpathSync(folder))) return { kind: 'outside' };
    const status = statSync(real);
    const unread = unreadByStatus(status, limit);
    if (unread) return unread;
    // One byte more than its size: when that is there, the file has grown meanwhile.
    for (const size of [status.size, limit]) {
      const start = readStartSync(real, Buffer.allocUnsafeSlow(size + 1), withoutLink);
      if (start.kind !== 'content' || start.bytes.length <= size) return start;
    }
    return { kind: 'tooLarge', size: limit + 1, limit };
  } catch (error) {
    return unreadByError(error);
  }
}

/** As `readPartSync`, from the beginning of the file. */
export function readStartSync(path: string, buffer: Buffer, flags = 0): FilePart {
  return readPartSync(path, buffer, 0, flags);
}

/**
 * Reads as much of a regular file, wherever it lies, as a buffer holds. Never throws.
 * @param from the offset of the first byte
 * @param flags to open it with, beside those that every file is opened with
 * @returns the part of the buffer that was filled
 */
export function readPartSync(path: string, buffer: Buffer, from: number, flags = 0): FilePart {
  let file: number | undefined;
  try {
    file = openSync(path, withoutWaiting | flags);
    const unread = unreadByStatus(fstatSync(file), Infinity);
    if (unread) return unread;
    let length = 0;
    let count = 1;
    while (count > 0 && length < buffer.length) {
      count = readSync(file, buffer, length, buffer.length - length, from + length);
      length += count;
    }
    return { kind: 'content', bytes: buffer.subarray(0, length) };
  } catch (error) {
    return unreadByError(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
