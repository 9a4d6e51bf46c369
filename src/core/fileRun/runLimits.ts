import type { RunReason } from './run';
import type { OutcomeKind } from '../invocation/outcome';

/** When a run stops or pauses by itself. */
export interface RunLimits {
  readonly unknownInARow: number;
  readonly rejectedInARow: number;
  /** Pauses after so many milliseconds in which everything was throttled. */
  readonly throttledMs: number;
  /** Stops when nothing was reached for so long, in milliseconds, unless something was before. */
  readonly unreachedMs: number;
  /** How often the queue of the function is looked at, in milliseconds. */
  readonly queueLookMs: number;
  /** Pause before the network is tried again, in milliseconds: doubled each time, up to the second. */
  readonly networkPauseMs: readonly [number, number];
}

export const runLimits: RunLimits = {
  unknownInARow: 5,
  rejectedInARow: 50,
  throttledMs: 300_000,
  unreachedMs: 10_000,
  queueLookMs: 60_000,
  networkPauseMs: [1000, 30_000],
};

/** Counts events that went wrong in a row: after too many of them, nobody should send the next. */
export class Streaks {
  #unknown = 0;
  #rejected = 0;

  constructor(
    private readonly limits: Pick<RunLimits, 'unknownInARow' | 'rejectedInARow'> = runLimits,
  ) {}

  /** Takes an outcome that is final, and says why to stop, if it is time to. */
  add(kind: OutcomeKind): Extract<RunReason, 'unknownInARow' | 'rejectedInARow'> | undefined {
    if (kind === 'unknown') {
      this.#unknown += 1;
      return this.#unknown >= this.limits.unknownInARow ? 'unknownInARow' : undefined;
    }
    this.#unknown = 0;
    this.#rejected = kind === 'accepted' ? 0 : this.#rejected + 1;
    return this.#rejected >= this.limits.rejectedInARow ? 'rejectedInARow' : undefined;
  }

  reset(): void {
    this.add('accepted');
  }
}
