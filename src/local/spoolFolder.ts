import { createHash } from 'node:crypto';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const prefix = 'lambda-invoke-async-queue-';

/** Containers may share a folder and have processes of the same number. */
const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** Makes a folder that only this user can read, and whose name tells which process it belongs to. */
export function makeSpoolFolder(parent: string): Promise<string> {
  return mkdtemp(join(parent, `${prefix}${host}-${process.pid}-`));
}

/** Removes the folders that processes of this user left behind when they were killed. Never rejects. */
export async function removeLeftovers(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  await Promise.all(
    names.filter(isLeftover).map(async (name) => {
      const folder = join(parent, name);
      try {
        if (await isOwn(folder)) await rm(folder, { recursive: true, force: true });
      } catch {
        // Another window is removing it; or the next start may be luckier.
      }
    }),
  );
}

function isLeftover(name: string): boolean {
  if (!name.startsWith(`${prefix}${host}-`)) return false;
  const id = /^(\d+)-/.exec(name.slice(prefix.length + host.length + 1))?.[1];
  return id !== undefined && !isRunning(Number(id));
}

async function isOwn(folder: string): Promise<boolean> {
  const status = await lstat(folder);
  return status.isDirectory() && (process.getuid === undefined || status.uid === process.getuid());
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // What may not be signalled runs.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
