import { open, rename, rm } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { LineKind, RunFile } from '../core/fileRun/run';
import type { EventFile } from '../files/eventLines';
import { readJournal } from './journal';
import type { LinePlace } from './journalEntries';
import type { RunFolder } from './runFolder';

/** Which file gets the lines of each kind; those that were accepted are in none. */
const endings: Record<Exclude<LineKind, 'accepted'>, 'rejected' | 'unknown'> = {
  rejected: 'rejected',
  invalid: 'rejected',
  unknown: 'unknown',
};

/** Lines are copied this much at a time, in bytes. */
const pieceBytes = 1024 * 1024;

export interface Leftovers {
  /** Path of the file with the lines that the service rejected, and the invalid ones. */
  readonly rejectedLines?: string;
  /** Path of the file with the lines that may have been queued. */
  readonly unknownLines?: string;
}

/**
 * Writes the lines that were not accepted to files beside the journal, byte for byte, each ended by a line feed, in the
 * order in which they were settled. Files of an earlier part of the run are replaced.
 * @throws what the journal and the file system throw
 */
export async function writeLeftovers(
  folder: RunFolder,
  { path }: RunFile,
  file: EventFile,
): Promise<Leftovers> {
  const { name } = parse(path);
  const rejected = new Copy(file, join(folder.path, `${name}.rejected.jsonl`));
  const unknown = new Copy(file, join(folder.path, `${name}.unknown.jsonl`));
  const copies = { rejected, unknown };
  try {
    await readJournal(folder.journal, async (entry, place) => {
      if (entry[0] !== 'outcome' || entry[2] === 'accepted' || !place) return;
      await copies[endings[entry[2]]].add(place);
    });
    const rejectedLines = await rejected.end();
    const unknownLines = await unknown.end();
    return { ...(rejectedLines && { rejectedLines }), ...(unknownLines && { unknownLines }) };
  } finally {
    await rejected.close();
    await unknown.close();
  }
}

/** A file that becomes what it is to be at once. */
class Copy {
  #target: Awaited<ReturnType<typeof open>> | undefined;

  constructor(
    private readonly file: EventFile,
    private readonly path: string,
  ) {}

  async add({ offset, length }: LinePlace): Promise<void> {
    this.#target ??= await open(this.#unfinished, 'w', 0o600);
    for (let done = 0; done < length; done += pieceBytes) {
      const piece = Math.min(pieceBytes, length - done);
      await this.#target.write(await this.file.read(offset + done, piece));
    }
    await this.#target.write('\n');
  }

  /** Path of the file; `undefined` when no line was added. */
  async end(): Promise<string | undefined> {
    if (!this.#target) {
      await rm(this.path, { force: true });
      return undefined;
    }
    await this.close();
    await rename(this.#unfinished, this.path);
    return this.path;
  }

  async close(): Promise<void> {
    const target = this.#target;
    this.#target = undefined;
    await target?.close();
  }

  get #unfinished(): string {
    return `${this.path}.tmp`;
  }
}
