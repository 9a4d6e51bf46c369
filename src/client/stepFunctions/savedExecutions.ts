import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRecord } from '../../core/isRecord';
import type { Execution } from '../../core/stepFunctions/execution';
import { temporaryPath, writeTemporaryFile } from '../../files/temporaryFile';
import type { Executions, ShownExecution } from './executions';

/** The executions below a folder, as they were last saved. What cannot be read is none. */
export async function savedExecutions(root: string): Promise<ShownExecution[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => readExecutionFile(join(root, name))),
  );
  return found.filter((execution) => execution !== undefined);
}

/** By folder, what is being written: one after the other, so that the newest stays. */
const writing = new Map<string, Promise<void>>();

/** Shows what is known of an execution and saves it, whole or not at all. */
export async function saveExecution(
  executions: Pick<Executions, 'get' | 'put'>,
  execution: ShownExecution,
): Promise<void> {
  const { folder } = execution;
  executions.put(execution);
  const before = writing.get(folder) ?? Promise.resolve();
  const written = before
    .catch(() => undefined)
    // What came meanwhile is newer.
    .then(async () => writeExecutionFile(executions.get(folder) ?? execution));
  writing.set(folder, written);
  await written;
}

async function writeExecutionFile(execution: ShownExecution): Promise<void> {
  const {
    folder,
    control: _control,
    isFollowed: _followed,
    followFault: _fault,
    ...saved
  } = execution;
  const path = join(folder, fileName);
  await mkdir(folder, { recursive: true });
  const unfinished = temporaryPath(path);
  await writeTemporaryFile(unfinished, Buffer.from(`${JSON.stringify(saved, null, 2)}\n`));
  await rename(unfinished, path);
}

/** Forgets an execution, with the copies of its lines. */
export async function deleteExecution(executions: Executions, folder: string): Promise<void> {
  if (dirname(folder) !== executions.root) return;
  await writing.get(folder)?.catch(() => undefined);
  writing.delete(folder);
  await rm(folder, { recursive: true, force: true });
  executions.remove(folder);
}

const fileName = 'execution.json';

async function readExecutionFile(folder: string): Promise<ShownExecution | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, fileName), 'utf8'));
    if (!isExecution(value)) return undefined;
    // Whoever uploaded it is gone.
    const state = value.state === 'uploading' ? 'interrupted' : value.state;
    return { ...value, state, name: basename(folder), folder };
  } catch {
    return undefined;
  }
}

function isExecution(value: unknown): value is Execution {
  return (
    isRecord(value) &&
    isRecord(value['file']) &&
    isRecord(value['place']) &&
    ['functionArn', 'bucket', 'key', 'startedAt', 'state', 'stateMachineArn'].every(
      (key) => typeof value[key] === 'string',
    )
  );
}
