import { readFileSync } from 'node:fs';

/** A while in which a thread responded to nothing, in milliseconds. */
interface Silence {
  /** Less the time that the thread waited for a core, which the rest of the machine took. */
  readonly silentMs: number;
  readonly computedMs: number;
  readonly queuedMs: number;
  readonly during: string;
}

/** How long this thread responds to nothing at a time. */
export class Pulse {
  worst: Silence = { silentMs: 0, computedMs: 0, queuedMs: 0, during: '' };
  /** The most that it computed at a time, in milliseconds: whatever it waits for, a core, memory or a disk, is not in it. */
  mostComputedMs = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param everyMs how often it beats; shorter silences are not noticed */
  constructor(private readonly everyMs: number) {}

  start(during: string): void {
    const { everyMs } = this;
    let last = { at: performance.now(), ...threadTimes() };
    this.#timer = setInterval(() => {
      const now = { at: performance.now(), ...threadTimes() };
      const computedMs = now.computedMs - last.computedMs;
      const queuedMs = now.queuedMs - last.queuedMs;
      const silentMs = now.at - last.at - everyMs - queuedMs;
      if (silentMs > this.worst.silentMs) {
        this.worst = { silentMs, computedMs, queuedMs, during };
      }
      this.mostComputedMs = Math.max(this.mostComputedMs, computedMs);
      last = now;
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** What Linux counts of this thread: the time on a core, and the time that it waited for one, taken by others. */
function threadTimes(): { computedMs: number; queuedMs: number } {
  const [computed = 0, queued = 0] = readFileSync('/proc/thread-self/schedstat', 'utf8')
    .split(' ')
    .map(Number);
  return { computedMs: computed / 1e6, queuedMs: queued / 1e6 };
}
