import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { oneLine } from '../../core/foreignText';
import type { FileFindings } from '../search/findings';
import { ScanThreads } from '../search/scan';
import { readCheckArguments, usage, UsageError } from './arguments';
import { summary, textReport } from './report';
import { sarifReport } from './sarif';

/** Where output goes: lines without their line feed. */
export interface Streams {
  out(text: string): void;
  error(text: string): void;
}

/** More threads than this wait for the disk. */
const mostThreads = 8;

/**
 * The checks of uses of InvokeAsync for CI.
 * @param words what follows `node server.js`
 * @returns the exit code: 0 nothing found, 1 something found (or left by `--fix`), 2 wrong usage, or a fix that could
 *   not be written
 */
export async function check(words: readonly string[], streams: Streams): Promise<number> {
  if (words.includes('--help')) {
    streams.out(usage);
    return 0;
  }
  try {
    const { paths, fix, sarif } = readCheckArguments(words);
    const files: FileFindings[] = [];
    const started = performance.now();
    const threads = new ScanThreads(Math.min(availableParallelism(), mostThreads), fix);
    const filesDone = await threads.scan(await rootsOf(paths), {
      onBatch: (found) => files.push(...found),
    });
    threads.dispose();
    const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const report = sarif ? sarifReport(sorted) : textReport(sorted);
    if (report !== '') streams.out(report);
    for (const { path, skipped, unwritten } of sorted) {
      if (skipped !== undefined) streams.error(oneLine(`Skipped ${path}: ${skipped}.`));
      if (unwritten !== undefined) streams.error(oneLine(`Not fixed ${path}: ${unwritten}`));
    }
    streams.error(summary(sorted, { filesDone, durationMs: performance.now() - started, fix }));
    if (sorted.some(({ unwritten }) => unwritten !== undefined)) return 2;
    return sorted.some(({ uses }) => uses.length > 0) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    streams.error(`${oneLine(error.message)}\n\n${usage}`);
    return 2;
  }
}

async function rootsOf(paths: readonly string[]): Promise<{ files: string[]; folders: string[] }> {
  const files: string[] = [];
  const folders: string[] = [];
  for (const path of paths) {
    const stats = await stat(path).catch(() => undefined);
    if (!stats) throw new UsageError(`${path} does not exist.`);
    if (!stats.isDirectory() && !stats.isFile()) {
      throw new UsageError(`${path} is neither a file nor a folder.`);
    }
    (stats.isDirectory() ? folders : files).push(resolve(path));
  }
  return { files, folders };
}
