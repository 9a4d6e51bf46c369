/** Hands over what was added, each once, a while after the first of them: never more often than that. */
export class Batches<Item> {
  readonly #items = new Set<Item>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly delayMs: number,
    private readonly deliver: (items: Item[]) => void,
  ) {}

  add(item: Item): void {
    this.#items.add(item);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const items = [...this.#items];
      this.#items.clear();
      this.deliver(items);
    }, this.delayMs);
  }

  /** What has not been handed over is dropped. */
  dispose(): void {
    clearTimeout(this.#timer);
  }
}
