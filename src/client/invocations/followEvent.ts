import * as l10n from '@vscode/l10n';
import type { Connection } from '../../core/invocation/connection';
import { ConnectionError } from '../../core/invocation/connectionError';
import type { FollowedState, LogProgress } from '../../core/invocation/logProgress';
import type { History } from './history';
import type { FollowMode, HistoryEntry } from './historyEntry';
import { MfaPrompt } from '../connection/mfaPrompt';
import { aws } from '../lazy';
import { laidOut } from '../../core/logLines';
import { messageOf } from '../../core/messageOf';
import { causeAndRemedy } from '../invoke/reportText';
import * as text from './followText';
import { taggedLines } from '../../core/foreignText';
import type { LineListener, LogLevel } from '../ui/output';
import type { Ui } from '../ui/ui';

export interface FollowOptions {
  readonly entry: HistoryEntry;
  readonly connection: Connection;
  readonly mode: FollowMode;
  /** Runs of the event after which Lambda gives up, where that is known. */
  readonly maxRuns?: number | undefined;
  /** Stops. */
  readonly signal: AbortSignal;
  /** Hear the lines, too, whatever the mode. */
  readonly listeners: ReadonlySet<LineListener>;
  /** Gets what is found, up to a limit, for whoever wants to see it later. */
  readonly steps: LogProgress[];
}

/** Of one log, to be seen later. */
const mostSteps = 2000;

/** Where what is found goes. */
export interface FollowSinks {
  readonly history: Pick<History, 'touch' | 'update'>;
  readonly ui: Pick<Ui, 'askForText' | 'output' | 'withProgress'>;
}

/**
 * Follows one event through its function's log until it succeeded, failed for good, was stopped or ran out of time.
 * Resolves to the last state, or to `undefined` when the log could not be read, which the output then tells.
 */
export async function followEvent(
  { entry, connection, mode, maxRuns, signal, listeners, steps }: FollowOptions,
  { history, ui }: FollowSinks,
): Promise<FollowedState | undefined> {
  const { output } = ui;
  const { functionName, requestId = '', sentAt, waits } = entry;
  const mfaCode = new MfaPrompt(ui).ask;
  // What is waited for is not queued, and Lambda never runs it again.
  const runs = waits ? 1 : maxRuns;
  const request = { functionName, requestId, sentAt, maxRuns: runs, signal, mfaCode };
  const follow = async () => {
    let state: FollowedState | undefined;
    const { followLogs } = await aws();
    for await (const step of followLogs(connection, request)) {
      for (const { level, line } of linesOf(step, entry)) {
        if (mode === 'lines') output[level](line);
        for (const listener of listeners) listener(level, line);
      }
      if (step.kind !== 'waiting' && steps.length < mostSteps) steps.push(step);
      state = await keep(step, entry, state, history);
      if (step.kind === 'waiting') history.touch(entry.id);
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
    for (const listener of listeners) listener('error', words);
    return undefined;
  }
}

function linesOf(step: LogProgress, entry: HistoryEntry): { level: LogLevel; line: string }[] {
  if (step.kind === 'event') {
    const { level, lines } = laidOut(step.text);
    const tagged = taggedLines(text.tag(entry, step.attempt), lines.join('\n'));
    return tagged.map((line) => ({ level, line }));
  }
  const line = text.progressLine(step, entry);
  if (line === undefined) return [];
  return [{ level: text.isFailure(step) ? 'error' : 'info', line }];
}

/** Keeps what a step tells of the event's state, and resolves to it. */
async function keep(
  step: LogProgress,
  { id, durableExecutionArn }: HistoryEntry,
  before: FollowedState | undefined,
  history: FollowSinks['history'],
): Promise<FollowedState | undefined> {
  if (step.kind === 'group') await history.update(id, { logGroup: step.group });
  if (step.kind !== 'waiting' && step.kind !== 'end') return before;
  // One run of its handler says little about a durable execution.
  if (durableExecutionArn !== undefined) return step.state;
  if (step.state !== before) await history.update(id, { followed: step.state });
  return step.state;
}

function unreadableLog(entry: HistoryEntry, error: unknown): string {
  const remedy = error instanceof ConnectionError ? error.remedy : '';
  const words = l10n.t('The log cannot be followed: {0}', messageOf(error));
  return `${text.tag(entry)} ${causeAndRemedy(words, remedy)}`;
}
