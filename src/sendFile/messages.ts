import type { RunProgress, RunSummary } from '../core/fileRun/run';
import type { InvokeApi } from '../core/invocation/outcome';
import type { EventFileCheck } from '../files/eventFileCheck';
import type { RunErrorKind } from './runError';
import type { RunRequest } from './sendFile';

/**
 * From the editor to the process that sends an event file. Each process sends one file: it is checked, then a run of it
 * begins, once. The elements of a JSON array become such a file first. When the editor goes, the run stops after the requests under way.
 */
export type SendFileRequest =
  /** Asks for the event file of an array's elements, below a folder that holds such files. */
  | { readonly kind: 'split'; readonly path: string; readonly root: string }
  | { readonly kind: 'check'; readonly path: string; readonly api: InvokeApi }
  | { readonly kind: 'begin'; readonly request: RunRequest }
  | { readonly kind: 'pause' | 'resume' | 'stop' | 'abort' }
  /** Events a second at most; none for as many as the connections carry. */
  | { readonly kind: 'rate'; readonly rate?: number | undefined }
  /** The answer to `mfa`; without a code the user gave up. */
  | { readonly kind: 'mfaCode'; readonly code?: string | undefined };

/** From that process to the editor. */
export type SendFileReply =
  | { readonly kind: 'split'; readonly path: string }
  /** In bytes; a few times a second. */
  | { readonly kind: 'checking'; readonly bytesRead: number; readonly size: number }
  | { readonly kind: 'checked'; readonly check: EventFileCheck }
  /** Nothing is sent before this. */
  | { readonly kind: 'began'; readonly folder: string }
  /** At each change of state, and a few times a second. */
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  /** Nothing follows. */
  | { readonly kind: 'ended'; readonly summary: RunSummary }
  /** What was asked for last cannot be done. */
  | { readonly kind: 'failed'; readonly error: SendFileError }
  /** A role requires the code that this device shows. */
  | { readonly kind: 'mfa'; readonly serial: string };

export interface SendFileError {
  readonly kind: RunErrorKind | 'unexpected';
  readonly message: string;
  /** What the user can do about it. */
  readonly remedy: string;
}
