import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Uri, workspace } from 'vscode';
import type { Runs } from './runs';
import type { SendFileProcess } from './sendFileProcess';

/**
 * The event files that are made of the elements of JSON arrays, in the editor's storage: a run can be resumed only as
 * long as its file is there.
 */
export class ElementFiles {
  readonly #inUse = new Set<string>();

  /** @param root holds them, each in a folder of its own */
  constructor(
    private readonly root: string,
    private readonly runs: Pick<Runs, 'all'>,
  ) {}

  /**
   * Has the file of an array made, and keeps it at least as long as it is used.
   * @throws {SendFileFailure}
   */
  async use<Result>(
    array: Uri,
    process: SendFileProcess,
    action: (eventFile: Uri) => Promise<Result>,
  ): Promise<Result> {
    const path = await process.split(array.fsPath, this.root);
    this.#inUse.add(path);
    try {
      return await action(Uri.file(path));
    } finally {
      this.#inUse.delete(path);
      await this.deleteUnused();
    }
  }

  /** Deletes those that no unfinished run, and no editor, holds. Never rejects. */
  async deleteUnused(): Promise<void> {
    const unfinished = (await this.runs.all()).filter(
      ({ progress }) => progress?.state !== 'finished',
    );
    const needed = new Set(
      [
        ...this.#inUse,
        ...unfinished.map(({ file }) => file.path),
        ...workspace.textDocuments.map(({ uri }) => uri.fsPath),
      ].map((path) => basename(dirname(path))),
    );
    const found = await readdir(this.root).catch(() => []);
    const unused = found.filter((name) => !needed.has(name));
    await Promise.all(
      unused.map((name) =>
        rm(join(this.root, name), { recursive: true, force: true }).catch(() => undefined),
      ),
    );
  }
}
