/** One event on its way through Local Lambda, and what became of each attempt to run it. */

/** An invocation that was let in: its function exists, and its payload is JSON within the limits. */
export interface Invocation {
  readonly requestId: string;
  readonly functionName: string;
  /** The ARN as the caller wrote it, qualifier included. */
  readonly functionArn: string;
  readonly version: string;
  /** Whose event it is, for a function that isolates tenants. */
  readonly tenantId?: string;
  /** The execution that it started, for a durable function. */
  readonly durableExecutionArn?: string;
  /** The exact bytes of the request's body. */
  readonly payload: Uint8Array;
}

/** A function error as the caller of `RequestResponse` reads it in the body. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  /** The stack, as Node's runtime tells it. */
  readonly trace?: readonly string[];
  /** The stack, as Python's runtime tells it. */
  readonly stackTrace?: readonly string[];
  /** Told by Python's runtime. */
  readonly requestId?: string;
}

export interface Attempt {
  readonly result:
    | { readonly status: 'success'; readonly body: string }
    | { readonly status: 'error' | 'timeout'; readonly error: FunctionError };
  /** Time in the handler, in milliseconds. */
  readonly durationMs: number;
  /** Time to load the handler, in milliseconds; only when this attempt started the process. */
  readonly initMs?: number;
  readonly memoryMb: number;
  /** The end of what it wrote to the log; absent when the function could not be started. */
  readonly logTail?: Uint8Array;
  /** No further attempt follows, whatever this one came to. */
  readonly isFinal?: boolean;
}

/** One line for people: what the platform or the handler said. */
export interface LocalLogLine {
  readonly functionName?: string;
  readonly requestId?: string;
  readonly stream: 'platform' | 'stdout' | 'stderr';
  readonly text: string;
}

export type Log = (line: LocalLogLine) => void;
