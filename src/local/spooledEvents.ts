import { messageOf } from '../core/messageOf';
import { encodeEvent, type QueuedEvent } from './queuedEvent';
import { type Spool, SpoolError, segmentBytes } from './spool';
import type { SpoolSegment } from './spoolSegment';

/** How much is written at once, in bytes; a longer record is written alone. */
const batchBytes = 1024 * 1024;

interface Unwritten {
  readonly bytes: Buffer;
  readonly written: () => void;
  readonly failed: (error: unknown) => void;
}

/** Queued events on disk: first in, first out. */
export class SpooledEvents {
  readonly #spool: Spool;
  readonly #onLost: (events: number, reason: string) => void;
  /** Oldest first; the last one is written to. */
  readonly #segments: SpoolSegment[] = [];
  #unwritten: Unwritten[] = [];
  #willWrite = false;
  #turn: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** @param onLost told how many events cannot be read, and why */
  constructor(spool: Spool, onLost: (events: number, reason: string) => void) {
    this.#spool = spool;
    this.#onLost = onLost;
  }

  /** Whether nothing is there to read, nor about to be. */
  get isEmpty(): boolean {
    return this.#unwritten.length === 0 && !this.#willWrite && !this.isReadable;
  }

  get isReadable(): boolean {
    return this.#segments.some(({ unread }) => unread > 0);
  }

  /**
   * Resolves when the event is written.
   *
   * @throws SpoolError when it is not
   */
  async append(event: QueuedEvent): Promise<void> {
    if (this.#isClosed) throw new SpoolError('Local Lambda has stopped');
    const bytes = encodeEvent(event);
    this.#spool.reserve(bytes.byteLength);
    await new Promise<void>((written, failed) => {
      this.#unwritten.push({ bytes, written, failed });
      if (this.#willWrite) return;
      this.#willWrite = true;
      void this.#inTurn(() => this.#write());
    });
  }

  /** The next events, about 64 KB of them; none when there are none, or what is left of a file cannot be read. */
  read(): Promise<QueuedEvent[]> {
    return this.#inTurn(() => this.#read());
  }

  /** Closes and deletes the files, and forgets what is in them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#inTurn(async () => {
      for (const segment of this.#segments.splice(0)) await this.#remove(segment);
    });
  }

  /** Reading and writing take turns: neither sees the other half done. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(task);
    this.#turn = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  async #write(): Promise<void> {
    const batch = this.#nextBatch();
    const bytes = Buffer.concat(batch.map((record) => record.bytes));
    try {
      const segment = await this.#segmentFor(bytes.byteLength);
      await segment.append(bytes, batch.length);
      for (const { written } of batch) written();
    } catch (error) {
      this.#spool.release(bytes.byteLength);
      const fault = this.#spool.failed(error);
      for (const { failed } of batch) failed(fault);
    }
    this.#willWrite = this.#unwritten.length > 0;
    if (this.#willWrite) void this.#inTurn(() => this.#write());
  }

  #nextBatch(): Unwritten[] {
    let bytes = 0;
    const end = this.#unwritten.findIndex((record, index) => {
      bytes += record.bytes.byteLength;
      return index > 0 && bytes > batchBytes;
    });
    return this.#unwritten.splice(0, end === -1 ? this.#unwritten.length : end);
  }

  async #segmentFor(bytes: number): Promise<SpoolSegment> {
    if (this.#isClosed) throw new SpoolError('Local Lambda has stopped');
    const last = this.#segments.at(-1);
    if (last && (last.bytes === 0 || last.bytes + bytes <= segmentBytes)) return last;
    const segment = await this.#spool.newSegment();
    this.#segments.push(segment);
    return segment;
  }

  async #read(): Promise<QueuedEvent[]> {
    const segment = this.#segments.find(({ unread }) => unread > 0);
    if (!segment) return [];
    let events: QueuedEvent[] = [];
    let isDone = false;
    try {
      events = await segment.read();
      isDone = segment.unread === 0;
    } catch (error) {
      isDone = true;
      this.#onLost(segment.unread, messageOf(error));
    }
    if (isDone) {
      this.#segments.splice(this.#segments.indexOf(segment), 1);
      await this.#remove(segment);
    }
    return events;
  }

  async #remove(segment: SpoolSegment): Promise<void> {
    try {
      await segment.remove();
    } catch {
      // It goes with its folder.
    }
    this.#spool.release(segment.bytes);
  }
}
