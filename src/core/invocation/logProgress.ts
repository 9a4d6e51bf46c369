/** What is known so far; each event of the log is told once. */
export type LogProgress =
  /** Where the log is looked for; with a reason where that is only where functions usually write. */
  | { readonly kind: 'group'; readonly group: string; readonly guessedBecause?: string }
  /** Nothing new; the next look is after a pause. */
  | { readonly kind: 'waiting'; readonly pauseMs: number; readonly state: FollowedState }
  /** Attempt 1 is the first run, 2 and 3 are Lambda's retries. */
  | {
      readonly kind: 'event';
      readonly attempt: number;
      readonly time: number;
      readonly text: string;
    }
  | { readonly kind: 'attempt'; readonly attempt: number; readonly state: AttemptState }
  | {
      readonly kind: 'end';
      readonly state: FollowedState;
      readonly because: EndOfFollowing;
    };

/** `tooMuch`: one look would have to read more of the log than is reasonable. */
export type EndOfFollowing = 'done' | 'cancelled' | 'outOfTime' | 'tooMuch';

/** `retrying`: the last run failed, and Lambda has another one left. */
export type FollowedState = 'notStarted' | 'running' | 'succeeded' | 'failed' | 'retrying';

export type AttemptState = 'running' | 'succeeded' | 'failed';
