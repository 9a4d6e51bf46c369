import { type Disposable } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import type { FollowedState, LogProgress } from '../../core/invocation/logProgress';
import type { History } from './history';
import type { FollowMode, HistoryEntry } from './historyEntry';
import type { FollowOptions } from './followEvent';
import type { LineListener } from '../ui/output';
import type { Ui } from '../ui/ui';

interface Following {
  readonly mode: FollowMode;
  readonly stopping: AbortController;
  readonly listeners: Set<LineListener>;
  readonly done: Promise<FollowedState | undefined>;
}

/** Events whose logs are kept as they were read. */
const mostRead = 20;

/** Follows events through their functions' logs, any number at once, and each at most once at a time. */
export class LogFollower implements Disposable {
  readonly #active = new Map<string, Following>();
  /** What was read of the log of each event last, by its id: of the newest ones. */
  readonly #read = new Map<string, LogProgress[]>();

  constructor(
    private readonly history: History,
    private readonly ui: Ui,
  ) {}

  isFollowing(id: string): boolean {
    return this.#active.has(id);
  }

  /**
   * Follows the event of an accepted invocation until it succeeded, failed for good, was stopped or ran out of time.
   * Resolves to the last state, or to `undefined` when the log could not be read, which the output then tells.
   */
  async follow(
    entry: HistoryEntry,
    connection: Connection,
    mode: FollowMode,
    { maxRuns }: Pick<FollowOptions, 'maxRuns'> = {},
  ): Promise<FollowedState | undefined> {
    const active = this.#active.get(entry.id);
    if (active && (active.mode === mode || mode === 'state')) return active.done;
    // Whoever asks for the lines gets them from the first one.
    active?.stopping.abort();
    return this.#begin({ entry, connection, mode, maxRuns }, active).done;
  }

  /** Follows like `follow`, and has one more listener hear the lines, whoever else does. */
  async listen(
    entry: HistoryEntry,
    connection: Connection,
    listener: LineListener,
  ): Promise<FollowedState | undefined> {
    for (;;) {
      const following =
        this.#active.get(entry.id) ?? this.#begin({ entry, connection, mode: 'state' });
      following.listeners.add(listener);
      const state = await following.done;
      // Unless somebody has begun again, to get the lines from the first one.
      if (!this.#active.has(entry.id)) return state;
    }
  }

  /** What was read so far of the log of an event, in this window. */
  stepsOf(id: string): readonly LogProgress[] {
    return this.#read.get(id) ?? [];
  }

  stop(id: string): void {
    this.#active.get(id)?.stopping.abort();
  }

  dispose(): void {
    for (const { stopping } of this.#active.values()) stopping.abort();
  }

  /** @param before what it takes the place of, and begins after */
  #begin(
    options: Pick<FollowOptions, 'entry' | 'connection' | 'mode' | 'maxRuns'>,
    before?: Following,
  ): Following {
    const { entry, mode } = options;
    const stopping = new AbortController();
    const listeners = new Set<LineListener>();
    const steps: LogProgress[] = [];
    const done = (async () => {
      await before?.done;
      this.#keep(entry.id, steps);
      try {
        return await this.#follow({ ...options, signal: stopping.signal, listeners, steps });
      } finally {
        if (this.#active.get(entry.id)?.stopping === stopping) this.#active.delete(entry.id);
        this.history.touch(entry.id);
      }
    })();
    const following = { mode, stopping, listeners, done };
    this.#active.set(entry.id, following);
    this.history.touch(entry.id);
    return following;
  }

  #keep(id: string, steps: LogProgress[]): void {
    this.#read.delete(id);
    this.#read.set(id, steps);
    const [oldest] = this.#read.keys();
    if (this.#read.size > mostRead && oldest !== undefined) this.#read.delete(oldest);
  }

  async #follow(options: FollowOptions): Promise<FollowedState | undefined> {
    // A chunk of its own, read with the first event that is followed.
    const { followEvent } = await import('./followEvent');
    return followEvent(options, { history: this.history, ui: this.ui });
  }
}
