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
