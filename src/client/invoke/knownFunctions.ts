import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';
import type { AccountFunction } from '../../protocol/messages';

const recentKey = 'recentFunctions';
const mostRecent = 10;

/** The functions that this window can name without asking AWS: invoked from this workspace, or listed in a pick. */
export class KnownFunctions {
  readonly #listed = new Map<string, string>();

  constructor(private readonly memory: Memento) {}

  /** Those that were invoked last, newest first. */
  recent(): readonly string[] {
    return this.memory.get<string[]>(recentKey, []);
  }

  async addRecent(functionName: string): Promise<void> {
    const others = this.recent().filter((name) => name !== functionName);
    await this.memory.update(recentKey, [functionName, ...others].slice(0, mostRecent));
  }

  /** Keeps what a pick has listed. */
  note(functions: readonly AccountFunction[]): void {
    for (const { name, detail } of functions) this.#listed.set(name, detail);
  }

  /** Recent ones first, each name once. */
  list(): AccountFunction[] {
    const detail = l10n.t('invoked recently');
    const recent = this.recent().map((name) => ({ name, detail }));
    const names = new Set(recent.map(({ name }) => name));
    const others = [...this.#listed].filter(([name]) => !names.has(name));
    return [...recent, ...others.map(([name, listed]) => ({ name, detail: listed }))];
  }
}
