import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTemporaryFile } from '../../files/temporaryFile';
import { type HistoryEntry, parseEntry } from './historyEntry';

const suffix = '.json';
const unfinishedSuffix = '.tmp';

/** The folder of the history: a file for each entry, so that two windows can write at once. */
export class HistoryFiles {
  /** @param folder made when the first entry is written */
  constructor(private readonly folder: string) {}

  /** The ids of all entries; none when nothing was ever kept. */
  async ids(): Promise<string[]> {
    const names = await this.#names();
    return names.filter((name) => name.endsWith(suffix)).map(idOf);
  }

  /** The entry; `undefined` when another window has dropped it, or another version wrote something else. */
  async read(id: string): Promise<HistoryEntry | undefined> {
    const text = await readFile(this.#path(id), 'utf8').catch(() => undefined);
    const entry = text === undefined ? undefined : parseEntry(text);
    return entry?.id === id ? entry : undefined;
  }

  /** Writes the entry whole or not at all. Rejects when it cannot be written. */
  async write(entry: HistoryEntry): Promise<void> {
    const path = this.#path(entry.id);
    // Begins with the id, so that whoever clears the history leaves what is being sent.
    const unfinished = `${path}.${randomUUID()}${unfinishedSuffix}`;
    await mkdir(this.folder, { recursive: true });
    try {
      await writeTemporaryFile(unfinished, Buffer.from(JSON.stringify(entry)));
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async remove(ids: Iterable<string>): Promise<void> {
    await Promise.allSettled([...ids].map((id) => rm(this.#path(id), { force: true })));
  }

  /** Removes every file but those of some entries: also what a crash has left half written, with its payload. */
  async removeAllBut(ids: ReadonlySet<string>): Promise<void> {
    const names = (await this.#names()).filter((name) => !ids.has(idOf(name)));
    await Promise.allSettled(names.map((name) => rm(join(this.folder, name), { force: true })));
  }

  async #names(): Promise<string[]> {
    return readdir(this.folder).catch(() => []);
  }

  #path(id: string): string {
    return join(this.folder, id + suffix);
  }
}

/** The id in the name of a history file, finished or not. */
export function idOf(name: string): string {
  const at = name.indexOf(suffix);
  return at < 0 ? name : name.slice(0, at);
}
