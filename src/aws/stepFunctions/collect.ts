import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { RunFile } from '../../core/fileRun/run';
import type { CollectedResults, Execution } from '../../core/stepFunctions/execution';
import { type LineRange, LineRanges } from '../../core/stepFunctions/lineRanges';
import type { ResultManifest } from '../../core/stepFunctions/results';
import { EventFile, EventFileChanged, type EventLine } from '../../files/eventLines';
import { isItem } from '../../files/mapItems';
import type { StepFunctionsConnection } from './connect';
import { StepFunctionsError } from './errors';
import { ItemTally, mostTallied } from './itemTally';
import { LinesCopy } from './linesCopy';
import { resultManifest, resultsIn } from './resultFiles';

/** So many numbers of missing lines are named, each or from one to another; their copy has all of them. */
const mostRanges = 10;

/** Paths of copies of lines; what is there is replaced. */
export interface ResultCopies {
  /** Lines that were not sent. */
  readonly rejected: string;
  /** Lines that no result tells of. */
  readonly missing: string;
}

/**
 * Reads what became of the lines of an execution that is over, and copies those that were not sent, and those that no result
 * tells of. When it fails, no copy has changed.
 * @throws {ConnectionError}, what the file system throws, and the reason of the connection's signal
 */
export async function collectResults(
  aws: StepFunctionsConnection,
  execution: Execution,
  copies: ResultCopies,
): Promise<CollectedResults> {
  const { bucket, resultsPrefix, status, items } = execution;
  const mapRunArn = status?.mapRunArn;
  if (mapRunArn === undefined) {
    throw new StepFunctionsError(
      'NoMapRun',
      l10n.t('The execution ended before it read the event file.'),
      l10n.t('No line was sent. Fix the problem, then send the file again.'),
    );
  }
  const manifest = await resultManifest(aws, bucket, resultsPrefix, mapRunArn);
  const begun: LinesCopy[] = [];
  const begin = async (path: string) => {
    const copy = await LinesCopy.begin(path);
    begun.push(copy);
    return copy;
  };
  try {
    const { rejected, isExact } = await copyRejected(aws, execution, manifest, () =>
      begin(copies.rejected),
    );
    const uncounted = Math.max(0, items - (status?.counts?.succeeded ?? 0) - rejected.count);
    const found =
      uncounted > 0
        ? await copyMissing(aws, execution, manifest, () => begin(copies.missing))
        : undefined;
    const rejectedLines = await rejected.save(copies.rejected);
    const missingLines = await found?.missing.save(copies.missing);
    return {
      rejected: rejected.count,
      missing: found ? found.missing.count : uncounted,
      isExact,
      ...(rejectedLines !== undefined && { rejectedLines }),
      ...(missingLines !== undefined && { missingLines, missingNumbers: found?.numbers }),
    };
  } finally {
    for (const copy of begun) await copy.discard();
  }
}

/** Copies the lines that were not sent as they stand in the event file; else as Step Functions has written them. */
async function copyRejected(
  aws: StepFunctionsConnection,
  { bucket, file, items }: Execution,
  { failed, pending }: ResultManifest,
  begin: () => Promise<LinesCopy>,
): Promise<{ readonly rejected: LinesCopy; readonly isExact: boolean }> {
  const tally = items <= mostTallied ? new ItemTally(items) : undefined;
  const written = await begin();
  for await (const results of resultsIn(aws, bucket, [...failed, ...pending])) {
    const inputs = results.flatMap(({ input }) => input ?? []);
    for (const input of inputs) tally?.add(input);
    await written.add(inputs);
  }
  if (!tally || written.count === 0) return { rejected: written, isExact: false };
  const exact = await begin();
  const isSame = await eachItem(file, aws.signal, async (lines) => {
    await exact.add(lines.filter(({ json }) => tally.take(json)).map(({ bytes }) => bytes));
  });
  const isExact = isSame && tally.isEmpty;
  return { rejected: isExact ? exact : written, isExact };
}

/**
 * Copies the lines that no result tells of. Reads the results of all lines for it: those that were sent, too.
 * @returns `undefined` when nobody can tell which ones they are: the event file has changed, or a result is of no line in it
 */
async function copyMissing(
  aws: StepFunctionsConnection,
  { bucket, file, items }: Execution,
  { succeeded, failed, pending }: ResultManifest,
  begin: () => Promise<LinesCopy>,
): Promise<{ readonly missing: LinesCopy; readonly numbers: readonly LineRange[] } | undefined> {
  // What is in the bucket may be much: it is read for a file alone that it can be compared with.
  if (items > mostTallied || !(await eachItem(file, aws.signal))) return undefined;
  const tally = new ItemTally(items);
  try {
    for await (const results of resultsIn(aws, bucket, [...succeeded, ...failed, ...pending]))
      for (const { input } of results) if (input !== undefined) tally.add(input);
  } catch (error) {
    // How many they are is known all the same.
    if (error instanceof StepFunctionsError && error.code === 'UnreadableResults') return undefined;
    throw error;
  }
  const missing = await begin();
  const numbers = new LineRanges(mostRanges);
  const isSame = await eachItem(file, aws.signal, async (lines) => {
    const untold = lines.filter(({ json }) => !tally.take(json));
    for (const { number } of untold) numbers.add(number);
    await missing.add(untold.map(({ bytes }) => bytes));
  });
  return isSame && tally.isEmpty ? { missing, numbers: numbers.all } : undefined;
}

interface ItemLine {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly json: string;
}

/**
 * The lines of an event file that became items, in order.
 * @param take gets them; nobody does when the file is another one now
 * @returns whether it is the same file as before, to its end
 */
async function eachItem(
  { path, size, sha256 }: RunFile,
  signal: AbortSignal | undefined,
  take?: (lines: readonly ItemLine[]) => Promise<void>,
): Promise<boolean> {
  const file = await EventFile.open(path);
  if (!(file instanceof EventFile)) return false;
  try {
    if (file.size !== size) return false;
    const hash = createHash('sha256');
    for await (const chunk of file.chunks()) {
      signal?.throwIfAborted();
      hash.update(chunk);
    }
    if (hash.digest('hex') !== sha256) return false;
    if (!take) return true;
    for await (const lines of file.lines()) {
      signal?.throwIfAborted();
      await take(lines.flatMap((line) => itemLine(line) ?? []));
    }
    return true;
  } catch (error) {
    if (error instanceof EventFileChanged) return false;
    throw error;
  } finally {
    await file.close();
  }
}

function itemLine(line: EventLine): ItemLine | undefined {
  const { number, bytes } = line;
  if (bytes === undefined || !isItem(line)) return undefined;
  return { number, bytes, json: Buffer.from(bytes).toString() };
}
