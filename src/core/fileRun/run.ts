/** The words for one run: each line of an event file sent to one function. */

import type { InvokeApi, OutcomeError } from '../invocation/outcome';

/** Where the lines of a run go: what the journal of a run holds of it, and a resumed run must have again. */
export interface RunTarget {
  readonly api: InvokeApi;
  /** Name, ARN or partial ARN. */
  readonly functionName: string;
  /** Version or alias that is not part of the name. */
  readonly qualifier?: string | undefined;
  readonly region: string;
  readonly accountId?: string | undefined;
  /** Only when it is not AWS's own. */
  readonly endpoint?: string | undefined;
  readonly profile?: string | undefined;
  /** Whose events they are, for a function that isolates tenants. */
  readonly tenantId?: string | undefined;
}

/** What people know of a run that neither its target nor its file says. */
export interface RunOrigin {
  /** What was chosen to be sent: the event file, or the payload whose elements are its lines. */
  readonly label?: string | undefined;
  /** Name of the environment that decided where the lines go. */
  readonly environment?: string | undefined;
}

/** An event file as it was when its run began. */
export interface RunFile {
  /** Absolute. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
  /** Lines that are not blank. */
  readonly lines: number;
}

/**
 * What is certain about a line:
 * - `accepted`: queued.
 * - `rejected`: the service answered with an error; not queued.
 * - `unknown`: the request left and no answer came back, or the run died meanwhile; it may have been queued. A line
 *   that starts a durable execution is sent again instead.
 * - `invalid`: not JSON, or too large; never sent.
 */
export type LineKind = 'accepted' | 'rejected' | 'unknown' | 'invalid';

export type LineCounts = Readonly<Record<LineKind, number>>;

/** `waiting`: nothing is sent until the network is back or the service takes events again; goes on by itself. */
export type RunState = 'running' | 'waiting' | 'paused' | 'stopped' | 'finished';

/** Why a run is not `running`. */
export type RunReason =
  /** Pause or Stop. */
  | 'user'
  /** Nothing could be reached. */
  | 'network'
  /** The service throttles. */
  | 'throttled'
  /** They are missing or have expired. */
  | 'credentials'
  /** 403 for another reason. */
  | 'denied'
  /** Events wait so long in the function's queue that Lambda will soon discard some: slower, or not at all. */
  | 'queueAge'
  /** 404. */
  | 'notFound'
  | 'unknownInARow'
  | 'rejectedInARow'
  /** A proxy, certificate or endpoint that cannot be used as it is configured. */
  | 'configuration'
  /** It cannot be written: a full disk. */
  | 'journal'
  /** Somebody wrote to the event file meanwhile. */
  | 'fileChanged';

export interface ErrorCount {
  readonly kind: LineKind;
  readonly name: string;
  readonly count: number;
}

/** How far a run is. */
export interface RunProgress {
  readonly state: RunState;
  readonly reason?: RunReason;
  /** Of the request, or the system, that made it wait, pause or stop. */
  readonly error?: OutcomeError;
  /** Lines that are not blank. */
  readonly lines: number;
  readonly counts: LineCounts;
  /** The errors of lines, most frequent first. */
  readonly errors: readonly ErrorCount[];
  /** Requests in the last seconds, for each second. */
  readonly perSecond: number;
  /** Events a second at most; none is as many as concurrency allows. */
  readonly rate?: number | undefined;
}

/** What a run came to when it last ended: what `summary.json` holds, and the command line prints. */
export interface RunSummary {
  readonly target: RunTarget;
  readonly file: RunFile;
  /** As ISO 8601 has it. */
  readonly startedAt: string;
  readonly origin?: RunOrigin | undefined;
  readonly progress: RunProgress;
  /** Path of a copy of the lines that were rejected or invalid, where there are some. */
  readonly rejectedLines?: string | undefined;
  /** Path of a copy of the lines that may have been queued. */
  readonly unknownLines?: string | undefined;
}

export const noCounts: LineCounts = { accepted: 0, rejected: 0, unknown: 0, invalid: 0 };

/** Lines whose outcome is known. */
export function doneLines({ accepted, rejected, unknown, invalid }: LineCounts): number {
  return accepted + rejected + unknown + invalid;
}
