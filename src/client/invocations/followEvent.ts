import * as l10n from '@vscode/l10n';
import type { Connection } from '../../core/invocation/connection';
import { ConnectionError } from '../../core/invocation/connectionError';
import type { FollowedState, LogProgress } from '../../core/invocation/logProgress';
import type { History } from './history';
import type { FollowMode, HistoryEntry } from './historyEntry';
import { MfaPrompt } from '../connection/mfaPrompt';
import { aws } from '../lazy';
import { messageOf } from '../../core/messageOf';
import { causeAndRemedy } from '../invoke/reportText';
import * as text from './followText';
import type { Output } from '../ui/output';
import type { Ui } from '../ui/ui';

export interface FollowOptions {
  readonly entry: HistoryEntry;
  readonly connection: Connection;
  readonly mode: FollowMode;
  /** Stops. */
  readonly signal: AbortSignal;
}

/** Where what is found goes. */
export interface FollowSinks {
  readonly history: Pick<History, 'update'>;
  readonly ui: Pick<Ui, 'askForText' | 'output' | 'withProgress'>;
}

/**
 * Follows one event through its function's log until it succeeded, failed for good, was stopped or ran out of time.
 * Resolves to the last state, or to `undefined` when the log could not be read, which the output then tells.
 */
export async function followEvent(
  { entry, connection, mode, signal }: FollowOptions,
  { history, ui }: FollowSinks,
): Promise<FollowedState | undefined> {
  const { output } = ui;
  const { functionName, requestId = '', sentAt } = entry;
  const request = { functionName, requestId, sentAt, signal, mfaCode: new MfaPrompt(ui).ask };
  const follow = async () => {
    let state: FollowedState | undefined;
    const { followLogs } = await aws();
    for await (const step of followLogs(connection, request)) {
      if (mode === 'lines') tell(step, entry, output);
      state = await keep(step, entry.id, state, history);
    }
    return state;
  };
  if (mode === 'lines') output.info(text.followingLine(entry));
  try {
    const location = 'invokeAsync.invocations';
    return await (mode === 'lines'
      ? ui.withProgress({ location, title: text.followingLine(entry) }, follow)
      : follow());
  } catch (error) {
    const words = unreadableLog(entry, error);
    if (mode === 'lines') output.error(words);
    else output.debug(words);
    return undefined;
  }
}

function tell(step: LogProgress, entry: HistoryEntry, output: Output): void {
  if (step.kind === 'event') {
    output.print('info', text.tag(entry, step.attempt), step.text);
    return;
  }
  const line = text.progressLine(step, entry);
  if (line === undefined) return;
  if (text.isFailure(step)) output.error(line);
  else output.info(line);
}

/** Keeps what a step tells of the event's state, and resolves to it. */
async function keep(
  step: LogProgress,
  id: string,
  before: FollowedState | undefined,
  history: FollowSinks['history'],
): Promise<FollowedState | undefined> {
  if (step.kind === 'group') await history.update(id, { logGroup: step.group });
  if (step.kind !== 'waiting' && step.kind !== 'end') return before;
  if (step.state !== before) await history.update(id, { followed: step.state });
  return step.state;
}

function unreadableLog(entry: HistoryEntry, error: unknown): string {
  const remedy = error instanceof ConnectionError ? error.remedy : '';
  const words = l10n.t('The log cannot be followed: {0}', messageOf(error));
  return `${text.tag(entry)} ${causeAndRemedy(words, remedy)}`;
}
