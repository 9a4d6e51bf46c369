import * as l10n from '@vscode/l10n';
import { Pace } from '../../core/pace';
import {
  type ItemResult,
  manifestKey,
  readManifest,
  readResult,
  readResults,
  type ResultManifest,
} from '../../core/stepFunctions/results';
import type { StepFunctionsConnection } from './connect';
import { StepFunctionsError } from './errors';
import { objectBytes } from './objects';

/** The longest record, or file that holds an array, that is held in memory. In bytes. */
const longestRecord = 64 * 1024 * 1024;
/** What is parsed at a time, in bytes. */
const pieceBytes = 256 * 1024;

/**
 * The manifest of an execution's results.
 * @throws {ConnectionError}
 */
export async function resultManifest(
  aws: StepFunctionsConnection,
  bucket: string,
  resultsPrefix: string,
  mapRunArn: string,
): Promise<ResultManifest> {
  const chunks: Buffer[] = [];
  for await (const bytes of objectBytes(aws, bucket, manifestKey(resultsPrefix, mapRunArn)))
    chunks.push(bytes);
  const manifest = readManifest(Buffer.concat(chunks).toString());
  if (manifest) return manifest;
  throw new StepFunctionsError(
    'NoManifest',
    l10n.t('The manifest of the results cannot be read.'),
    l10n.t('Look at the execution in the console.'),
  );
}

/**
 * The results in files of the bucket, which have one on each line, or all in an array.
 * @throws {ConnectionError}
 */
export async function* resultsIn(
  aws: StepFunctionsConnection,
  bucket: string,
  keys: readonly string[],
): AsyncGenerator<readonly ItemResult[]> {
  const pace = new Pace();
  for (const key of keys) {
    for await (const results of resultsOf(aws, bucket, key)) {
      yield results;
      if (pace.isDue) await pace.turn();
    }
  }
}

async function* resultsOf(
  aws: StepFunctionsConnection,
  bucket: string,
  key: string,
): AsyncGenerator<readonly ItemResult[]> {
  let isArray: boolean | undefined;
  /** The beginning of a record that has not ended yet, or of the array. */
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const bytes of objectBytes(aws, bucket, key)) {
    isArray ??= /^\s*\[/.test(bytes.subarray(0, 100).toString());
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes);
      const end = isArray ? 0 : piece.lastIndexOf('\n') + 1;
      if (end > 0) {
        yield linesOf(Buffer.concat([...rest, piece.subarray(0, end)]));
        rest = [];
        restBytes = 0;
      }
      rest.push(piece.subarray(end));
      restBytes += piece.length - end;
      if (restBytes > longestRecord) throw unreadable(key);
    }
  }
  const last = Buffer.concat(rest);
  if (!isArray) {
    yield linesOf(last);
    return;
  }
  const results = readResults(last.toString());
  if (!results) throw unreadable(key);
  yield results;
}

function linesOf(bytes: Buffer): ItemResult[] {
  const lines = bytes.toString().split('\n');
  return lines.flatMap((line) => readResult(line) ?? []);
}

function unreadable(key: string): StepFunctionsError {
  return new StepFunctionsError(
    'UnreadableResults',
    l10n.t('The results in {0} cannot be read.', key),
    l10n.t('Set OutputType to JSONL in the template, or read them in the console.'),
  );
}
