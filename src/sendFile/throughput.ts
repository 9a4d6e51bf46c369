/** What is counted together, in milliseconds, and over how many of these. */
const slotMs = 250;
const slots = 16;

/** Counts events of the last four seconds. */
export class Throughput {
  readonly #counts = new Uint32Array(slots);
  #newest = 0;
  #first: number | undefined;

  /** @param now in milliseconds, by a clock that only goes forward */
  constructor(private readonly now: () => number) {}

  add(count: number): void {
    const slot = this.#turn();
    this.#first ??= slot;
    this.#counts[slot % slots] = (this.#counts[slot % slots] ?? 0) + count;
  }

  /** Over the last seconds, or since the first event, but over no less than one. */
  get perSecond(): number {
    const slot = this.#turn();
    if (this.#first === undefined) return 0;
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    const covered = Math.min(slots, Math.max(1000 / slotMs, slot - this.#first));
    return (total * 1000) / (covered * slotMs);
  }

  /** Empties the slots whose time is over. */
  #turn(): number {
    const slot = Math.floor(this.now() / slotMs);
    for (let next = Math.max(this.#newest + 1, slot - slots + 1); next <= slot; next++) {
      this.#counts[next % slots] = 0;
    }
    this.#newest = slot;
    return slot;
  }
}
