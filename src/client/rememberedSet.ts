import type { Memento } from 'vscode';

/** Texts that the editor remembers for a workspace, such as what the user has agreed to for good. */
export class RememberedSet {
  constructor(
    private readonly memory: Memento,
    private readonly key: string,
  ) {}

  has(text: string): boolean {
    return this.#texts.includes(text);
  }

  async add(text: string): Promise<void> {
    if (!this.has(text)) await this.memory.update(this.key, [...this.#texts, text]);
  }

  get #texts(): readonly string[] {
    return this.memory.get<readonly string[]>(this.key, []);
  }
}
