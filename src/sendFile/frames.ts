import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** Before the content of a frame: its length and its CRC-32, four bytes each, the lowest first. */
const headBytes = 8;

/** No frame is nearly as long: more is damage. */
const longestFrameBytes = 16 * 1024 * 1024;

/** How much of the file is read at once. */
const blockBytes = 1024 * 1024;

/** A frame of a journal; its content is JSON as UTF-8. */
export function frameOf(value: unknown): Buffer {
  const text = JSON.stringify(value);
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(headBytes + length);
  frame.write(text, headBytes);
  frame.writeUInt32LE(length, 0);
  frame.writeUInt32LE(crc32(frame.subarray(headBytes)), 4);
  return frame;
}

export interface ReadFrame {
  readonly value: unknown;
  /** Offset of the first byte after it. */
  readonly end: number;
}

/** A frame is damaged, though others follow it: no crash does that. */
export class DamagedFrame extends Error {
  constructor(readonly offset: number) {
    super(`The frame at byte ${offset} is damaged.`);
  }
}

/**
 * The frames of a file, from the first to the last whole one. Frames are appended one at a time, so only the last can
 * be torn; what a crash left of it, a part or zeros in its place, is not read.
 * @throws {DamagedFrame} when more than a torn last frame is wrong
 */
export async function* readFrames(file: FileHandle): AsyncGenerator<ReadFrame> {
  const { size } = await file.stat();
  const blocks = new Blocks(file);
  for (let at = 0; at < size; ) {
    const head = await blocks.at(at, headBytes);
    if (head.length < headBytes) return;
    const length = head.readUInt32LE(0);
    const checksum = head.readUInt32LE(4);
    const end = at + headBytes + length;
    if (length > 0 && length <= longestFrameBytes && end <= size) {
      const content = await blocks.at(at + headBytes, length);
      if (content.length === length && crc32(content) === checksum) {
        yield { value: JSON.parse(content.toString()), end };
        at = end;
        continue;
      }
    }
    if (end < size && !(await isZero(blocks, at, size))) throw new DamagedFrame(at);
    return;
  }
}

/** Reads a file in large blocks, however little is asked for at a time. */
class Blocks {
  #block: Buffer = Buffer.alloc(0);
  #offset = 0;

  constructor(private readonly file: FileHandle) {}

  /** Fewer bytes than `length` at the end of the file. Valid until the next call. */
  async at(offset: number, length: number): Promise<Buffer> {
    const start = offset - this.#offset;
    if (start < 0 || start + length > this.#block.length) {
      this.#block = await this.#read(offset, Math.max(length, blockBytes));
      this.#offset = offset;
      return this.#block.subarray(0, length);
    }
    return this.#block.subarray(start, start + length);
  }

  async #read(offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await this.file.read(buffer, done, length - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return buffer.subarray(0, done);
  }
}

/** What a file system shows for bytes that it made room for and never wrote. */
async function isZero(blocks: Blocks, from: number, to: number): Promise<boolean> {
  for (let at = from; at < to; ) {
    const bytes = await blocks.at(at, Math.min(blockBytes, to - at));
    if (bytes.length === 0 || bytes.some((byte) => byte !== 0)) return false;
    at += bytes.length;
  }
  return true;
}
