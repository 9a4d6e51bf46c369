interface Turn<Result> {
  task: () => Promise<Result>;
  readonly result: Promise<Result>;
  readonly settle: (result: Promise<Result>) => void;
}

/** Runs one task after the other. */
export class Turns<Result> {
  #waiting = new Map<string | symbol, Turn<Result>>();
  #isRunning = false;

  /**
   * @param key what the task is about. A task that still waits gives way to a newer one of the same key and gets its
   *   result: nobody wants to know any more what is wrong with a text that has been edited since
   */
  take(key: string, task: () => Promise<Result>): Promise<Result> {
    const waiting = this.#waiting.get(key);
    if (waiting) {
      waiting.task = task;
      return waiting.result;
    }
    const turn = turnOf(task);
    this.#waiting.set(key, turn);
    void this.#run();
    return turn.result;
  }

  /** Before all that wait: somebody looks at the screen until it is done. */
  takeNext(task: () => Promise<Result>): Promise<Result> {
    const turn = turnOf(task);
    this.#waiting = new Map([[Symbol('next'), turn], ...this.#waiting]);
    void this.#run();
    return turn.result;
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let [next] = this.#waiting; next; [next] = this.#waiting) {
      const [key, { task, settle }] = next;
      this.#waiting.delete(key);
      const result = task();
      settle(result);
      await result.catch(() => undefined);
    }
    this.#isRunning = false;
  }
}

function turnOf<Result>(task: () => Promise<Result>): Turn<Result> {
  let settle: Turn<Result>['settle'] = () => {};
  const result = new Promise<Result>((resolve) => {
    settle = resolve;
  });
  return { task, result, settle };
}
