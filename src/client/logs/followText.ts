import type { FollowedState, LogProgress } from '../../aws/main';
import { parseFunctionIdentifier } from '../../core/functionIdentifier/parse';
import type { HistoryEntry } from '../history/historyEntry';

/** What the output says of an event that is followed, in words; pure, so that every sentence can be tested. */

type Followed = Pick<HistoryEntry, 'functionName' | 'requestId'>;

/** Names the function, and the attempt from Lambda's first retry on: runs of several events may mix. */
export function tag({ functionName }: Followed, attempt = 1): string {
  const parsed = parseFunctionIdentifier(functionName);
  const name = parsed.ok ? parsed.identifier.name.text : functionName;
  return attempt === 1 ? `[${name}]` : `[${name}, attempt ${attempt}]`;
}

export function followingLine(entry: Followed): string {
  return `${tag(entry)} Following request id ${entry.requestId} …`;
}

/** The line for a step; `undefined` when it has nothing new for people. */
export function progressLine(step: LogProgress, entry: Followed): string | undefined {
  switch (step.kind) {
    case 'group':
      return `${tag(entry)} Log group ${step.group}`;
    case 'event':
      return `${tag(entry, step.attempt)} ${step.text}`;
    case 'attempt':
      return step.state === 'failed'
        ? `${tag(entry, step.attempt)} Attempt ${step.attempt} failed.`
        : undefined;
    case 'end':
      return `${tag(entry)} ${endWords(step.state, step.because)}`;
    case 'waiting':
    default:
      return undefined;
  }
}

/** Whether the step tells of something that went wrong. */
export function isFailure(step: LogProgress): boolean {
  return (step.kind === 'attempt' || step.kind === 'end') && step.state === 'failed';
}

const states: Record<FollowedState, string> = {
  notStarted: 'The function has not started',
  running: 'The function still runs',
  succeeded: 'Succeeded',
  failed: 'Failed: the event goes to the failure destination, if there is one',
  retrying: 'The last attempt failed, and Lambda will try again',
};

function endWords(state: FollowedState, because: 'done' | 'cancelled' | 'outOfTime'): string {
  if (because === 'done') return `${states[state]}.`;
  const end = because === 'cancelled' ? 'was stopped' : 'ran out of time';
  return `${states[state]}; following ${end}.`;
}
