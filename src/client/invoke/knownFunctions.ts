import * as l10n from '@vscode/l10n';
import type { AccountFunction } from '../../protocol/messages';
import type { RecentFunctions } from './recentFunctions';

/** The functions that this window can name without asking AWS: invoked before, or listed in a pick. */
export class KnownFunctions {
  readonly #listed = new Map<string, string>();

  constructor(private readonly recent: RecentFunctions) {}

  /** Keeps what a pick has listed. */
  note(functions: readonly AccountFunction[]): void {
    for (const { name, detail } of functions) this.#listed.set(name, detail);
  }

  /** Recent ones first, each name once. */
  list(): AccountFunction[] {
    const detail = l10n.t('invoked recently');
    const recent = this.recent.list().map((name) => ({ name, detail }));
    const names = new Set(recent.map(({ name }) => name));
    const others = [...this.#listed].filter(([name]) => !names.has(name));
    return [...recent, ...others.map(([name, listed]) => ({ name, detail: listed }))];
  }
}
