import { accessSync, constants, readFileSync, renameSync, type Stats, statSync } from 'node:fs';
import { realpath, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { notAFile } from './fileReading';
import { type FileWriting, type Unwritten, unwrittenByError } from './fileWriting';
import { syncFolder, temporaryPath, writeTemporaryFile } from './temporaryFile';

/**
 * Replaces the content of a file of the user, whole or not at all: a crash, a full disk or a kill leaves the old
 * content or the new one. Mode, owner (as far as the system permits) and symbolic links stay; access control lists and
 * extended attributes are those of a new file. Never rejects.
 *
 * A file is left as it is when its content is not the expected one any more. Between the last look and the rename lie
 * some microseconds, which no system call of Node closes.
 * @param expected what was read, byte for byte
 */
export async function replaceFile(
  path: string,
  expected: Uint8Array,
  next: Uint8Array,
): Promise<FileWriting> {
  let temporary: string | undefined;
  try {
    // A link stays, and its target is replaced.
    const target = await realpath(path);
    const before = await stat(target);
    const unwritten = whyNotReplaced(target, before);
    if (unwritten) return unwritten;
    temporary = temporaryPath(target);
    await writeTemporaryFile(temporary, next, before);
    // At once, so that nothing else of this process comes between.
    if (!holds(target, expected, before)) return { kind: 'changed' };
    renameSync(temporary, target);
    temporary = undefined;
    await syncFolder(dirname(target));
    return { kind: 'written' };
  } catch (error) {
    return unwrittenByError(error);
  } finally {
    if (temporary !== undefined) await rm(temporary, { force: true });
  }
}

function whyNotReplaced(target: string, status: Stats): Unwritten | undefined {
  const other = notAFile(status);
  if (other) return other;
  if (status.nlink > 1) return { kind: 'linked', names: status.nlink };
  // An administrator may write all, but the one who took the permission away meant something by it.
  if ((status.mode & 0o222) === 0) return { kind: 'readOnly' };
  try {
    accessSync(target, constants.W_OK);
    return undefined;
  } catch {
    return { kind: 'readOnly' };
  }
}

/** Whether a file still is the one that was looked at, with the content that was read. */
function holds(target: string, expected: Uint8Array, before: Stats): boolean {
  const isSame = ({ dev, ino, size, nlink }: Stats) =>
    dev === before.dev && ino === before.ino && size === expected.length && nlink === 1;
  const first = statSync(target);
  if (!isSame(first) || !readFileSync(target).equals(expected)) return false;
  const last = statSync(target);
  return isSame(last) && last.mtimeMs === first.mtimeMs;
}
