/** `TIMED_OUT`, `STOPPED`, `FAILED` and `SUCCEEDED` are for good. */
export type DurableStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';

/** How a durable execution does, as GetDurableExecution tells it. */
export interface DurableExecutionState {
  readonly name: string;
  readonly status: DurableStatus;
  /** Milliseconds since 1970, like `endedAt`. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** As JSON text; undefined where the service does not tell it. */
  readonly input: string | undefined;
  readonly result: string | undefined;
  readonly error: { readonly type: string; readonly message: string } | undefined;
}

export function isRunning({ status }: Pick<DurableExecutionState, 'status'>): boolean {
  return status === 'RUNNING';
}
