import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, window, workspace } from 'vscode';
import type { RunSummary } from '../../src/core/fileRun/run';
import { type LocalWorkspace, startLocalWorkspace } from '../support/localLambda';
import { set, workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';
import { writtenFiles } from './writtenFiles';

const view = 'Invocations';
const count = 5000;

/** Notes the number of each event in a file. */
const handler = `const { appendFileSync } = require('node:fs');
exports.handler = async ({ n }) => appendFileSync('record.txt', n + '\\n');`;

describe('Send Each Line', () => {
  let screen: Screen;
  let local: LocalWorkspace;
  before(async function () {
    screen = Screen.of(this);
    await screen.openView('Lambda');
    await commands.executeCommand('invokeAsync.clearInvocations');
    local = await startLocalWorkspace({
      files: { 'record.js': handler },
      functions: { record: { handler: 'record.handler' } },
    });
  });
  after(() => local.stop());

  it('is offered by a right click in the Explorer', async () => {
    const uri = workspaceFile('clicked.jsonl');
    await workspace.fs.writeFile(uri, Buffer.from('{"n":0}\n'));
    await screen.openView('Explorer');
    const labels = await screen.contextMenu('clicked.jsonl', 'Explorer Section');
    assert.ok(labels.includes('Send Each Line…'), labels.join(', '));
    await screen.chooseMenuItem('Send Each Line…');
    await screen.waitForInput(/Select a function to send clicked\.jsonl to/);
    await screen.press('Escape');
    await screen.openView('Lambda');
    await workspace.fs.delete(uri);
  });

  it('sends each line once, through a pause and the death of its process', async () => {
    const events = Array.from({ length: count }, (_, n) => `{"n":${n}}`);
    const uri = workspaceFile('orders.jsonl');
    await workspace.fs.writeFile(uri, Buffer.from([...events, 'oops'].join('\n')));
    const restore = await set({ 'sendFile.rate': 1000 });
    await window.showTextDocument(uri);
    await screen.waitForCodeLens(/Send Each Line…/);
    const { endpoint, region } = local.connection;
    const sent = commands.executeCommand<RunSummary | undefined>('invokeAsync.sendFile', {
      uri,
      functionName: 'record',
      endpoint,
      region,
    });
    await screen.waitForInput(/Lambda: Send orders\.jsonl/);
    await screen.waitForActivePick(/Send 5,000 events to record/);
    await screen.waitForPick(/1 invalid line will be skipped/);
    await screen.press('Enter');

    await screen.waitForRow(/^record, orders\.jsonl, [\d,]+ of 5,001 · [\d.,]+\/s · .+ left/, view);
    await screen.waitForStatusBar(/of 5,001/);
    assert.deepEqual(await screen.contextMenu('record', view), [
      'Pause Run',
      'Stop Run',
      'Change Rate of Run…',
    ]);
    await screen.chooseMenuItem('Pause Run');
    await screen.waitForRow(/^record, orders\.jsonl, [\d,]+ of 5,001 · Paused$/, view);
    process.kill(await senderId(), 'SIGKILL');
    assert.equal(await sent, undefined);
    await screen.waitForRow(/^record, orders\.jsonl, Interrupted/, view);
    await commands.executeCommand('notifications.clearAll');

    assert.deepEqual(await screen.contextMenu('record', view), [
      'Resume Run',
      'Copy Report as Markdown',
      'Delete Run…',
    ]);
    await screen.chooseMenuItem('Resume Run');
    const done = /orders\.jsonl → record: 5,000 accepted, 1 invalid\./;
    await screen.pressNotificationButton(done, 'Open Rejected Lines');
    await eventually(
      () => window.activeTextEditor?.document.getText(),
      (text) => text === 'oops\n',
    );
    await screen.waitForRow(/^record, orders\.jsonl, 5,001 of 5,001 · 1 invalid · Finished$/, view);

    const record = join(local.folder, 'record.txt');
    const handled = async () => (await readFile(record, 'utf8')).trim().split('\n').map(Number);
    const numbers = await eventually(handled, ({ length }) => length >= count);
    numbers.sort((a, b) => a - b);
    assert.deepEqual(
      numbers,
      events.map((_, n) => n),
    );
    await commands.executeCommand('invokeAsync.clearInvocations');
    await screen.waitForRows([], view);
    await restore();
    await commands.executeCommand('workbench.action.closeAllEditors');
    await workspace.fs.delete(uri);
  });
});

/** The process id of the one that sends, as its lock has it. */
async function senderId(): Promise<number> {
  const lock = (await writtenFiles()).find(({ path }) => /\/runs\/\w+\/lock$/.test(path));
  return (JSON.parse(lock?.text ?? '') as { processId: number }).processId;
}
