import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The start of a process that is to be ended with all that it has started. */
export interface ProcessTree {
  /** Its number; on Linux and macOS also that of its group, which it leads. */
  readonly leader: number;
  /** `NAME=value`: a variable that it alone has in its environment, and whatever it has started inherits. */
  readonly mark: string;
}

/** Whether a process can lead a group. Windows has none; there, descendants are found by their parents. */
export const hasGroups = process.platform !== 'win32';

/**
 * Ends a process that still runs, its group, and what has left the group. Resolves when the signals are sent. May run
 * in the process itself, which then ends last.
 */
export async function endProcessTree({ leader, mark }: ProcessTree): Promise<void> {
  if (!hasGroups) return endTreeOnWindows(leader);
  await endScattered(mark, leader);
  endGroup(leader);
}

/**
 * Ends what a process that is gone has left behind. What has left the group, has cleared its environment, and has lost
 * its parent is not found; nor is anything on Windows.
 */
export async function endRemains({ leader, mark }: ProcessTree): Promise<void> {
  if (!hasGroups) return;
  endGroup(leader);
  await endScattered(mark);
}

interface RunningProcess {
  readonly id: number;
  readonly parent: number;
  readonly isMarked: boolean;
}

/** While processes are found and ended, they can start others. */
const mostRounds = 10;

/** Ends the descendants and the marked ones, but not the leader itself. */
async function endScattered(mark: string, leader?: number): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const found = scatteredAmong(await runningProcesses(mark), leader);
    if (found.length === 0) return;
    for (const id of found) kill(id);
  }
}

function scatteredAmong(
  processes: readonly RunningProcess[],
  leader: number | undefined,
): number[] {
  const found = new Set(processes.filter(({ isMarked }) => isMarked).map(({ id }) => id));
  if (leader !== undefined) found.add(leader);
  let before = 0;
  while (found.size > before) {
    before = found.size;
    for (const { id, parent } of processes) if (found.has(parent)) found.add(id);
  }
  if (leader !== undefined) found.delete(leader);
  return [...found];
}

/** Empty where they cannot be listed: the group is ended all the same. */
async function runningProcesses(mark: string): Promise<RunningProcess[]> {
  try {
    if (process.platform === 'linux') return await processesOnLinux(mark);
    return process.platform === 'darwin' ? await processesOnMac(mark) : [];
  } catch {
    return [];
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function processesOnLinux(mark: string): Promise<RunningProcess[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(ids.map((id) => processOnLinux(Number(id), mark)));
  return found.filter((one) => one !== undefined);
}

async function processOnLinux(id: number, mark: string): Promise<RunningProcess | undefined> {
  try {
    const stat = await readFile(`/proc/${id}/stat`, 'utf8');
    // The name before it is in parentheses, and may hold some itself.
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return undefined;
    // Another user's is not ours to read, nor to end.
    const environment = await readFile(`/proc/${id}/environ`, 'latin1').catch(() => '');
    return { id, parent: Number(parent), isMarked: environment.split('\0').includes(mark) };
  } catch {
    // Gone meanwhile.
    return undefined;
  }
}

/** `ps -E` shows the environment behind the command. */
async function processesOnMac(mark: string): Promise<RunningProcess[]> {
  const { stdout } = await execute('/bin/ps', ['-axwwE', '-o', 'pid=,ppid=,stat=,command='], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...stdout.matchAll(/^ *(\d+) +(\d+) +([^Z\s]\S*) (.*)$/gm)].map(
    ([, id, parent, , command = '']) => ({
      id: Number(id),
      parent: Number(parent),
      isMarked: command.includes(mark),
    }),
  );
}

async function endTreeOnWindows(leader: number): Promise<void> {
  const taskkill = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe');
  // It fails when the process is gone already.
  await execute(taskkill, ['/PID', String(leader), '/T', '/F'], { windowsHide: true }).catch(() =>
    kill(leader),
  );
}

function endGroup(leader: number): void {
  kill(-leader);
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
