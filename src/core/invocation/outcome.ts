/** The words for one invocation: what is asked for, and what became of it. */

/** The call that carries the event; `Invoke` is always sent with `InvocationType: Event`. */
export type InvokeApi = 'InvokeAsync' | 'Invoke';

/**
 * - `accepted`: Lambda, or an emulator of it, said that the event is queued (never that it succeeded); for a dry run,
 *   that it would be.
 * - `rejected`: the service answered with an error; nothing was queued.
 * - `notSent`: the request certainly did not reach the service (no credentials, connection refused, bad input).
 * - `unknown`: the request left and no answer came back, or none that Lambda gives; the event may have been queued.
 */
export type OutcomeKind = 'accepted' | 'rejected' | 'notSent' | 'unknown';

/** What every invoking command resolves to. A public contract: other extensions and tasks read it. */
export interface Outcome {
  readonly kind: OutcomeKind;
  readonly api: InvokeApi;
  readonly functionName: string;
  /** HTTP status, when there was an answer: 202 queued (200 from some emulators), 204 dry run. */
  readonly status?: number;
  readonly requestId?: string;
  readonly error?: OutcomeError;
  /** Wall time from the first attempt to the outcome, in milliseconds. */
  readonly durationMs: number;
  /** Size of the payload in UTF-8 bytes. */
  readonly payloadBytes: number;
  /** Requests that were sent; 0 when none left this machine. */
  readonly attempts: number;
}

export interface OutcomeError {
  /** The service's error code (`ResourceNotFoundException`) or the system's (`ECONNREFUSED`). */
  readonly name: string;
  readonly message: string;
}
