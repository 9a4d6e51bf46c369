/** The words for one event file that goes through Step Functions. */

import type { RunFile } from '../fileRun/run';
import type { LineRange } from './lineRanges';

/**
 * How far it is:
 * - `uploading`: its parts go to S3; nothing is sent yet.
 * - `interrupted`: they did; the parts stay for the upload to be resumed.
 * - the others as Step Functions calls them.
 */
export type ExecutionState =
  | 'uploading'
  | 'interrupted'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'timedOut'
  | 'aborted';

/** What became of the items so far, as `DescribeMapRun` counts them. */
export interface ItemCounts {
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
}

/** What is to be read of an execution, at any time. */
export interface ExecutionStatus {
  readonly state: Exclude<ExecutionState, 'uploading' | 'interrupted'>;
  /** None before the map has begun to read the file. */
  readonly mapRunArn?: string | undefined;
  readonly counts?: ItemCounts | undefined;
  /** Child executions at once. */
  readonly concurrency?: number | undefined;
  /** Why it failed, in the words of Step Functions. */
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** What its results came to. */
export interface CollectedResults {
  /** Lines that are not sent, or whose child execution failed; they are in `rejectedLines`. */
  readonly rejected: number;
  /** Lines that no result tells of. */
  readonly missing: number;
  /** Path of a copy of these, byte for byte from the event file, where it is known which ones they are. */
  readonly missingLines?: string | undefined;
  /** The first of their numbers in the event file. */
  readonly missingNumbers?: readonly LineRange[] | undefined;
  /** Path of a copy of the rejected lines, where there are some. */
  readonly rejectedLines?: string | undefined;
  /** Whether they are copied byte for byte from the event file; else as Step Functions has written them. */
  readonly isExact: boolean;
}

/** Where AWS is asked about an execution, now and after the window is reloaded. */
export interface ExecutionPlace {
  readonly region: string;
  readonly profile?: string | undefined;
  readonly accountId?: string | undefined;
  /** Only when it is not AWS's own. */
  readonly endpoint?: string | undefined;
}

/** One file sent to one function through Step Functions: what is kept of it on disk. */
export interface Execution {
  /** Of its folder, and of the execution. */
  readonly name: string;
  /** With the lines that are not blank. */
  readonly file: RunFile;
  /** Lines that are sent: those that are valid and not too large. */
  readonly items: number;
  /** Full, with the alias or version that is invoked. */
  readonly functionArn: string;
  readonly place: ExecutionPlace;
  readonly stateMachineArn: string;
  readonly bucket: string;
  readonly key: string;
  /** Without a slash at its end. */
  readonly resultsPrefix: string;
  /** As ISO 8601 has it. */
  readonly startedAt: string;
  readonly state: ExecutionState;
  /** Of a multipart upload that is not complete. */
  readonly uploadId?: string | undefined;
  readonly uploadedBytes?: number | undefined;
  /** Whether all of it is in the bucket. */
  readonly isUploaded?: boolean | undefined;
  readonly totalBytes: number;
  readonly executionArn?: string | undefined;
  readonly status?: ExecutionStatus | undefined;
  readonly collected?: CollectedResults | undefined;
}

/** Whether Step Functions is done with it. */
export function isOver({ state }: Pick<Execution, 'state'>): boolean {
  return state !== 'uploading' && state !== 'interrupted' && state !== 'running';
}
