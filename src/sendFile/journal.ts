import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isRecord } from '../core/isRecord';
import { syncFolder } from '../files/temporaryFile';
import { frameOf, readFrames } from './frames';
import {
  intentOf,
  type JournalEntry,
  type JournalHeader,
  type LineOutcome,
  type LinePlace,
  outcomeOf,
} from './journalEntries';
import { JournalState } from './journalState';

/** How long an outcome waits for others before it is written without an intent, in milliseconds. */
const outcomeDelayMs = 100;

/**
 * What was done with each line of a run, on disk. An intent is there before the first byte of its line leaves: whatever
 * dies at whatever moment, a line that may have been sent is known. Intents that come while others are written share
 * the next write.
 */
export class Journal {
  readonly state: JournalState;
  #pending: JournalEntry[] = [];
  #waiting: Waiter[] = [];
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Why no line may be sent any more. An intent that came later would hide those that are missing. */
  #failure: unknown;

  private constructor(
    private readonly file: FileHandle,
    readonly header: JournalHeader,
    state: JournalState,
    private end: number,
  ) {
    this.state = state;
  }

  /** @throws what the file system throws, `EEXIST` among it */
  static async create(path: string, header: JournalHeader): Promise<Journal> {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'wx+', 0o600);
    try {
      const frame = frameOf(header);
      await write(file, frame, 0);
      await file.sync();
      await syncFolder(dirname(path));
      return new Journal(file, header, new JournalState(), frame.length);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * Reads the journal of an earlier run to go on with it. What a crash tore is cut off.
   * @throws {DamagedFrame | NoJournal} when it cannot be known what was sent
   */
  static async resume(path: string): Promise<Journal> {
    const file = await open(path, 'r+');
    try {
      const { header, state, end } = await read(file);
      await file.truncate(end);
      return new Journal(file, header, state, end);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * Resolves when the line may be sent.
   * @throws what the file system throws; then the line must not be sent
   */
  async intend(line: LinePlace): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    this.#add(intentOf(line));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  settle({ number }: LinePlace, outcome: LineOutcome): void {
    this.#add(outcomeOf(number, outcome));
    this.#writeSoon();
  }

  /** The line is to be sent again: it was certainly not queued, or cannot run twice. */
  giveBack({ number }: LinePlace): void {
    this.#add(['returned', number]);
    this.#writeSoon();
  }

  finish(): void {
    this.#add(['finished']);
  }

  /** Writes what is not on disk yet. @throws what the file system throws */
  async flush(): Promise<void> {
    await this.#writing;
    if (this.#pending.length === 0) return;
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await this.flush();
    } finally {
      await this.file.close();
    }
  }

  #add(entry: JournalEntry): void {
    this.state.add(entry);
    this.#pending.push(entry);
  }

  #writeSoon(): void {
    if (this.#timer || this.#writing) return;
    this.#timer = setTimeout(() => {
      // Whoever needs it on disk learns of a failure; the outcomes stay pending.
      this.flush().catch(() => {});
    }, outcomeDelayMs);
  }

  /** Never rejects. */
  async #writeAll(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // Who comes in the same turn of the event loop shares the write.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const entries = this.#pending;
      const waiting = this.#waiting;
      this.#pending = [];
      this.#waiting = [];
      try {
        await this.#append(frameOf(entries));
        for (const { resolve } of waiting) resolve();
      } catch (error) {
        this.#failure ??= error;
        const all = [...entries, ...this.#pending];
        this.#pending = all.filter(([kind]) => kind !== 'intent');
        for (const { reject } of [...waiting, ...this.#waiting.splice(0)]) reject(error);
      }
    }
    this.#writing = undefined;
    if (this.#pending.length > 0 && this.#failure === undefined) this.#writeSoon();
  }

  async #append(frame: Buffer): Promise<void> {
    try {
      await write(this.file, frame, this.end);
      await this.file.datasync();
    } catch (error) {
      // A full disk takes a part of it.
      await this.file.truncate(this.end).catch(() => {});
      throw error;
    }
    this.end += frame.length;
  }
}

/** The file holds no journal of ours, or its beginning is gone. */
export class NoJournal extends Error {}

/** Gets each entry, and for an outcome the place of its line. */
type OnEntry = (entry: JournalEntry, place: LinePlace | undefined) => Promise<void>;

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The entries of a journal, in order, with what they add up to so far.
 * @throws {DamagedFrame | NoJournal}
 */
export async function readJournal(
  path: string,
  onEntry?: OnEntry,
): Promise<{ header: JournalHeader; state: JournalState }> {
  const file = await open(path, 'r');
  try {
    return await read(file, onEntry);
  } finally {
    await file.close();
  }
}

/** @throws {NoJournal}; what the file system throws */
export async function readHeader(path: string): Promise<JournalHeader> {
  const file = await open(path, 'r');
  try {
    for await (const { value } of readFrames(file))
      if (isHeader(value)) return value;
      else break;
    throw new NoJournal('There is no journal, or another version wrote it.');
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, onEntry?: OnEntry) {
  const state = new JournalState();
  let header: JournalHeader | undefined;
  let end = 0;
  for await (const frame of readFrames(file)) {
    end = frame.end;
    if (header === undefined) {
      if (!isHeader(frame.value)) break;
      header = frame.value;
      continue;
    }
    for (const entry of frame.value as JournalEntry[]) {
      const place = state.add(entry);
      await onEntry?.(entry, place);
    }
  }
  if (!header) throw new NoJournal('There is no journal, or another version wrote it.');
  return { header, state, end };
}

function isHeader(value: unknown): value is JournalHeader {
  if (!isRecord(value) || !isRecord(value['file'])) return false;
  const { format, executionSeed } = value;
  return executionSeed === undefined
    ? format === 1
    : format === 2 && typeof executionSeed === 'string';
}

async function write(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
