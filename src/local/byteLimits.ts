/** How much of what a handler says is kept. All sizes in bytes of UTF-8. */

const kilobyte = 1024;

/** An event of CloudWatch Logs holds no more; what is left of a longer line is counted. */
export const lineLimitBytes = 256 * kilobyte;

/** The largest answer of a function, be it a result or an error: 6 MB and a little for the envelope. */
export const responseLimitBytes = 6_291_556;

/** The stack of an error. */
export const traceLimitBytes = 64 * kilobyte;

/** The name of an error. */
export const errorTypeLimitBytes = kilobyte;

export interface CutText {
  readonly text: string;
  readonly omittedBytes: number;
}

/** The beginning of a text, at most `limit` bytes of it and no half of a character. */
export function cutText(text: string, limit: number): CutText {
  // No character of UTF-16 takes more than three bytes.
  if (text.length * 3 <= limit) return { text, omittedBytes: 0 };
  const bytes = Buffer.byteLength(text);
  if (bytes <= limit) return { text, omittedBytes: 0 };
  const kept = wholeCharacters(Buffer.from(text.slice(0, limit)), limit);
  return { text: kept.toString(), omittedBytes: bytes - kept.byteLength };
}

/** The first bytes, at most `limit`, without the beginning of a character whose end is cut off. */
export function wholeCharacters(bytes: Buffer, limit: number): Buffer {
  let end = Math.min(bytes.byteLength, limit);
  const isContinued = (at: number): boolean => ((bytes[at] ?? 0) & 0xc0) === 0x80;
  // A character has at most three bytes after its first one; anything else is no UTF-8.
  for (let back = 0; back < 3 && isContinued(end); back += 1) end -= 1;
  return bytes.subarray(0, end);
}
