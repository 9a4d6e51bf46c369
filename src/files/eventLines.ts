import { type FileHandle, open } from 'node:fs/promises';
import { payloadLimitBytes } from '../core/limits';
import { type Unread, unreadByError, unreadByStatus } from './fileReading';
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
      const unread = unreadByStatus(await handle.stat(), Infinity);
      if (!unread) return new EventFile(handle, await versionOf(handle));
      await handle.close();
      return unread;
    } catch (error) {
      await handle?.close();
      return unreadByError(error);
    }
  }

  /** In bytes, when it was opened. */
  readonly size: number;

  private constructor(
    private readonly handle: FileHandle,
    private readonly version: Version,
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
    for (let offset = from.offset; offset < this.size; ) {
      const chunk = await this.read(offset, Math.min(chunkBytes, this.size - offset));
      offset += chunk.length;
      const lines = splitter.split(chunk);
      if (lines.length > 0) yield lines;
    }
    const last = splitter.end();
    if (last) yield [last];
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

interface Version {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}

function versionOf(handle: FileHandle): Promise<Version> {
  return handle.stat({ bigint: true });
}

/** Finds the lines in chunks of bytes. Holds the beginning of one line at most. */
export class EventLineSplitter {
  #number: number;
  /** Where the line begins that has not ended yet, what is known of it, and its bytes unless it is too long. */
  #offset: number;
  #length = 0;
  #isBlank = true;
  #lastByte = 0;
  #pieces: Uint8Array[] | undefined = [];
  /** How many bytes of a byte order mark the file began with so far. */
  #markLength = 0;
  #isAtStart: boolean;

  constructor(from: LinePosition = fileStart) {
    this.#number = from.number;
    this.#offset = from.offset;
    this.#isAtStart = from.offset === 0;
  }

  /** The lines that end in this chunk; those that also begin in it are views on it. */
  split(chunk: Uint8Array): EventLine[] {
    const lines: EventLine[] = [];
    let from = this.#isAtStart ? this.#skipMark(chunk) : 0;
    for (;;) {
      const to = chunk.indexOf(lineFeed, from);
      this.#add(chunk.subarray(from, to === -1 ? chunk.length : to));
      if (to === -1) return lines;
      const line = this.#endLine();
      if (line) lines.push(line);
      from = to + 1;
    }
  }

  /** The line that the file ends in, without a line feed. */
  end(): EventLine | undefined {
    if (this.#isAtStart) this.#endMark();
    return this.#endLine();
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
    else this.#add(byteOrderMark.subarray(0, this.#markLength));
  }

  #add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#isBlank &&= isBlank(piece);
    this.#lastByte = piece.at(-1) ?? 0;
    this.#length += piece.length;
    // The carriage return before a line feed does not count.
    if (this.#length > longestLineBytes + 1) this.#pieces = undefined;
    this.#pieces?.push(piece);
  }

  #endLine(): EventLine | undefined {
    const length = this.#length - (this.#lastByte === carriageReturn ? 1 : 0);
    const position = { number: this.#number, offset: this.#offset, length };
    const pieces = length > longestLineBytes ? undefined : this.#pieces;
    const line = pieces ? { ...position, bytes: joined(pieces, length) } : position;
    const isBlankLine = this.#isBlank;
    this.#number++;
    this.#offset += this.#length + 1;
    this.#length = 0;
    this.#isBlank = true;
    this.#lastByte = 0;
    this.#pieces = [];
    return isBlankLine ? undefined : line;
  }
}

/** The first bytes of some pieces. */
function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = pieces;
  return first && pieces.length === 1 ? first.subarray(0, length) : Buffer.concat(pieces, length);
}

/** What JSON takes for a blank; anything else is no JSON, and is reported as that. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === space || byte === tab || byte === carriageReturn);
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const tab = 0x09;
const space = 0x20;
const byteOrderMark = new Uint8Array([0xef, 0xbb, 0xbf]);
