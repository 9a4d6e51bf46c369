import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { asksForHelp, UsageError } from '../../cli/arguments';
import { oneLine } from '../../core/foreignText';
import { type FileFindings, nothingFound } from '../search/findings';
import { type ScanRoots, ScanThreads } from '../search/scan';
import { readCheckArguments, usage } from './arguments';
import { checkedFiles } from './checkedFile';
import type { DocumentChecks, DocumentFindings } from './documentChecks';
import { summary, textReport } from './report';
import { sarifReport } from './sarif';

/** Where output goes: lines without their line feed. */
export interface Streams {
  /** How the command is called, for its usage. */
  readonly program: string;
  out(text: string): void;
  error(text: string): void;
}

/** More threads than this wait for the disk. */
const mostThreads = 8;

/**
 * The checks for CI.
 * @param words options and paths
 * @returns the exit code: 0 nothing found, 1 something found (or left by `--fix`), 2 wrong usage, or a fix that could
 *   not be written
 */
export async function check(words: readonly string[], streams: Streams): Promise<number> {
  if (asksForHelp(words)) {
    streams.out(usage(streams.program));
    return 0;
  }
  try {
    const { paths, fix, sarif, ...more } = readCheckArguments(words);
    const findings: FileFindings[] = [];
    const started = performance.now();
    const threads = new ScanThreads(Math.min(availableParallelism(), mostThreads), fix);
    const roots = await rootsOf(paths);
    const filesDone = await threads.scan(roots, { onBatch: (found) => findings.push(...found) });
    threads.dispose();
    const isMore = more.payloads || more.identifiers;
    const documents = isMore ? await checkMore(roots, more) : nothingMore;
    for (const [path, skipped] of documents.skipped) {
      if (findings.every((file) => file.path !== path || file.skipped === undefined))
        findings.push({ ...nothingFound(path), skipped });
    }
    const files = checkedFiles(findings, documents.problems);
    const report = sarif ? sarifReport(files) : textReport(files);
    if (report !== '') streams.out(report);
    for (const { path, skipped, unwritten } of files) {
      if (skipped !== undefined) streams.error(oneLine(`Skipped ${path}: ${skipped}.`));
      if (unwritten !== undefined) streams.error(oneLine(`Not fixed ${path}: ${unwritten}`));
    }
    const durationMs = performance.now() - started;
    streams.error(summary(files, { filesDone, durationMs, fix, isMore }));
    if (files.some(({ unwritten }) => unwritten !== undefined)) return 2;
    return files.some(({ found }) => found.length > 0) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    streams.error(`${oneLine(error.message)}\n\n${usage(streams.program)}`);
    return 2;
  }
}

const nothingMore: DocumentFindings = { problems: new Map(), skipped: new Map() };

async function checkMore(roots: ScanRoots, checks: DocumentChecks): Promise<DocumentFindings> {
  const { checkDocuments } = await import('./documentChecks');
  return checkDocuments(roots, checks, join(__dirname, 'server.js'));
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
