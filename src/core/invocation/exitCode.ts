import type { FollowedState } from './logProgress';
import type { OutcomeKind } from './outcome';

/** What a program that sends one event ends with: 0 done, 1 refused or failed, 3 nobody knows. */
export type ExitCode = 0 | 1 | 3;

const ofOutcome: Readonly<Record<OutcomeKind, ExitCode>> = {
  accepted: 0,
  rejected: 1,
  notSent: 1,
  unknown: 3,
};

/** The code for an event that was sent; `undefined` for one that the user did not send. */
export function exitCodeOfOutcome(kind: OutcomeKind | undefined): ExitCode {
  return kind === undefined ? 1 : ofOutcome[kind];
}

/** The code for an accepted event whose function was waited for; `undefined` when its log could not be read. */
export function exitCodeOfFunction(state: FollowedState | undefined): ExitCode {
  if (state === 'succeeded') return 0;
  return state === 'failed' ? 1 : 3;
}
