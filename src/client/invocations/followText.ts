import * as l10n from '@vscode/l10n';
import { env } from 'vscode';
import { functionLabel } from '../../core/functionIdentifier/label';
import type { EndOfFollowing, FollowedState, LogProgress } from '../../core/invocation/logProgress';
import type { HistoryEntry } from './historyEntry';

/** What the output says of an event that is followed, in words; pure, so that every sentence can be tested. */

type Followed = Pick<HistoryEntry, 'functionName' | 'requestId' | 'waits'>;

/** Names the function, and the attempt from Lambda's first retry on: runs of several events may mix. */
export function tag({ functionName }: Followed, attempt = 1): string {
  const { name } = functionLabel(functionName);
  return attempt === 1
    ? `[${name}]`
    : `[${l10n.t('{name}, attempt {attempt}', { name, attempt })}]`;
}

export function followingLine(entry: Followed): string {
  return `${tag(entry)} ${l10n.t('Following request ID {0} …', entry.requestId ?? '')}`;
}

/** Our line for a step; `undefined` when it has nothing new for people, or the function itself tells it. */
export function progressLine(step: LogProgress, entry: Followed): string | undefined {
  switch (step.kind) {
    case 'group':
      return `${tag(entry)} ${groupWords(step)}`;
    case 'attempt':
      return step.state === 'failed'
        ? `${tag(entry, step.attempt)} ${l10n.t('Attempt {0} failed.', step.attempt)}`
        : undefined;
    case 'end':
      return `${tag(entry)} ${endWords(step.state, step.because, entry)}`;
    case 'event':
    case 'waiting':
    default:
      return undefined;
  }
}

function groupWords({ group, guessedBecause: reason }: LogProgress & { kind: 'group' }): string {
  return reason === undefined
    ? l10n.t('Log group {0}', group)
    : l10n.t('Log group {group}, as usual. The function’s configuration cannot be read: {reason}', {
        group,
        reason,
      });
}

/** Whether the step tells of something that went wrong. */
export function isFailure(step: LogProgress): boolean {
  return (step.kind === 'attempt' || step.kind === 'end') && step.state === 'failed';
}

function endWords(state: FollowedState, because: EndOfFollowing, { waits }: Followed): string {
  const states = {
    notStarted: l10n.t('The function has not started.'),
    running: l10n.t('The function is still running.'),
    succeeded: l10n.t('Succeeded.'),
    failed: waits
      ? l10n.t('Failed.')
      : l10n.t('Failed: the event goes to the failure destination, if there is one.'),
    retrying: l10n.t('The last attempt failed, and Lambda will retry.'),
  };
  const ends = {
    done: [],
    cancelled: [l10n.t('Stopped following.')],
    outOfTime: [l10n.t('Stopped following: timed out.')],
    tooMuch: [
      l10n.t('Stopped following: the log is too large to read here. Open it in the AWS console.'),
    ],
  };
  return [states[state], ...ends[because]].join(' ');
}

/** The time of an event of a log, to the millisecond. */
export function timeWords(time: number): string {
  const parts = {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  } as const;
  return new Date(time).toLocaleTimeString(env.language, parts);
}
