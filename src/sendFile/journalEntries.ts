import type { LineKind, RunFile, RunOrigin, RunTarget } from '../core/fileRun/run';

/** The first frame of a journal. Format 2 has `executionSeed`; who does not know it must not go on with such a run. */
export interface JournalHeader {
  readonly format: 1 | 2;
  /** As ISO 8601 has it. */
  readonly startedAt: string;
  readonly target: RunTarget;
  readonly file: RunFile;
  readonly origin?: RunOrigin | undefined;
  /** Of a durable function: what the names of the executions are made of that the lines start. */
  readonly executionSeed?: string;
}

/** Where a line is in its file. */
export interface LinePlace {
  /** From 1. */
  readonly number: number;
  /** In bytes from the start of the file, and without the line end. */
  readonly offset: number;
  readonly length: number;
}

/** What became of a line. */
export interface LineOutcome {
  readonly kind: LineKind;
  /** HTTP status, when there was an answer. */
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  /** Of the error. */
  readonly name?: string | undefined;
}

/**
 * What happens to a line, in the order in which it happens; every other frame of a journal is a list of these.
 * - `intent`: it may leave from now on. On disk before its first byte does.
 * - `outcome`: it is done.
 * - `returned`: it is to be sent again: it was certainly not queued, or starts an execution once under its name.
 * - `finished`: every line is done.
 */
export type JournalEntry =
  | readonly ['intent', number, number, number]
  | readonly ['outcome', number, LineKind, (number | null)?, (string | null)?, (string | null)?]
  | readonly ['returned', number]
  | readonly ['finished'];

export function intentOf({ number, offset, length }: LinePlace): JournalEntry {
  return ['intent', number, offset, length];
}

/** Without what is missing at its end: there is one for each line. */
export function outcomeOf(number: number, outcome: LineOutcome): JournalEntry {
  const { kind, status, requestId, name } = outcome;
  if (name !== undefined) {
    return ['outcome', number, kind, status ?? null, requestId ?? null, name];
  }
  if (requestId !== undefined) return ['outcome', number, kind, status ?? null, requestId];
  return status === undefined ? ['outcome', number, kind] : ['outcome', number, kind, status];
}
