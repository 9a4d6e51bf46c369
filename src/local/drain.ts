import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

/** How long what was read is worked on, in milliseconds, before whatever else waits gets its turn. */
const sliceMs = 5;

/**
 * Reads a stream to its end, in parts. No more is read than is worked on, so that a fast writer waits, and a flood never
 * takes the thread for longer than a slice. Resolves at the end of the stream, also by an error.
 *
 * @throws what `split` and `work` throw
 */
export async function drain<T>(
  stream: Readable,
  split: (chunk: Buffer) => Iterable<T>,
  work: (part: T) => void,
): Promise<void> {
  let since = performance.now();
  for await (const chunk of untilError(stream)) {
    for (const part of split(chunk)) {
      work(part);
      if (performance.now() - since < sliceMs) continue;
      await setImmediate();
      since = performance.now();
    }
  }
}

async function* untilError(stream: Readable): AsyncGenerator<Buffer> {
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch {
    // The other side has been ended: there is nothing more to read.
  }
}
