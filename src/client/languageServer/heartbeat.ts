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
