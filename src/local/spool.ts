import { rmSync } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../core/messageOf';
import { makeSpoolFolder } from './spoolFolder';
import { SpoolSegment } from './spoolSegment';

/** A file that has grown to this, in bytes, is followed by another one: what was read is deleted file by file. */
export const segmentBytes = 16 * 1024 * 1024;

/** How long nothing more is written after a failure, in milliseconds: callers are told to try again after a second. */
const pauseMs = 1000;

/** Why an event cannot be stored. */
export class SpoolError extends Error {}

/** The part of the queue that is on disk: a folder of its own, made with the first event that needs it. */
export class Spool {
  readonly #parent: string;
  readonly #limitBytes: number;
  /** All that were made: one that somebody deletes is followed by another one. */
  readonly #folders: string[] = [];
  #folder: Promise<string> | undefined;
  #segments = 0;
  #bytes = 0;
  #fault: { readonly error: SpoolError; readonly until: number } | undefined;

  /** @param parent where the folder is made */
  constructor(parent: string, limitBytes: number) {
    this.#parent = parent;
    this.#limitBytes = limitBytes;
  }

  /** Of the files that are there, and of what is about to be written. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Sets bytes aside for what is to be written.
   *
   * @throws SpoolError when they are too many, or the last try to write has just failed
   */
  reserve(bytes: number): void {
    if (this.#fault && performance.now() < this.#fault.until) throw this.#fault.error;
    if (this.#bytes + bytes > this.#limitBytes) {
      throw new SpoolError(`the queue holds no more than ${this.#limitBytes} bytes on disk`);
    }
    this.#bytes += bytes;
  }

  /** Gives back what `reserve` has set aside. */
  release(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** @throws what the file system throws; SpoolError when there is too little space for it */
  async newSegment(): Promise<SpoolSegment> {
    this.#folder ??= this.#makeFolder();
    try {
      const folder = await this.#folder;
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < 2 * segmentBytes) throw new SpoolError(`${folder} has no space left`);
      this.#segments += 1;
      return await SpoolSegment.create(join(folder, String(this.#segments)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') this.#folder = undefined;
      throw error;
    }
  }

  /** Remembers why writing has failed, for a moment. */
  failed(error: unknown): SpoolError {
    const fault = new SpoolError(
      error instanceof SpoolError
        ? error.message
        : `the queue on disk cannot be written: ${messageOf(error)}`,
    );
    this.#fault = { error: fault, until: performance.now() + pauseMs };
    return fault;
  }

  /** Deletes all of it. To be called when nothing is read or written any more. */
  async remove(): Promise<void> {
    await this.#folder?.catch(() => undefined);
    process.off('exit', this.#removeAtExit);
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }

  async #makeFolder(): Promise<string> {
    const folder = await makeSpoolFolder(this.#parent);
    if (this.#folders.length === 0) process.on('exit', this.#removeAtExit);
    this.#folders.push(folder);
    return folder;
  }

  /** An editor that closes does not wait until Local Lambda has stopped. */
  readonly #removeAtExit = (): void => {
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  };
}
