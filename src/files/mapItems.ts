import { createHash } from 'node:crypto';
import { Pace } from '../core/pace';
import { itemLimitBytes } from '../core/stepFunctions/definition';
import { tooLargeMessage } from '../core/payload/size';
import { lineFault, type LineProblem, maySend } from './eventFileCheck';
import { type EventFile, type EventLine, EventLineSplitter } from './eventLines';

/** What is to be known of an event file before its lines become items of a Distributed Map. */
export interface MapItemsCheck {
  /** Of the file, in bytes. */
  readonly size: number;
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  /** Lines that are not blank. */
  readonly lines: number;
  /** Lines that can be sent. */
  readonly items: number;
  /** Of what is uploaded: these lines, each with a line feed. */
  readonly itemBytes: number;
  /** Lines that no call of Lambda accepts. */
  readonly invalid: LinesLeftOut;
  /** Lines that are too large for an item, and that Invoke accepts. */
  readonly tooLarge: LinesLeftOut;
}

/** Lines of one kind that Step Functions does not get. */
export interface LinesLeftOut {
  readonly count: number;
  /** The first hundred of them. */
  readonly problems: readonly LineProblem[];
}

interface Options {
  readonly signal?: AbortSignal | undefined;
  /** Told the bytes that were read so far, after each chunk. */
  readonly onProgress?: (bytesRead: number) => void;
}

const mostProblems = 100;

/**
 * Looks at all of an event file, once, in constant memory.
 * @throws EventFileChanged, what the file system throws, and the reason of the signal
 */
export async function checkMapItems(
  file: EventFile,
  { signal, onProgress }: Options = {},
): Promise<MapItemsCheck> {
  const hash = createHash('sha256');
  const splitter = new EventLineSplitter();
  const counts = { lines: 0, items: 0, itemBytes: 0 };
  const invalid: { count: number; problems: LineProblem[] } = { count: 0, problems: [] };
  const tooLarge: typeof invalid = { count: 0, problems: [] };
  const add = (line: EventLine) => {
    counts.lines++;
    if (isItem(line)) {
      counts.items++;
      counts.itemBytes += line.length + 1;
      return;
    }
    const isLarge = isLargeEvent(line);
    const kind = isLarge ? tooLarge : invalid;
    kind.count++;
    // To say why takes longer than to know that it is so.
    if (kind.problems.length >= mostProblems) return;
    const message = isLarge
      ? tooLargeMessage(line.length, 'InvokeAsync')
      : lineFault(line, 'Invoke');
    kind.problems.push({ line: line.number, message });
  };
  let bytesRead = 0;
  for await (const chunk of file.chunks()) {
    signal?.throwIfAborted();
    hash.update(chunk);
    await inTurns(splitter.split(chunk), add);
    bytesRead += chunk.length;
    onProgress?.(bytesRead);
  }
  const last = splitter.end();
  if (last) add(last);
  return { size: file.size, sha256: hash.digest('hex'), ...counts, invalid, tooLarge };
}

/** Whether a line can be an item: strict JSON, and not too large. */
export function isItem(line: EventLine): boolean {
  return line.length <= itemLimitBytes && maySend(line, 'Invoke');
}

/** Whether a line is an event that is too large for an item. */
export function isLargeEvent(line: EventLine): boolean {
  return line.length > itemLimitBytes && maySend(line, 'Invoke');
}

/** One part of what is uploaded. */
export interface ItemsPart {
  /** Counted from 1. */
  readonly number: number;
  readonly bytes: Uint8Array;
}

/**
 * The lines that can be items, each with a line feed, in parts of one size; the last may be shorter. The same file gives
 * the same parts.
 * @param partBytes of each part but the last
 * @throws EventFileChanged, what the file system throws, and the reason of the signal
 */
export async function* itemParts(
  file: EventFile,
  partBytes: number,
  signal?: AbortSignal,
): AsyncGenerator<ItemsPart> {
  let number = 1;
  let part = Buffer.allocUnsafeSlow(partBytes);
  let filled = 0;
  const pace = new Pace();
  for await (const lines of file.lines()) {
    for (const line of lines) {
      if (pace.isDue) await pace.turn();
      signal?.throwIfAborted();
      if (line.bytes === undefined || !isItem(line)) continue;
      for (const piece of [line.bytes, lineFeed]) {
        for (let done = 0; done < piece.length; ) {
          const length = Math.min(piece.length - done, partBytes - filled);
          part.set(piece.subarray(done, done + length), filled);
          done += length;
          filled += length;
          if (filled < partBytes) continue;
          yield { number: number++, bytes: part };
          // Whoever has the last one may still need it.
          part = Buffer.allocUnsafeSlow(partBytes);
          filled = 0;
        }
      }
    }
  }
  if (filled > 0) yield { number, bytes: part.subarray(0, filled) };
}

const lineFeed = Buffer.from('\n');

async function inTurns(lines: readonly EventLine[], add: (line: EventLine) => void): Promise<void> {
  const pace = new Pace();
  for (const line of lines) {
    add(line);
    if (pace.isDue) await pace.turn();
  }
}
