/** Tasks that must not overlap: those of one key run one after the other, in the order in which they were given. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Settles as the task does. */
  async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const previous = this.#last.get(key);
    const running = (previous ?? Promise.resolve()).then(task, task);
    this.#last.set(key, running);
    try {
      return await running;
    } finally {
      if (this.#last.get(key) === running) this.#last.delete(key);
    }
  }
}
