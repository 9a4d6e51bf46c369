/** The words for one invocation: what is asked for, and what became of it. */

/** The call that carries the event; `Invoke` is sent with `InvocationType: Event`, unless the function is waited for. */
export type InvokeApi = 'InvokeAsync' | 'Invoke';

/**
 * - `accepted`: Lambda, or an emulator of it, said that the event is queued (never that it succeeded); for a dry run,
 *   that it would be; for a function that is waited for, that it has run, and `response` tells how it ended.
 * - `rejected`: the service answered with an error; nothing was queued.
 * - `notSent`: the request certainly did not reach the service (no credentials, connection refused, bad input).
 * - `unknown`: the request left and no answer came back, or none that Lambda gives; the event may have been queued, or
 *   the function that is waited for may run or have run.
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
  /** The execution that runs the event, of a durable function. */
  readonly durableExecutionArn?: string;
  /** The function was waited for (`InvocationType: RequestResponse`). */
  readonly waits?: true;
  /** How the function ended that was waited for, when it has. */
  readonly response?: FunctionResponse;
  readonly error?: OutcomeError;
  /** Wall time from the first attempt to the outcome, in milliseconds. */
  readonly durationMs: number;
  /** Size of the payload in UTF-8 bytes. */
  readonly payloadBytes: number;
  /** Requests that were sent; 0 when none left this machine. */
  readonly attempts: number;
}

/** What a function that was waited for came to. */
export interface FunctionResponse {
  /** What it returned, or its error, as UTF-8 text of at most 6 MB: JSON, from every runtime that Lambda provides. */
  readonly payload: string;
  /** `Unhandled` or `Handled` when it failed; the payload is its error then. */
  readonly functionError?: string;
  /** The version that ran, which an alias or `$LATEST` stands for. */
  readonly executedVersion?: string;
  /** The last 4 KB of its log. */
  readonly logTail?: string;
}

export interface OutcomeError {
  /** The service's error code (`ResourceNotFoundException`) or the system's (`ECONNREFUSED`). */
  readonly name: string;
  readonly message: string;
}
