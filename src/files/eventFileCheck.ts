import * as l10n from '@vscode/l10n';
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { InvokeApi } from '../core/invocation/outcome';
import { Pace } from '../core/pace';
import { eventLineProblem, isJson } from '../core/payload/eventLine';
import { problemLimit } from '../core/payload/scan';
import { isTooLarge, tooLargeMessage } from '../core/payload/size';
import { type EventFile, type EventLine, EventLineSplitter } from './eventLines';

/** What is to be known of an event file before it is sent. */
export interface EventFileCheck {
  /** Of the file, in bytes. */
  readonly size: number;
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  /** How many lines are not blank, so many as there are events, and how many are. */
  readonly lines: number;
  readonly blankLines: number;
  /** Of all events, without line ends. */
  readonly bytes: number;
  /** How many lines cannot be sent. */
  readonly invalid: number;
  /** The first hundred of them. */
  readonly problems: readonly LineProblem[];
  /** The first of the longest lines; none in a file without events. */
  readonly largest?: { readonly line: number; readonly bytes: number };
}

/** Why a line cannot be sent, as a sentence for people. */
export interface LineProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

export interface EventFileCheckOptions {
  /** The call that will carry the events, which decides how large they may be. */
  readonly api: InvokeApi;
  readonly signal?: AbortSignal;
  /** Told the bytes that were read so far, after each chunk. */
  readonly onProgress?: (bytesRead: number) => void;
}

/**
 * Looks at all of an event file, once, in constant memory.
 * @throws EventFileChanged, what the file system throws, and the reason of the signal
 */
export async function checkEventFile(
  file: EventFile,
  { api, signal, onProgress }: EventFileCheckOptions,
): Promise<EventFileCheck> {
  const hash = createHash('sha256');
  const splitter = new EventLineSplitter();
  const check = new LineChecks(api);
  let bytesRead = 0;
  for await (const chunk of file.chunks()) {
    signal?.throwIfAborted();
    hash.update(chunk);
    await check.add(splitter.split(chunk), signal);
    bytesRead += chunk.length;
    onProgress?.(bytesRead);
  }
  const last = splitter.end();
  if (last) await check.add([last], signal);
  const { blankLines } = splitter;
  return { size: file.size, sha256: hash.digest('hex'), blankLines, ...check.result() };
}

class LineChecks {
  #lines = 0;
  #bytes = 0;
  #invalid = 0;
  readonly #problems: LineProblem[] = [];
  #largest: EventFileCheck['largest'];

  constructor(private readonly api: InvokeApi) {}

  async add(lines: readonly EventLine[], signal?: AbortSignal): Promise<void> {
    // Others have their turn between two chunks, which take milliseconds, unless there is much to say of one.
    const pace = new Pace();
    for (const line of lines) {
      if (this.#add(line) || !pace.isDue) continue;
      await pace.turn();
      signal?.throwIfAborted();
    }
  }

  result(): Omit<EventFileCheck, 'size' | 'sha256' | 'blankLines'> {
    return {
      lines: this.#lines,
      bytes: this.#bytes,
      invalid: this.#invalid,
      problems: this.#problems,
      ...(this.#largest && { largest: this.#largest }),
    };
  }

  /** @returns whether the line can be sent */
  #add(line: EventLine): boolean {
    this.#lines++;
    this.#bytes += line.length;
    if (line.length > (this.#largest?.bytes ?? 0))
      this.#largest = { line: line.number, bytes: line.length };
    if (maySend(line, this.api)) return true;
    this.#invalid++;
    // To say why takes longer than to know that it is so.
    if (this.#problems.length < problemLimit)
      this.#problems.push({ line: line.number, message: lineFault(line, this.api) });
    return false;
  }
}

/** Whether a line can be sent as it is. */
export function maySend({ length, bytes }: EventLine, api: InvokeApi): boolean {
  if (bytes === undefined || isTooLarge(length, api) || !isUtf8(bytes)) return false;
  // What is beyond ASCII is JSON in strings alone, and any of it is: it need not be decoded, which takes longest.
  return isJson(bufferOf(bytes).toString('latin1'));
}

/** Why a line cannot be sent, as a sentence for people; empty when it can. */
export function lineFault({ length, bytes }: EventLine, api: InvokeApi): string {
  if (bytes === undefined || isTooLarge(length, api)) return tooLargeMessage(length, api);
  if (!isUtf8(bytes)) return l10n.t('This line is not valid UTF-8.');
  return eventLineProblem(bufferOf(bytes).toString(), api)?.message ?? '';
}

function bufferOf(bytes: Uint8Array): Buffer {
  const { buffer, byteOffset, byteLength } = bytes;
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(buffer, byteOffset, byteLength);
}
