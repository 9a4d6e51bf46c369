import { type CutText, lineLimitBytes, wholeCharacters } from './byteLimits';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Finds the lines in a stream of bytes. Holds the beginning of one at most, and counts the rest of it. */
export class LineSplitter {
  /** The line so far; allocated once a line ends in another chunk than it began in. */
  #held: Buffer | undefined;
  #heldBytes = 0;
  #omittedBytes = 0;

  /** The lines that end in this chunk; empty ones are left out. */
  *split(chunk: Buffer): Generator<CutText> {
    let from = 0;
    for (;;) {
      const to = chunk.indexOf(lineFeed, from);
      if (to === -1) break;
      const line = this.#lineTo(chunk.subarray(from, to));
      from = to + 1;
      if (line) yield line;
    }
    this.#hold(chunk.subarray(from));
  }

  /** What came after the last line end, if anything did. */
  rest(): CutText | undefined {
    return this.#lineTo(Buffer.alloc(0));
  }

  #lineTo(end: Buffer): CutText | undefined {
    if (this.#heldBytes === 0) return toLine(end, 0);
    this.#hold(end);
    const line = toLine(this.#heldPart(), this.#omittedBytes);
    this.#heldBytes = 0;
    this.#omittedBytes = 0;
    return line;
  }

  #heldPart(): Buffer {
    return (this.#held ?? Buffer.alloc(0)).subarray(0, this.#heldBytes);
  }

  #hold(part: Buffer): void {
    if (part.byteLength === 0) return;
    // One byte over the limit tells whether the limit falls inside a character.
    this.#held ??= Buffer.allocUnsafe(lineLimitBytes + 1);
    const copied = part.copy(this.#held, this.#heldBytes);
    this.#heldBytes += copied;
    this.#omittedBytes += part.byteLength - copied;
  }
}

function toLine(bytes: Buffer, omittedBytes: number): CutText | undefined {
  const ended = bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes;
  if (ended.byteLength === 0) return undefined;
  const kept = wholeCharacters(ended, lineLimitBytes);
  return { text: kept.toString(), omittedBytes: omittedBytes + ended.byteLength - kept.byteLength };
}
