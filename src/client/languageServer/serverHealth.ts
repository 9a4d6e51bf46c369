/** How the pulse of a server is taken. */
export interface Pulse {
  /** Whether there is something that the server should work on. */
  hasWork(): boolean;
  /** Resolves when the server answers; may never do so, or reject. */
  ping(): Promise<unknown>;
  /** The server has answered nothing for `silenceMs`. */
  onSilence(): void;
}

/** How often it is looked, in milliseconds. */
export const turnMs = 2000;
const mostSilentTurns = 5;
/** What a server may take to answer. */
export const silenceMs = turnMs * mostSilentTurns;

/**
 * Tells a server that hangs from one that is asleep together with us: it counts turns of our own clock, not time. While
 * the computer sleeps or this process is busy, no turn passes, and before the next one an answer that came is read.
 */
export class Heartbeat {
  #silentTurns = 0;
  #isWaiting = false;

  constructor(private readonly pulse: Pulse) {}

  /** To be called every `turnMs`. */
  turn(): void {
    if (!this.#isWaiting) this.#ask();
    else if (++this.#silentTurns >= mostSilentTurns) {
      this.#answered();
      this.pulse.onSilence();
    }
  }

  #ask(): void {
    if (!this.pulse.hasWork()) return;
    this.#isWaiting = true;
    this.pulse.ping().then(
      () => this.#answered(),
      // A server that is being restarted or stopped is watched elsewhere.
      () => this.#answered(),
    );
  }

  #answered(): void {
    this.#isWaiting = false;
    this.#silentTurns = 0;
  }
}

const mostRestarts = 5;
const periodMs = 3 * 60 * 1000;

/** How often a server may be restarted by itself: what ends it may do so again at once. */
export class ServerRestarts {
  #times: number[] = [];

  /** @param now in milliseconds, by a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Whether there may be one more; if so, it counts. */
  take(): boolean {
    const now = this.now();
    this.#times = this.#times.filter((time) => now - time < periodMs);
    if (this.#times.length >= mostRestarts) return false;
    this.#times.push(now);
    return true;
  }

  /** The user asked for a restart. */
  forget(): void {
    this.#times = [];
  }
}
