/** Those who wait until something changes. */
export class Sleepers {
  readonly #wakes = new Set<() => void>();

  /** Resolves with the next `wake`, or after some milliseconds. */
  async sleep(longestMs?: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wakes.delete(wake);
        resolve();
      };
      const timer = longestMs === undefined ? undefined : setTimeout(wake, longestMs);
      this.#wakes.add(wake);
    });
  }

  wake(): void {
    for (const wake of this.#wakes) wake();
  }
}
