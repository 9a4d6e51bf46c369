import type { EventFile, EventLine } from '../files/eventLines';
import type { JournalState } from './journalState';

/**
 * The lines that are still to be sent, in the order of the file: first those that an earlier part of the run gave back,
 * then those after the last that was ever intended.
 */
export class LineSource {
  #ready: EventLine[] = [];
  #at = 0;
  #filling: Promise<void> | undefined;
  #isExhausted = false;
  readonly #batches: AsyncGenerator<readonly EventLine[]>;

  constructor(file: EventFile, state: Pick<JournalState, 'returned' | 'last'>) {
    this.#batches = batchesOf(file, state);
  }

  /** Whether every line was taken. */
  get isExhausted(): boolean {
    return this.#isExhausted && this.#at === this.#ready.length;
  }

  /**
   * The next line; `undefined` after the last. Taken without a turn of others once there is one.
   * @throws {EventFileChanged} when somebody wrote to the file; what the file system throws
   */
  async waitForLine(): Promise<void> {
    while (this.#at === this.#ready.length && !this.#isExhausted) {
      this.#filling ??= this.#fill().finally(() => {
        this.#filling = undefined;
      });
      await this.#filling;
    }
  }

  take(): EventLine | undefined {
    return this.#at < this.#ready.length ? this.#ready[this.#at++] : undefined;
  }

  async close(): Promise<void> {
    await this.#batches.return(undefined);
  }

  async #fill(): Promise<void> {
    const { value, done } = await this.#batches.next();
    if (done) this.#isExhausted = true;
    else {
      this.#ready = [...value];
      this.#at = 0;
    }
  }
}

async function* batchesOf(
  file: EventFile,
  state: Pick<JournalState, 'returned' | 'last'>,
): AsyncGenerator<readonly EventLine[]> {
  // As they are when the first line is asked for: a line that is given back later is still with who took it.
  const { last } = state;
  const returned = [...state.returned.values()];
  for (const place of returned) {
    yield [{ ...place, bytes: await file.read(place.offset, place.length) }];
  }
  // Begins with the last line itself, so that its line end is read as one.
  for await (const lines of file.lines(last)) {
    yield last === undefined ? lines : lines.filter(({ number }) => number > last.number);
  }
}
