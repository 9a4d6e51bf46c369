/** Lets others have their turn in long work that is done in small pieces: `if (pace.isDue) await pace.turn()`. */
export class Pace {
  #since = performance.now();

  /** @param sliceMs how long the work goes on without a turn of others, in milliseconds */
  constructor(private readonly sliceMs = 15) {}

  get isDue(): boolean {
    return performance.now() - this.#since > this.sliceMs;
  }

  async turn(): Promise<void> {
    await new Promise((resolve) => {
      // A timer would wait for a millisecond, though nobody else had anything to do.
      setImmediate(resolve);
    });
    this.#since = performance.now();
  }
}
