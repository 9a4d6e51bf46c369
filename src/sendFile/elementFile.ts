import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { fileLimitBytes } from '../core/fileLimits';
import { messageOf } from '../core/messageOf';
import { elementLines } from '../core/payload/elementLines';
import { unreadText } from '../files/fileReading';
import { readFileIn } from '../files/readFile';
import { temporaryPath, writeTemporaryFile } from '../files/temporaryFile';
import { utf8Text } from '../files/utf8Text';
import { RunError } from './runError';

/**
 * Writes the elements of a JSON array as the lines of an event file, and resolves to its path. The same elements make
 * the same file, so that an unfinished run of them is found again.
 * @param path of the file with the array
 * @param root holds such files, each in a folder that is named by its content
 * @throws {RunError}
 */
export async function writeElementFile(path: string, root: string): Promise<string> {
  const lines = elementLines(await arrayText(path));
  if (!lines) throw noArray(l10n.t('It is not a JSON array.'));
  if (lines.length === 0) throw noArray(l10n.t('The array is empty.'));
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  const key = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  const target = join(root, key, `${parse(path).name}.jsonl`);
  try {
    await writeOnce(target, bytes);
    return target;
  } catch (error) {
    throw new RunError(
      'unwritten',
      l10n.t('Its elements cannot be written to a file: {0}.', messageOf(error)),
      l10n.t('Free space on the disk.'),
    );
  }
}

function noArray(message: string): RunError {
  return new RunError('noArray', message, l10n.t('Choose a JSON array: each element is an event.'));
}

async function arrayText(path: string): Promise<string> {
  const reading = await readFileIn(undefined, path, fileLimitBytes.array);
  const text = reading.kind === 'content' ? utf8Text(reading.bytes) : undefined;
  // A byte order mark is skipped, as in an event file.
  if (text !== undefined) return text.replace(/^\uFEFF/, '');
  throw new RunError(
    'unread',
    reading.kind === 'content' ? l10n.t('It is not UTF-8 text.') : unreadText(reading),
    l10n.t('Choose a JSON file.'),
  );
}

/** What is there already may be open in another process, which Windows lets nobody replace. */
async function writeOnce(path: string, bytes: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(bytes)) return;
  const temporary = temporaryPath(path);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeTemporaryFile(temporary, bytes);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
