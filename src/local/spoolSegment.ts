import { type FileHandle, open, rm } from 'node:fs/promises';
import { DamagedRecordError, decodeEvent, type QueuedEvent, recordLength } from './queuedEvent';

/** How much is read at once, in bytes; a longer record is read alone. */
const chunkBytes = 64 * 1024;

/** How many events are taken from what was read. */
const mostEvents = 64;

/** A file of queued events: written at its end, read from its beginning, once. */
export class SpoolSegment {
  readonly #path: string;
  readonly #file: FileHandle;
  #end = 0;
  #readAt = 0;
  #unread = 0;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** @throws what the file system throws */
  static async create(path: string): Promise<SpoolSegment> {
    return new SpoolSegment(path, await open(path, 'wx+', 0o600));
  }

  /** Of what was written to it, read or not. */
  get bytes(): number {
    return this.#end;
  }

  /** How many events are left to read. */
  get unread(): number {
    return this.#unread;
  }

  /**
   * Writes whole records. After a failure none of them is in it: the next ones are written over what was begun.
   *
   * @throws what the file system throws
   */
  async append(records: Buffer, events: number): Promise<void> {
    for (let written = 0; written < records.byteLength; ) {
      const rest = records.byteLength - written;
      const { bytesWritten } = await this.#file.write(records, written, rest, this.#end + written);
      written += bytesWritten;
    }
    this.#end += records.byteLength;
    this.#unread += events;
  }

  /**
   * The next events, at least one.
   *
   * @throws DamagedRecordError, or what the file system throws: what is left cannot be read
   */
  async read(): Promise<QueuedEvent[]> {
    let chunk = await this.#bytesAt(Math.min(chunkBytes, this.#end - this.#readAt));
    const first = recordLength(chunk) ?? chunkBytes;
    if (first > chunk.byteLength) {
      if (first > this.#end - this.#readAt) throw new DamagedRecordError('record without end');
      chunk = await this.#bytesAt(first);
    }
    const { events, bytes } = eventsIn(chunk);
    this.#unread -= events.length;
    this.#readAt += bytes;
    return events;
  }

  async remove(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }

  async #bytesAt(length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafeSlow(length);
    let filled = 0;
    while (filled < length) {
      const at = this.#readAt + filled;
      const { bytesRead } = await this.#file.read(bytes, filled, length - filled, at);
      if (bytesRead === 0) throw new DamagedRecordError('end of the file');
      filled += bytesRead;
    }
    return bytes;
  }
}

/** The events at the beginning of a chunk up to one that is cut off or damaged, and how many bytes they take. */
function eventsIn(chunk: Buffer): { events: QueuedEvent[]; bytes: number } {
  const events: QueuedEvent[] = [];
  let bytes = 0;
  try {
    while (events.length < mostEvents) {
      const rest = chunk.subarray(bytes);
      const length = recordLength(rest);
      if (length === undefined || length > rest.byteLength) break;
      events.push(decodeEvent(rest.subarray(0, length)));
      bytes += length;
    }
  } catch (error) {
    // The next reading begins with what is damaged.
    if (events.length === 0) throw error;
  }
  return { events, bytes };
}
