import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { temporaryPath } from '../../files/temporaryFile';

/** A file of lines that is written by and by, and is there whole or not at all. */
export class LinesCopy {
  #handle: FileHandle | undefined;
  #count = 0;

  private constructor(
    private readonly unfinished: string,
    handle: FileHandle,
  ) {
    this.#handle = handle;
  }

  /** Begins a copy that will lie beside `path`, or in its place. */
  static async begin(path: string): Promise<LinesCopy> {
    await mkdir(dirname(path), { recursive: true });
    const unfinished = temporaryPath(path);
    return new LinesCopy(unfinished, await open(unfinished, 'wx'));
  }

  /** How many lines it has. */
  get count(): number {
    return this.#count;
  }

  /** Adds lines, each with a line feed. */
  async add(lines: readonly (string | Uint8Array)[]): Promise<void> {
    if (lines.length === 0) return;
    this.#count += lines.length;
    const pieces = lines.flatMap((line) => [Buffer.from(line), lineFeed]);
    await this.#handle?.writeFile(Buffer.concat(pieces));
  }

  /**
   * Ends the copy, in place of what is there; without lines there is none then.
   * @returns the path, when there is a copy
   */
  async save(path: string): Promise<string | undefined> {
    if (this.#count === 0) {
      await this.discard();
      await rm(path, { force: true });
      return undefined;
    }
    await this.#handle?.sync();
    await this.#close();
    await rename(this.unfinished, path);
    return path;
  }

  /** Does nothing to one that is saved. */
  async discard(): Promise<void> {
    if (!this.#handle) return;
    await this.#close();
    await rm(this.unfinished, { force: true });
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }
}

const lineFeed = Buffer.from('\n');
