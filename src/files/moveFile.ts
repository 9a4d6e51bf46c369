import { renameSync, statSync } from 'node:fs';
import { link, lstat, mkdir, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type FileWriting, unwrittenByError } from './fileWriting';
import { syncFolder, temporaryPath, writeTemporaryFile } from './temporaryFile';

/**
 * Gives a file another name or folder, which is made where it is missing, and never that of a file that exists, whatever comes into being meanwhile.
 * Never rejects.
 *
 * The system's own rename replaces what it meets; a hard link does not. Where the file system has none (FAT, some
 * network drives), an empty file is put there first, which nobody else's can be, and replaced: a file is lost then only
 * if somebody writes into the empty one within some microseconds.
 */
export async function moveFile(from: string, to: string): Promise<FileWriting> {
  try {
    const status = await lstat(from);
    if (status.isDirectory()) return { kind: 'notAFile', what: 'folder' };
    await mkdir(dirname(to), { recursive: true });
    // macOS links what a symbolic link points to, not the link itself.
    await (status.isSymbolicLink() ? renameOverPlaceholder(from, to) : linkAndUnlink(from, to));
    await syncFolder(dirname(to));
    return { kind: 'written' };
  } catch (error) {
    return unwrittenByError(error);
  }
}

async function linkAndUnlink(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EXDEV') return copyAndUnlink(from, to);
    if (withoutHardLinks.has(code)) return renameOverPlaceholder(from, to);
    if (code === 'EEXIST' && (await isOneName(from, to))) return rename(from, to);
    throw error;
  }
  try {
    await unlink(from);
  } catch (error) {
    // Somebody else has moved it first, or it may not leave its folder: it stays where they want it.
    await rm(to, { force: true });
    throw error;
  }
}

/** What systems answer where a file system has no hard links, or this file may not have another. */
const withoutHardLinks: ReadonlySet<string> = new Set([
  'EPERM',
  'EACCES',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EINVAL',
  'EMLINK',
]);

/** Whether a file system that ignores case or form takes both for the same name. */
async function isOneName(from: string, to: string): Promise<boolean> {
  const [one, other] = await Promise.all([lstat(from), lstat(to)]);
  return one.dev === other.dev && one.ino === other.ino && one.nlink === 1;
}

async function renameOverPlaceholder(from: string, to: string): Promise<void> {
  const ino = await createEmpty(to);
  try {
    const now = statSync(to);
    if (now.ino !== ino || now.size > 0) throw alreadyExists(to);
    renameSync(from, to);
  } catch (error) {
    const now = await lstat(to).catch(() => undefined);
    if (now?.ino === ino && now.size === 0) await rm(to, { force: true });
    throw error;
  }
}

/** @returns the number by which the file system knows the new file */
async function createEmpty(path: string): Promise<number> {
  const file = await open(path, 'wx');
  try {
    return (await file.stat()).ino;
  } finally {
    await file.close();
  }
}

/** To another disk. */
async function copyAndUnlink(from: string, to: string): Promise<void> {
  const temporary = temporaryPath(to);
  const bytes = await readFile(from);
  try {
    await writeTemporaryFile(temporary, bytes, await lstat(from));
    await linkAndUnlink(temporary, to);
  } finally {
    await rm(temporary, { force: true });
  }
  // What somebody has written into it since stays; then there are both.
  if (bytes.equals(await readFile(from))) await unlink(from);
}

function alreadyExists(path: string): Error {
  return Object.assign(new Error(`EEXIST: file already exists, '${path}'`), { code: 'EEXIST' });
}
