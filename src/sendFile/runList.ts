import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSummary } from '../core/fileRun/run';
import { isRecord } from '../core/isRecord';
import { readHeader } from './journal';
import { RunFolder } from './runFolder';
import { RunLock } from './runLock';

/** A run that nobody carries on now, as its folder tells of it. */
export interface FoundRun extends Omit<RunSummary, 'progress'> {
  /** Path of its folder. */
  readonly folder: string;
  /** None when it died before it could say. */
  readonly progress?: RunSummary['progress'] | undefined;
}

export interface FoundRuns {
  readonly runs: readonly FoundRun[];
  /** False while a process carries others on, which may end. */
  readonly areAll: boolean;
}

/**
 * The runs below the folder of the journals that no process carries on. Of several runs of a file to a function that
 * are not finished, only the newest can go on, and is there. Never rejects: what cannot be read is no run.
 */
export async function listRuns(root: string): Promise<FoundRuns> {
  const found = await Promise.all((await foldersIn(root)).map(runsIn));
  return { runs: found.flatMap((runs) => runs ?? []), areAll: !found.includes(undefined) };
}

/**
 * `undefined` while a process carries one of them on.
 * @param folder of all runs of one file to one function
 */
async function runsIn(folder: string): Promise<readonly FoundRun[] | undefined> {
  if (await RunLock.isHeld(join(folder, 'lock'))) return undefined;
  const folders = (await foldersIn(folder)).toSorted().toReversed();
  const runs = await Promise.all(folders.map(readRun));
  return runs.filter(
    (run, index): run is FoundRun =>
      run !== undefined && (index === 0 || run.progress?.state === 'finished'),
  );
}

async function readRun(path: string): Promise<FoundRun | undefined> {
  const folder = new RunFolder(path);
  try {
    const summary: unknown = JSON.parse(await readFile(folder.summary, 'utf8'));
    if (isSummary(summary)) return { ...summary, folder: path };
  } catch {
    // It died: its journal says what it was.
  }
  const header = await readHeader(folder.journal).catch(() => undefined);
  if (!header) return undefined;
  const { target, file, startedAt, origin } = header;
  return { folder: path, target, file, startedAt, ...(origin && { origin }) };
}

function isSummary(value: unknown): value is RunSummary {
  return (
    isRecord(value) &&
    isRecord(value['target']) &&
    isRecord(value['file']) &&
    isRecord(value['progress']) &&
    typeof value['startedAt'] === 'string'
  );
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
}
