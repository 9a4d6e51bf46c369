import * as l10n from '@vscode/l10n';
import type { DurableExecutionState } from '../../core/invocation/durableExecution';
import { isRunning } from '../../core/invocation/durableExecution';
import { ConnectionError } from '../../core/invocation/connectionError';
import type { FollowedState } from '../../core/invocation/logProgress';
import type { Outcome } from '../../core/invocation/outcome';
import { messageOf } from '../../core/messageOf';
import type { Destinations } from '../connection/destinations';
import type { LocalLambda } from '../connection/localLambda';
import { MfaPrompt } from '../connection/mfaPrompt';
import type { Invoker } from '../invoke/invoker';
import { causeAndRemedy } from '../invoke/reportText';
import { aws } from '../lazy';
import type { Ui } from '../ui/ui';
import { type EntryChoice, entryConnection } from './entryChoice';
import { endLines, startLine } from './durableText';
import type { History } from './history';
import type { HistoryEntry } from './historyEntry';
import type { Reruns } from './reruns';

/** The commands of the Invocations view about durable executions. */
export class DurableCommands {
  constructor(
    private readonly history: Pick<History, 'update'>,
    private readonly choice: EntryChoice,
    private readonly destinations: Pick<Destinations, 'connect'>,
    private readonly localLambda: Pick<LocalLambda, 'running'>,
    private readonly invoker: Pick<Invoker, 'isAllowedHere'>,
    private readonly reruns: Pick<Reruns, 'sendAgainSafely'>,
    private readonly ui: Pick<
      Ui,
      'ask' | 'askForText' | 'copy' | 'output' | 'tell' | 'withProgress'
    >,
  ) {}

  /** Follow Durable Execution: says how it does until it is over or the user has seen enough. */
  async follow(argument?: unknown): Promise<DurableExecutionState | undefined> {
    const entry = await this.#entryWithExecution(argument);
    if (!entry || !(await this.invoker.isAllowedHere())) return undefined;
    const { output } = this.ui;
    output.show();
    const title = l10n.t('Following durable execution {0}', nameOf(entry));
    return this.#reporting(entry, () =>
      this.ui.withProgress(
        { title, location: 'notification', cancellable: true },
        async (_progress, token) => {
          const stopped = new AbortController();
          token.onCancellationRequested(() => stopped.abort());
          const options = { signal: stopped.signal, mfaCode: new MfaPrompt(this.ui).ask };
          const { followDurableExecution } = await aws();
          const connection = await entryConnection(entry, this.localLambda, this.destinations);
          let last: DurableExecutionState | undefined;
          for await (const state of followDurableExecution(connection, arnOf(entry), options)) {
            if (!isRunning(state)) this.#tellEnd(entry, state, last !== undefined);
            else if (!last) output.info(startLine(entry, state));
            await this.history.update(entry.id, { followed: followedOf(state) });
            last = state;
          }
          return last;
        },
      ),
    );
  }

  /** Stop Durable Execution…: for good, so it asks. */
  async stop(argument?: unknown): Promise<boolean> {
    const entry = await this.#entryWithExecution(argument);
    if (!entry || !(await this.invoker.isAllowedHere())) return false;
    const stop = l10n.t('Stop');
    const question = {
      message: l10n.t('Stop the durable execution {0}?', nameOf(entry)),
      detail: [l10n.t('It cannot be resumed, and what it has done so far stays.')],
    };
    if ((await this.ui.ask('warning', question, stop)) !== stop) return false;
    const isStopped = await this.#reporting(entry, async () => {
      const connection = await entryConnection(entry, this.localLambda, this.destinations);
      const { stopDurableExecution } = await aws();
      const mfaCode = new MfaPrompt(this.ui).ask;
      await stopDurableExecution(connection, arnOf(entry), { mfaCode });
      this.ui.output.info(l10n.t('Durable execution {0} was stopped.', nameOf(entry)));
      await this.history.update(entry.id, { followed: 'failed' });
      return true;
    });
    return isStopped ?? false;
  }

  /** Copy Execution Name. */
  async copyName(argument?: unknown): Promise<void> {
    const entry = await this.choice.choose(argument, {
      fits: ({ durableName }) => durableName !== undefined,
      none: l10n.t('No event with an execution name has been sent yet.'),
    });
    if (entry?.durableName !== undefined) await this.ui.copy(entry.durableName);
  }

  /** Send Again Safely: of an event whose outcome is unknown, under the name that it had. */
  async sendAgainSafely(argument?: unknown): Promise<Outcome | undefined> {
    const entry = await this.choice.choose(argument, {
      fits: ({ kind, durableName }) => kind === 'unknown' && durableName !== undefined,
      none: l10n.t('There is no event with an execution name whose outcome is unknown.'),
    });
    return entry && this.reruns.sendAgainSafely(entry);
  }

  async #entryWithExecution(argument: unknown): Promise<HistoryEntry | undefined> {
    const none = l10n.t('No event has started a durable execution yet.');
    const entry = await this.choice.choose(argument, { fits: hasExecution, none });
    if (!entry || hasExecution(entry)) return entry;
    this.ui.tell('information', l10n.t('This event has started no durable execution.'));
    return undefined;
  }

  #tellEnd(entry: HistoryEntry, state: DurableExecutionState, isStartTold: boolean): void {
    const { output } = this.ui;
    for (const line of endLines(entry, state, isStartTold)) {
      if (state.status === 'SUCCEEDED') output.info(line);
      else output.error(line);
    }
  }

  async #reporting<Result>(
    entry: HistoryEntry,
    action: () => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      return await action();
    } catch (error) {
      const remedy = error instanceof ConnectionError ? error.remedy : '';
      const message = l10n.t('Durable execution {name}: {reason}', {
        name: nameOf(entry),
        reason: causeAndRemedy(messageOf(error), remedy),
      });
      this.ui.output.error(message);
      this.ui.tell('error', message);
      return undefined;
    }
  }
}

function hasExecution({ durableExecutionArn }: HistoryEntry): boolean {
  return durableExecutionArn !== undefined;
}

function arnOf({ durableExecutionArn = '' }: HistoryEntry): string {
  return durableExecutionArn;
}

/** `…/durable-execution/NAME/ID` */
function nameOf(entry: HistoryEntry): string {
  return entry.durableName ?? arnOf(entry).split('/').at(-2) ?? '';
}

function followedOf({ status }: DurableExecutionState): FollowedState {
  if (status === 'RUNNING') return 'running';
  return status === 'SUCCEEDED' ? 'succeeded' : 'failed';
}
