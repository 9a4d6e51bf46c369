/** When a run stops or pauses by itself. */
export interface RunLimits {
  readonly unknownInARow: number;
  readonly rejectedInARow: number;
  /** Pauses after so many milliseconds in which everything was throttled. */
  readonly throttledMs: number;
  /** Stops when nothing was reached for so long, in milliseconds, unless something was before. */
  readonly unreachedMs: number;
  /** Pause before the network is tried again, in milliseconds: doubled each time, up to the second. */
  readonly networkPauseMs: readonly [number, number];
}

export const runLimits: RunLimits = {
  unknownInARow: 5,
  rejectedInARow: 50,
  throttledMs: 300_000,
  unreachedMs: 10_000,
  networkPauseMs: [1000, 30_000],
};
