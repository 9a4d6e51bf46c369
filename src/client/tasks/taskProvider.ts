import { type Disposable, tasks } from 'vscode';
import type { PayloadLibrary } from '../payloads/payloadLibrary';
import type { InvokeTaskRun } from './invokeTaskRun';
import type { InvokeTasks } from './invokeTasks';

/**
 * Offers tasks of the type `lambda-invoke`. The editor lists the tasks of every provider a few seconds after its start,
 * to complete their names in launch.json: only what lists them is loaded then.
 */
export function provideInvokeTasks(
  library: Pick<PayloadLibrary, 'known'>,
  loadRun: () => Promise<Pick<InvokeTaskRun, 'run'>>,
): Disposable {
  let loading: Promise<InvokeTasks> | undefined;
  const load = async () => {
    const invokeTasks = await import('./invokeTasks');
    return new invokeTasks.InvokeTasks(library, loadRun);
  };
  const loaded = () => (loading ??= load());
  return tasks.registerTaskProvider('lambda-invoke', {
    provideTasks: async () => (await loaded()).ofPayloads(),
    resolveTask: async (task) => (await loaded()).resolved(task),
  });
}
