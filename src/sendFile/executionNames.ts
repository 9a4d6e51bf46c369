import { createHash } from 'node:crypto';
import type { RunFile, RunTarget } from '../core/fileRun/run';

/**
 * What the names of the durable executions are made of that the lines of a file start, in hexadecimal: the same file to
 * the same function has the same names wherever it is sent from, so that nothing runs twice even without its journal.
 * @param anew what tells a run apart that sends every line again
 */
export function executionSeed(
  { sha256 }: Pick<RunFile, 'sha256'>,
  { functionName, qualifier = '', tenantId = '' }: RunTarget,
  anew = '',
): string {
  return hashOf([sha256, functionName, qualifier, tenantId, anew]);
}

/**
 * The name of the execution that a line starts: as long as Lambda allows, and of the characters that it allows.
 * @param line from 1
 */
export function executionName(seed: string, line: number): string {
  return hashOf([seed, line]);
}

function hashOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
