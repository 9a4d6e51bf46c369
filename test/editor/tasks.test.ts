import assert from 'node:assert/strict';
import { commands, type Task, tasks, window, workspace } from 'vscode';
import { type LocalWorkspace, startLocalWorkspace } from '../support/localLambda';
import { workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';

describe('tasks of the type lambda-invoke', () => {
  let screen: Screen;
  let local: LocalWorkspace;
  before(async function () {
    screen = Screen.of(this);
    local = await startLocalWorkspace({
      files: {
        'good.js': 'exports.handler = async () => console.log("all is well");',
        'bad.js': 'exports.handler = async () => { throw new TypeError("no such order"); };',
      },
      functions: { good: { handler: 'good.handler' }, bad: { handler: 'bad.handler' } },
    });
    const { endpoint } = local.connection;
    const common = { type: 'lambda-invoke', endpoint, region: 'eu-west-1' };
    const payload = 'events/lonely.json';
    const uri = workspaceFile('.vscode/tasks.json');
    const content = {
      version: '2.0.0',
      tasks: [
        { ...common, label: 'good', function: 'good', payload, wait: true },
        {
          ...common,
          label: 'bad',
          function: 'bad',
          payload: `\${workspaceFolder}/${payload}`,
          wait: true,
        },
        { ...common, label: 'queued', function: 'bad', payload },
        { ...common, label: 'prod', function: 'good-prod', payload },
      ],
    };
    await workspace.fs.writeFile(uri, Buffer.from(JSON.stringify(content, undefined, 2)));
    // The editor reads the file when its watcher tells it to; until then it would ask which task to run.
    const labels = content.tasks.map(({ label }) => label);
    await eventually(
      () => tasks.fetchTasks({ type: 'lambda-invoke' }),
      (listed) => labels.every((label) => listed.some(({ name }) => name === label)),
    );
  });
  after(async () => {
    // The editor's command waits for the end of tasks that have ended.
    for (const terminal of window.terminals) terminal.dispose();
    await workspace.fs.delete(workspaceFile('.vscode/tasks.json'));
    await local.stop();
  });

  /** Runs a task of tasks.json to its end, as the palette does. */
  async function run(label: string): Promise<number | undefined> {
    const ended = new Promise<number | undefined>((resolve) => {
      const subscription = tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== label) return;
        subscription.dispose();
        resolve(exitCode);
      });
    });
    await commands.executeCommand('workbench.action.tasks.runTask', label);
    return ended;
  }

  it('end with the exit code of the function that they wait for', async () => {
    assert.equal(await run('good'), 0);
    assert.equal(await run('bad'), 1);
    assert.equal(await run('queued'), 0);
  });

  it('ask before production', async () => {
    const ended = run('prod');
    await screen.pressDialogButton(/Send this event to good-prod\?/, 'Cancel');
    assert.equal(await ended, 1);
  });

  it('are listed for saved payloads', async () => {
    const listed = await tasks.fetchTasks({ type: 'lambda-invoke' });
    const payloads = listed.map(({ definition }: Task) => definition['payload'] as string);
    assert.ok(
      payloads.some((path) => path.startsWith('.lambda/payloads/')),
      payloads.join(' '),
    );
    assert.ok(listed.some(({ name }) => name === 'good'));
  });
});
