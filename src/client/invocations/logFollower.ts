import { type Disposable } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import type { FollowedState } from '../../core/invocation/logProgress';
import type { History } from './history';
import type { FollowMode, HistoryEntry } from './historyEntry';
import type { FollowOptions } from './followEvent';
import type { Ui } from '../ui/ui';

interface Following {
  readonly mode: FollowMode;
  readonly stopping: AbortController;
  readonly done: Promise<FollowedState | undefined>;
}

/** Follows events through their functions' logs, any number at once, and each at most once at a time. */
export class LogFollower implements Disposable {
  readonly #active = new Map<string, Following>();

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
  ): Promise<FollowedState | undefined> {
    const active = this.#active.get(entry.id);
    if (active && (active.mode === mode || mode === 'state')) return active.done;
    if (active) {
      // Whoever asks for the lines gets them from the first one.
      active.stopping.abort();
      await active.done;
      // Another may have asked for them meanwhile.
      return this.follow(entry, connection, mode);
    }
    const stopping = new AbortController();
    const { signal } = stopping;
    const done = this.#follow({ entry, connection, mode, signal }).finally(() => {
      this.#active.delete(entry.id);
      this.history.touch(entry.id);
    });
    this.#active.set(entry.id, { mode, stopping, done });
    this.history.touch(entry.id);
    return done;
  }

  stop(id: string): void {
    this.#active.get(id)?.stopping.abort();
  }

  dispose(): void {
    for (const { stopping } of this.#active.values()) stopping.abort();
  }

  async #follow(options: FollowOptions): Promise<FollowedState | undefined> {
    // A chunk of its own, read with the first event that is followed.
    const { followEvent } = await import('./followEvent');
    return followEvent(options, { history: this.history, ui: this.ui });
  }
}
