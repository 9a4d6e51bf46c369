import { setTimeout as sleep } from 'node:timers/promises';

/** Far above what a busy machine needs: what takes longer never comes. */
export const HANG_MS = 60_000;

/**
 * Looks again and again until what it sees holds.
 *
 * @template Seen
 * @param {() => Promise<Seen>} look
 * @param {(seen: Seen) => boolean} holds
 * @returns {Promise<Seen>}
 * @throws with what it saw at last, when that never holds
 */
export async function until(look, holds, timeoutMs = HANG_MS) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > deadline)
      throw new Error(`After ${timeoutMs / 1000} s it is ${JSON.stringify(seen)}`);
    await sleep(50);
  }
}
