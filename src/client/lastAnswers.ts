import type { Memento } from 'vscode';

const mostRemembered = 100;

/** What the user answered last to a question, for each thing that it was asked of. The editor remembers the newest 100. */
export class LastAnswers {
  constructor(
    private readonly memory: Memento,
    private readonly key: string,
  ) {}

  get(about: string): string | undefined {
    return this.#answers[about];
  }

  async set(about: string, answer: string): Promise<void> {
    const { [about]: _, ...others } = this.#answers;
    const newest = [[about, answer] as const, ...Object.entries(others)].slice(0, mostRemembered);
    await this.memory.update(this.key, Object.fromEntries(newest));
  }

  get #answers(): Readonly<Record<string, string>> {
    return this.memory.get<Record<string, string>>(this.key, {});
  }
}
