import type { Memento } from 'vscode';

const key = 'recentFunctions';
const kept = 10;

/** The functions that were invoked from this workspace last, newest first. */
export class RecentFunctions {
  constructor(private readonly state: Memento) {}

  list(): readonly string[] {
    return this.state.get<string[]>(key, []);
  }

  async add(functionName: string): Promise<void> {
    const others = this.list().filter((name) => name !== functionName);
    await this.state.update(key, [functionName, ...others].slice(0, kept));
  }
}
