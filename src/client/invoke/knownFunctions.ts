import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import type { AccountFunction } from '../../protocol/messages';

/** Where an event went. */
interface SentTo {
  readonly functionName: string;
  readonly connection: Pick<Connection, 'endpoint' | 'profile' | 'region'>;
}

/** A function as far as it is known where events of a file go. */
interface FatePlace {
  readonly functionName: string;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  /** It is asked at an endpoint of its own, such as Local Lambda. */
  readonly isLocal: boolean;
}

interface NotedFate extends FatePlace {
  readonly text: string;
}

const mostFates = 100;

function isSame(one: FatePlace, other: FatePlace): boolean {
  return (
    one.functionName === other.functionName &&
    one.isLocal === other.isLocal &&
    (one.isLocal || !other.region || one.region === other.region) &&
    (one.isLocal || !other.profile || one.profile === other.profile)
  );
}

const recentKey = 'recentFunctions';
const mostRecent = 10;

/** The functions that this window can name without asking AWS: invoked from this workspace, or listed in a pick. */
export class KnownFunctions {
  readonly #listed = new Map<string, string>();

  /** What will become of events, for the functions that were sent to from this window. */
  readonly #fates: NotedFate[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(private readonly memory: Memento) {}

  /** Keeps what was found out about a function that an event was sent to. */
  noteFate({ functionName, connection }: SentTo, text: string): void {
    const { region, profile, endpoint } = connection;
    const place = { functionName, region, profile, isLocal: endpoint !== undefined };
    const same = this.#fates.findIndex((one) => isSame(one, place) && one.region === region);
    if (same >= 0) this.#fates.splice(same, 1);
    this.#fates.unshift({ ...place, text });
    this.#fates.splice(mostFates);
    for (const changed of this.#listeners) changed();
  }

  /** What was noted; `undefined` where it is not clear which function of that name is meant. */
  fate(place: FatePlace): string | undefined {
    const fates = this.#fates.filter((one) => isSame(one, place));
    return fates.length === 1 ? fates[0]?.text : undefined;
  }

  onDidNoteFate(changed: () => void): { dispose(): void } {
    this.#listeners.add(changed);
    return { dispose: () => this.#listeners.delete(changed) };
  }

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
