import * as l10n from '@vscode/l10n';
import { type Disposable } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import type { FollowedState, LogProgress } from '../../core/invocation/logProgress';
import type { History } from '../history/history';
import type { HistoryEntry } from '../history/historyEntry';
import { MfaPrompt } from '../invocation/mfaCode';
import { aws } from '../lazy';
import { messageOf } from '../messageOf';
import { causeAndRemedy } from '../reportText';
import * as text from './followText';
import type { Output } from '../ui/output';
import { withProgress } from '../ui/progress';

/** `lines`: everything goes to the output. `state`: only the entry's state is kept up to date. */
export type Telling = 'lines' | 'state';

interface Following {
  readonly telling: Telling;
  readonly stopping: AbortController;
  readonly done: Promise<FollowedState | undefined>;
}

/** Follows events through their functions' logs, any number at once, and each at most once at a time. */
export class LogFollower implements Disposable {
  readonly #active = new Map<string, Following>();

  constructor(
    private readonly history: History,
    private readonly output: Output,
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
    telling: Telling,
  ): Promise<FollowedState | undefined> {
    const active = this.#active.get(entry.id);
    if (active && (active.telling === telling || telling === 'state')) return active.done;
    if (active) {
      // Whoever asks for the lines gets them from the first one.
      active.stopping.abort();
      await active.done;
      // Another may have asked for them meanwhile.
      return this.follow(entry, connection, telling);
    }
    const stopping = new AbortController();
    const done = this.#follow(entry, connection, telling, stopping.signal).finally(() => {
      this.#active.delete(entry.id);
      this.history.touch(entry.id);
    });
    this.#active.set(entry.id, { telling, stopping, done });
    this.history.touch(entry.id);
    return done;
  }

  stop(id: string): void {
    this.#active.get(id)?.stopping.abort();
  }

  dispose(): void {
    for (const { stopping } of this.#active.values()) stopping.abort();
  }

  async #follow(
    entry: HistoryEntry,
    connection: Connection,
    telling: Telling,
    signal: AbortSignal,
  ): Promise<FollowedState | undefined> {
    const { functionName, requestId = '', sentAt } = entry;
    const request = { functionName, requestId, sentAt, signal, mfaCode: new MfaPrompt().ask };
    const follow = async () => {
      let state: FollowedState | undefined;
      const { followLogs } = await aws();
      for await (const step of followLogs(connection, request)) {
        if (telling === 'lines') this.#tell(step, entry);
        state = await this.#keep(step, entry.id, state);
      }
      return state;
    };
    if (telling === 'lines') this.output.info(text.followingLine(entry));
    try {
      const location = { viewId: 'invokeAsync.invocations' };
      return await (telling === 'lines'
        ? withProgress({ location, title: text.followingLine(entry) }, follow)
        : follow());
    } catch (error) {
      const words = unreadableLog(entry, error);
      if (telling === 'lines') this.output.error(words);
      else this.output.debug(words);
      return undefined;
    }
  }

  #tell(step: LogProgress, entry: HistoryEntry): void {
    if (step.kind === 'event') {
      this.output.print('info', text.tag(entry, step.attempt), step.text);
      return;
    }
    const line = text.progressLine(step, entry);
    if (line === undefined) return;
    if (text.isFailure(step)) this.output.error(line);
    else this.output.info(line);
  }

  /** Keeps what a step tells of the event's state, and resolves to it. */
  async #keep(
    step: LogProgress,
    id: string,
    before: FollowedState | undefined,
  ): Promise<FollowedState | undefined> {
    if (step.kind === 'group') await this.history.update(id, { logGroup: step.group });
    if (step.kind !== 'waiting' && step.kind !== 'end') return before;
    if (step.state !== before) await this.history.update(id, { followed: step.state });
    return step.state;
  }
}

function unreadableLog(entry: HistoryEntry, error: unknown): string {
  const reason = messageOf(error);
  const remedy = error instanceof Error && 'remedy' in error ? String(error.remedy) : '';
  const words = l10n.t('The log cannot be followed: {0}', reason);
  return `${text.tag(entry)} ${causeAndRemedy(words, remedy)}`;
}
