import assert from 'node:assert/strict';
import { commands, window, workspace } from 'vscode';
import { StepFunctionsServer } from '../support/stepFunctionsServer';
import { set, workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';

const view = 'Invocations';
const name = 'refunds.jsonl';
const lines = ['{"n": 1}', '{"n": 2}', '{"n": 3}', 'oops', '{"n": 4}'];
const template = '.lambda/step-functions/orders/template.yaml';

describe('Send with Step Functions', () => {
  let screen: Screen;
  let server: StepFunctionsServer;
  const restore: (() => Promise<void>)[] = [];
  before(async function () {
    screen = Screen.of(this);
    await commands.executeCommand('invokeAsync.clearInvocations', { ask: false });
    server = new StepFunctionsServer();
    const endpoint = await server.start();
    restore.push(await set({ endpoint, region: 'eu-west-1' }, { ofUser: true }));
    await workspace.fs.writeFile(workspaceFile(name), Buffer.from(`${lines.join('\n')}\n`));
  });
  after(async () => {
    for (const one of restore) await one();
    await server.stop();
  });

  /** Right-clicks the file, chooses the command and the function, and waits for what will happen. */
  const begin = async () => {
    await screen.openView('Explorer');
    const labels = await screen.contextMenu(name, 'Explorer Section');
    assert.ok(labels.includes('Send with Step Functions…'), labels.join(', '));
    await screen.chooseMenuItemForInput(
      'Send with Step Functions…',
      /Select a function to send refunds\.jsonl to/,
    );
    await screen.type('orders');
    await screen.waitForActivePick(/orders/);
    await screen.press('Enter');
    await screen.waitForInput(/Lambda: Send refunds\.jsonl with Step Functions/);
  };

  it('writes a template that the user reviews, by a right click in the Explorer', async () => {
    server.stack = undefined;
    await begin();
    await screen.waitForActivePick(/Write the Template for orders/);
    await screen.waitForPick(/1 invalid line will be skipped/);
    await screen.type('Concurrency');
    await screen.waitForActivePick(/Concurrency: 100/);
    await screen.press('Enter');
    await screen.waitForInput(/Lambda: Concurrency/);
    await screen.type('500');
    await screen.press('Enter');
    await screen.waitForPick(/Concurrency: 500/);
    await screen.waitForActivePick(/Write the Template for orders/);
    await screen.press('Enter');
    const text = await eventually(
      () => window.activeTextEditor?.document,
      (document) => document?.uri.path === workspaceFile(template).path,
    );
    assert.match(text?.getText() ?? '', /"MaxConcurrency": 500,/);
    await screen.notification(/template\.yaml is written\. Review it, deploy it, then send/);
    const readme = await workspace.fs.readFile(
      workspaceFile(template.replace(/\w+\.yaml/, 'README.md')),
    );
    assert.match(Buffer.from(readme).toString(), /^# Events for orders through Step Functions/);
    assert.equal(server.count('CreateMultipartUpload'), 0);

    await begin();
    await screen.waitForActivePick(/Deploy the Template/);
    await screen.press('Escape');
  });

  it('uploads the file, and its row follows the execution until it is stopped', async () => {
    server.stack = server.readyStack;
    await begin();
    await screen.waitForActivePick(/Send 4 events to orders/);
    await screen.press('Enter');
    await screen.openView('Lambda');
    await screen.waitForRow(/^orders, refunds\.jsonl, 0 of 4$/, view);
    assert.deepEqual([...server.objects.values()].map(String), [
      '{"n": 1}\n{"n": 2}\n{"n": 3}\n{"n": 4}\n',
    ]);
    const itemCounts = { pending: 1, running: 1, succeeded: 1, failed: 1 };
    server.mapRun = { itemCounts, maxConcurrency: 500, status: 'RUNNING' };
    await screen.waitForRow(/^orders, refunds\.jsonl, 2 of 4 · 1 failed$/, view);

    assert.deepEqual(await screen.contextMenu('orders', view), [
      'Change Concurrency…',
      'Stop Execution…',
      'Open Execution in AWS Console',
    ]);
    await screen.chooseMenuItemForInput('Change Concurrency…', /Lambda: Concurrency/);
    await screen.waitForInputValue(/^500$/);
    await screen.type('1');
    await screen.press('Enter');
    await eventually(
      () => server.mapRun?.maxConcurrency,
      (concurrency) => concurrency === 1,
    );

    await screen.contextMenu('orders', view);
    await screen.chooseMenuItem('Stop Execution…');
    server.mapRun.itemCounts = { pending: 1, succeeded: 1, failed: 1, aborted: 1 };
    await screen.pressDialogButton(/Stop sending refunds\.jsonl to orders\?/, 'Stop');
    await screen.waitForRow(
      /^orders, refunds\.jsonl, 3 of 4 · 1 failed · 1 aborted · Stopped$/,
      view,
    );
  });

  it('collects the lines that were not sent, and names those that nothing is told of', async () => {
    const [execution] = server.executions.values();
    server.putResults(execution?.name ?? '', {
      SUCCEEDED: ['{"n":2}'],
      FAILED: ['{"n":1}'],
      PENDING: ['{"n":4}'],
    });
    await screen.contextMenu('orders', view);
    await screen.chooseMenuItem('Collect Results');
    const collected = /2 lines were not sent\. No result tells of line 3: whether it was sent/;
    await screen.pressNotificationButton(collected, 'Open Rejected Lines');
    await eventually(
      () => window.activeTextEditor?.document.getText(),
      (text) => text === '{"n": 1}\n{"n": 4}\n',
    );
    await screen.contextMenu('orders', view);
    await screen.chooseMenuItem('Remove Execution');
    await screen.waitForRows([], view);
  });
});
