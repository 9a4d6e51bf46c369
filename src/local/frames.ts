import { lineLimitBytes, responseLimitBytes } from './byteLimits';
import { isRecord, parseJson } from './json';

/**
 * What Local Lambda and a handler's process send each other, over pipes of their own: the lengths of a header and a body
 * (32 bits each, big-endian), the header in JSON, the body as it is. Unlike Node's own channel, a pipe waits for its
 * reader, and no frame is larger than the reader allows.
 */
export interface Frame {
  readonly header: Record<string, unknown>;
  readonly body: Buffer;
}

/** A stream that holds no frames, or one over the limits: nothing after it can be read. */
export class FrameError extends Error {}

const lengthsBytes = 8;

/** The header of an error holds its stack, up to six bytes for each of its own. */
const headerLimitBytes = 2 * lineLimitBytes;

export function encodeFrame(header: object, body: string | Uint8Array = ''): Buffer {
  const head = Buffer.from(JSON.stringify(header));
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  const lengths = Buffer.allocUnsafe(lengthsBytes);
  lengths.writeUInt32BE(head.byteLength, 0);
  lengths.writeUInt32BE(content.byteLength, 4);
  return Buffer.concat([lengths, head, content]);
}

/** Finds the frames in a stream of bytes. Holds one of them at most. */
export class FrameReader {
  #buffer = Buffer.allocUnsafe(lengthsBytes);
  #filled = 0;
  /** Length of the header that is being read; `undefined` while it is the lengths. */
  #headerBytes: number | undefined;

  /** @throws FrameError */
  *read(chunk: Buffer): Generator<Frame> {
    let at = 0;
    while (at < chunk.byteLength) {
      const copied = chunk.copy(this.#buffer, this.#filled, at);
      at += copied;
      this.#filled += copied;
      if (this.#filled < this.#buffer.byteLength) return;
      const read = this.#buffer;
      if (this.#headerBytes === undefined) {
        this.#expectContent(read.readUInt32BE(0), read.readUInt32BE(4));
      } else {
        const frame = toFrame(read, this.#headerBytes);
        this.#headerBytes = undefined;
        this.#expect(lengthsBytes);
        yield frame;
      }
    }
  }

  #expectContent(headerBytes: number, bodyBytes: number): void {
    if (headerBytes === 0 || headerBytes > headerLimitBytes || bodyBytes > responseLimitBytes) {
      throw new FrameError(`frame of ${headerBytes} and ${bodyBytes} bytes`);
    }
    this.#headerBytes = headerBytes;
    this.#expect(headerBytes + bodyBytes);
  }

  #expect(bytes: number): void {
    this.#buffer = Buffer.allocUnsafe(bytes);
    this.#filled = 0;
  }
}

function toFrame(content: Buffer, headerBytes: number): Frame {
  const header = parseJson(content.toString('utf8', 0, headerBytes));
  if (!header.ok || !isRecord(header.value)) throw new FrameError('header is no object');
  return { header: header.value, body: content.subarray(headerBytes) };
}
