import type { BigIntStats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { payloadLimitBytes } from '../core/limits';
import { notAFile, type Unread, unreadByError } from './fileReading';
import { findFileIn, withoutLink, withoutWaiting } from './readFile';

/** A line of an event file that is not blank: the text of one event. */
export interface EventLine {
  /** Counted from 1, by line feeds, blank lines included. */
  readonly number: number;
  /** In bytes from the start of the file. */
  readonly offset: number;
  /** In bytes, without its line end. */
  readonly length: number;
  /** `undefined` when it is longer than any call accepts: such a line is not held in memory. */
  readonly bytes?: Uint8Array;
}

/** Where a line begins. */
export interface LinePosition {
  /** In bytes from the start of the file. */
  readonly offset: number;
  /** Counted from 1. */
  readonly number: number;
}

/** The file was written to, or cut, after it was opened: what was read of it may be of two versions. */
export class EventFileChanged extends Error {
  override readonly name = 'EventFileChanged';
  constructor() {
    super('The file was changed while it was read.');
  }
}

/** The longest line that is held in memory, in bytes: what no call accepts is only measured. */
export const longestLineBytes = payloadLimitBytes.Event;

const fileStart: LinePosition = { offset: 0, number: 1 };

/**
 * A file of events in JSON Lines, of any size, as bytes. A file that is replaced by another of its name is read to its
 * end as it was.
 */
export class EventFile {
  /** Opens a regular file. Never rejects. */
  static async open(path: string): Promise<EventFile | Unread> {
    // Looked at before it is opened, since opening a device may do something, and again as it is open.
    const found = await findFileIn(undefined, path, Infinity);
    if (found.kind !== 'file') return found;
    let handle: FileHandle | undefined;
    try {
      handle = await open(found.path, withoutWaiting | withoutLink);
      const version = await versionOf(handle);
      const unread = notAFile(version);
      if (!unread) return new EventFile(handle, version);
      await handle.close();
      return unread;
    } catch (error) {
      await handle?.close().catch(() => undefined);
      return unreadByError(error);
    }
  }

  /** In bytes, when it was opened. */
  readonly size: number;

  private constructor(
    private readonly handle: FileHandle,
    private readonly version: BigIntStats,
  ) {
    this.size = Number(version.size);
  }

  /**
   * The lines that are not blank, in order, a chunk's worth at a time. A line ends at a line feed, with or without a
   * carriage return before it, or at the end of the file; a byte order mark at the start of the file is skipped.
   * @param from where a line begins: the start of the file, unless a run goes on from there
   * @throws EventFileChanged, and what the file system throws
   */
  async *lines(from: LinePosition = fileStart): AsyncGenerator<readonly EventLine[]> {
    const splitter = new EventLineSplitter(from);
    for await (const chunk of this.chunks(from.offset)) {
      const lines = splitter.split(chunk);
      if (lines.length > 0) yield lines;
    }
    const last = splitter.end();
    if (last) yield [last];
  }

  /**
   * The bytes of the file, in order.
   * @param from the offset of the first one
   * @throws EventFileChanged, and what the file system throws
   */
  async *chunks(from = 0): AsyncGenerator<Uint8Array> {
    for (let offset = from; offset < this.size; offset += chunkBytes)
      yield await this.read(offset, Math.min(chunkBytes, this.size - offset));
  }

  /**
   * The bytes of a range that lies in the file.
   * @param length in bytes; all of them are held in memory
   * @throws EventFileChanged, and what the file system throws
   */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.handle.read(bytes, done, length - done, offset + done);
      if (bytesRead === 0) throw new EventFileChanged();
      done += bytesRead;
    }
    // After the bytes are read: a look before would miss what is written between the two.
    const { size, mtimeNs, ino } = await versionOf(this.handle);
    const then = this.version;
    if (size !== then.size || mtimeNs !== then.mtimeNs || ino !== then.ino)
      throw new EventFileChanged();
    return bytes;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

/** What is read at a time. Lines are parts of it, so whoever holds one holds as much. */
const chunkBytes = 256 * 1024;

function versionOf(handle: FileHandle): Promise<BigIntStats> {
  return handle.stat({ bigint: true });
}

/** Finds the lines in chunks of bytes. Holds the beginning of one line at most. */
export class EventLineSplitter {
  #number: number;
  /** Where the line begins that has not ended yet. */
  #offset: number;
  /** What was found of it so far; of a line that is too long, the bytes are not held. */
  #length = 0;
  #isBlank = true;
  #lastByte = 0;
  #pieces: Uint8Array[] = [];
  /** How many bytes of a byte order mark the file began with so far. */
  #markLength = 0;
  #isAtStart: boolean;
  #blankLines = 0;

  constructor(from: LinePosition = fileStart) {
    this.#number = from.number;
    this.#offset = from.offset;
    this.#isAtStart = from.offset === 0;
  }

  /** How many of the lines that ended so far are blank. */
  get blankLines(): number {
    return this.#blankLines;
  }

  /** The lines that end in this chunk; those that also begin in it are views on it. */
  split(chunk: Uint8Array): EventLine[] {
    const lines: EventLine[] = [];
    // A buffer's own search is ten times as fast as that of other arrays.
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = this.#isAtStart ? this.#skipMark(chunk) : 0;
    for (;;) {
      const to = buffer.indexOf(lineFeed, from);
      this.#hold(chunk, from, to === -1 ? chunk.length : to);
      if (to === -1) return lines;
      const line = this.#end();
      if (line) lines.push(line);
      from = to + 1;
    }
  }

  /** The line that the file ends in, without a line feed. */
  end(): EventLine | undefined {
    if (this.#isAtStart) this.#endMark();
    return this.#length === 0 ? undefined : this.#end();
  }

  /** @returns how many bytes of the chunk belong to the mark, or may do so */
  #skipMark(chunk: Uint8Array): number {
    for (let at = 0; at < chunk.length; at++) {
      if (chunk[at] !== byteOrderMark[this.#markLength]) {
        this.#endMark();
        return at;
      }
      this.#markLength++;
    }
    return chunk.length;
  }

  #endMark(): void {
    this.#isAtStart = false;
    if (this.#markLength === byteOrderMark.length) this.#offset += this.#markLength;
    else this.#hold(byteOrderMark, 0, this.#markLength);
  }

  /** The line goes on from one offset of a chunk to another. */
  #hold(chunk: Uint8Array, from: number, to: number): void {
    if (to === from) return;
    this.#isBlank &&= isBlank(chunk, from, to);
    this.#lastByte = chunk[to - 1] ?? 0;
    this.#length += to - from;
    // The carriage return before a line feed does not count.
    if (this.#length <= longestLineBytes + 1) this.#pieces.push(chunk.subarray(from, to));
    else this.#pieces.length = 0;
  }

  #end(): EventLine | undefined {
    const length = this.#length - (this.#lastByte === carriageReturn ? 1 : 0);
    const line = this.#isBlank ? undefined : this.#line(length);
    if (!line) this.#blankLines++;
    this.#number++;
    this.#offset += this.#length + 1;
    this.#length = 0;
    this.#isBlank = true;
    this.#lastByte = 0;
    this.#pieces.length = 0;
    return line;
  }

  #line(length: number): EventLine {
    const number = this.#number;
    const offset = this.#offset;
    if (length > longestLineBytes) return { number, offset, length };
    return { number, offset, length, bytes: joined(this.#pieces, length) };
  }
}

/** The first bytes of some pieces. */
function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = pieces;
  if (!first || pieces.length > 1) return Buffer.concat(pieces, length);
  return first.length === length ? first : first.subarray(0, length);
}

/** What JSON takes for a blank; anything else is no JSON, and is reported as that. */
function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte !== space && byte !== tab && byte !== carriageReturn) return false;
  }
  return true;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const tab = 0x09;
const space = 0x20;
const byteOrderMark = new Uint8Array([0xef, 0xbb, 0xbf]);
