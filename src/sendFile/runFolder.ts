import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunFile, RunSummary, RunTarget } from '../core/fileRun/run';
import { writeTemporaryFile } from '../files/temporaryFile';
import { readHeader } from './journal';

/** Where a run keeps its journal, and what it leaves. */
export class RunFolder {
  constructor(readonly path: string) {}

  get journal(): string {
    return join(this.path, 'journal');
  }

  /**
   * What the run has come to: written when it begins and when it ends. One that says `running` while nobody holds the
   * lock was killed.
   */
  get summary(): string {
    return join(this.path, 'summary.json');
  }

  async writeSummary(summary: RunSummary): Promise<void> {
    const unfinished = `${this.summary}.tmp`;
    await rm(unfinished, { force: true });
    await writeTemporaryFile(unfinished, Buffer.from(`${JSON.stringify(summary, null, 2)}\n`));
    await rename(unfinished, this.summary);
  }

  /** Whether every line is done, as the run itself has said. */
  async isFinished(): Promise<boolean> {
    try {
      const summary = JSON.parse(await readFile(this.summary, 'utf8')) as Partial<RunSummary>;
      return summary.progress?.state === 'finished';
    } catch {
      return false;
    }
  }
}

/** All runs of one file to one function. */
export class RunsOfFile {
  constructor(private readonly folder: string) {}

  /** @param root holds the runs of all files */
  static in(root: string, file: Pick<RunFile, 'sha256'>, target: RunTarget): RunsOfFile {
    return new RunsOfFile(join(root, keyOf(file, target)));
  }

  get lock(): string {
    return join(this.folder, 'lock');
  }

  /** Newest first. */
  async all(): Promise<RunFolder[]> {
    const names = await readdir(this.folder, { withFileTypes: true }).catch(() => []);
    return names
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .toSorted()
      .toReversed()
      .map((name) => new RunFolder(join(this.folder, name)));
  }

  /** A new folder that sorts after all others. */
  async add(now: Date): Promise<RunFolder> {
    const [newest] = await this.all();
    const stamp = now.toISOString().replaceAll(/[-:]/g, '').replace('.', '-');
    // After all others, even when the clock was set back.
    const path = join(this.folder, stamp);
    const folder = new RunFolder(newest && newest.path >= path ? `${newest.path}+` : path);
    await mkdir(folder.path, { recursive: true });
    return folder;
  }
}

/** Whether a run of a file to a function is unfinished, whatever the file holds now. */
export async function hasUnfinishedRun(
  root: string,
  path: string,
  target: RunTarget,
): Promise<boolean> {
  for (const key of await readdir(root).catch(() => [])) {
    const [newest] = await new RunsOfFile(join(root, key)).all();
    const header = newest && (await readHeader(newest.journal).catch(() => undefined));
    if (!header || header.file.path !== path) continue;
    const isSame = keyOf(header.file, header.target) === keyOf(header.file, target);
    if (isSame && !(await newest.isFinished())) return true;
  }
  return false;
}

/** The same bytes to the same function, for the same tenant: by whichever call, and with whichever of the account's profiles. */
function keyOf(
  { sha256 }: Pick<RunFile, 'sha256'>,
  { functionName, qualifier, region, accountId, endpoint, tenantId }: RunTarget,
): string {
  const host = endpoint && new URL(endpoint).hostname;
  const place = [sha256, functionName, qualifier ?? '', region, accountId, host];
  return createHash('sha256')
    .update(JSON.stringify(tenantId === undefined ? place : [...place, tenantId]))
    .digest('hex')
    .slice(0, 32);
}
