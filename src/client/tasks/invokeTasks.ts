import { CustomExecution, Task, type TaskDefinition, TaskScope, workspace } from 'vscode';
import type { PayloadLibrary } from '../payloads/payloadLibrary';
import type { InvokeTaskRun } from './invokeTaskRun';
import { InvokeTerminal } from './invokeTerminal';

/** As many payloads as the list of tasks shows; a task that is written down may name any. */
const mostListed = 200;

/** The tasks of the type `lambda-invoke`: each sends one event, in a terminal of its own. */
export class InvokeTasks {
  constructor(
    private readonly library: Pick<PayloadLibrary, 'known'>,
    /** What carries a task out is loaded with the first one that runs. */
    private readonly loadRun: () => Promise<Pick<InvokeTaskRun, 'run'>>,
  ) {}

  /** A task for each saved payload that is known: the editor asks soon after its start, when nothing is searched yet. */
  async ofPayloads(): Promise<Task[]> {
    const payloads = await this.library.known();
    return payloads.slice(0, mostListed).map(({ path, folder, target }) => {
      const task = this.#task({ type: 'lambda-invoke', payload: path }, folder, path);
      if (target) task.detail = `→ ${target.function}`;
      return task;
    });
  }

  /** A task of `tasks.json`, with what it does. */
  resolved({ definition, scope, name }: Task): Task {
    return this.#task(definition, scope, name);
  }

  #task(definition: TaskDefinition, scope: Task['scope'], name: string): Task {
    const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
    const execution = new CustomExecution(async (filledIn) => {
      const run = await this.loadRun();
      return new InvokeTerminal((say, signal) => run.run(filledIn, folder, say, signal));
    });
    // No problem matcher: an empty list keeps the editor from asking for one.
    return new Task(definition, scope ?? TaskScope.Workspace, name, 'Lambda', execution, []);
  }
}
