import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type FileWriting, unwrittenByError } from './fileWriting';
import { moveFile } from './moveFile';
import { temporaryPath, writeTemporaryFile } from './temporaryFile';

/**
 * Makes a new file, with the folders above it, and never writes over one that exists, whatever comes into being
 * meanwhile. It appears whole. Never rejects.
 */
export async function createFile(path: string, bytes: Uint8Array): Promise<FileWriting> {
  return createAs(path, (temporary) => writeTemporaryFile(temporary, bytes));
}

/** A copy of a file, with its bytes and mode, never over one that exists. Never rejects. */
export async function copyToNewFile(from: string, to: string): Promise<FileWriting> {
  return createAs(to, (temporary) => copyFile(from, temporary));
}

async function createAs(
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<FileWriting> {
  const temporary = temporaryPath(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await write(temporary);
    return await moveFile(temporary, path);
  } catch (error) {
    return unwrittenByError(error);
  } finally {
    await rm(temporary, { force: true });
  }
}
