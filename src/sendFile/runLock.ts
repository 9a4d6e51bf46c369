import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isRecord } from '../core/isRecord';

/** Who holds a lock. */
interface Holder {
  readonly processId: number;
  /** Of the start of the machine: the numbers of processes begin anew with it. Empty where it is not known. */
  readonly boot: string;
  readonly id: string;
}

/** Kept by one process at a time; free again when that ends, however it does. */
export class RunLock {
  private constructor(
    private readonly path: string,
    private readonly holder: Holder,
  ) {}

  /**
   * The lock, or the process that holds it.
   * @throws what the file system throws
   */
  static async take(path: string): Promise<RunLock | { readonly heldBy: number }> {
    await mkdir(dirname(path), { recursive: true });
    const holder = { processId: process.pid, boot: await bootId(), id: randomUUID() };
    for (;;) {
      if (await create(path, holder)) return new RunLock(path, holder);
      const other = await read(path);
      if (other && isRunning(other, holder.boot)) return { heldBy: other.processId };
      await removeStale(path, other);
    }
  }

  /** Whether a process that is running holds it. Never rejects. */
  static async isHeld(path: string): Promise<boolean> {
    const holder = await read(path);
    return holder !== undefined && isRunning(holder, await bootId());
  }

  async release(): Promise<void> {
    const { id } = this.holder;
    if ((await read(this.path))?.id === id) await rm(this.path, { force: true });
  }
}

async function create(path: string, holder: Holder): Promise<boolean> {
  // Whoever reads it finds it whole.
  const whole = `${path}.${holder.id}`;
  const file = await open(whole, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(holder));
  } finally {
    await file.close();
  }
  try {
    await link(whole, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(whole, { force: true });
  }
}

/**
 * Removes the lock of a process that has ended. Another may do the same, and have taken the lock between the look and
 * this: then it gets it back.
 */
async function removeStale(path: string, stale: Holder | undefined): Promise<void> {
  const aside = `${path}.${randomUUID()}.stale`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await read(aside))?.id !== stale?.id) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

async function read(path: string): Promise<Holder | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  return (
    isRecord(value) &&
    Number.isSafeInteger(value['processId']) &&
    typeof value['boot'] === 'string' &&
    typeof value['id'] === 'string'
  );
}

function isRunning({ processId, boot }: Holder, currentBoot: string): boolean {
  if (boot !== currentBoot) return false;
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // It is there, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function bootId(): Promise<string> {
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    .then((text) => text.trim())
    .catch(() => '');
}
