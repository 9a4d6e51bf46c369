import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, window, workspace } from 'vscode';
import type { RunSummary } from '../../src/core/fileRun/run';
import { type LocalWorkspace, startLocalWorkspace } from '../support/localLambda';
import { set, workspaceFile } from './commands';
import { waitForEndOfRun } from './endOfRun';
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
    await commands.executeCommand('invokeAsync.clearInvocations', { ask: false });
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
    await screen.chooseMenuItemForInput(
      'Send Each Line…',
      /Select a function to send clicked\.jsonl to/,
    );
    await screen.press('Escape');
    await screen.openView('Lambda');
    await workspace.fs.delete(uri);
  });

  it('sends each element of an array, offered above it', async () => {
    const uri = workspaceFile('events/list.json');
    await workspace.fs.writeFile(uri, Buffer.from('[\n  { "n": 1 },\n  { "n": 2 }\n]\n'));
    await window.showTextDocument(uri);
    await screen.waitForCodeLens(/Set Target.*Send Each Element…/);
    const { endpoint, region } = local.connection;
    const sent = commands.executeCommand<RunSummary | undefined>('invokeAsync.sendElements', {
      uri,
      functionName: 'record',
      endpoint,
      region,
    });
    await screen.waitForInput(/Lambda: Send events\/list\.json/);
    await screen.waitForActivePick(/Send 2 events to record/);
    await screen.press('Enter');
    assert.equal((await sent)?.progress.counts.accepted, 2);
    await screen.waitForRow(/^record, list\.jsonl, 2 of 2 · Finished$/, view);
    const record = join(local.folder, 'record.txt');
    const handled = await eventually(
      async () => (await readFile(record, 'utf8').catch(() => '')).split('\n'),
      ({ length }) => length === 3,
    );
    assert.deepEqual(handled.toSorted(), ['', '1', '2']);
    await rm(record);
    await commands.executeCommand('invokeAsync.clearInvocations', { ask: false });
    await commands.executeCommand('notifications.clearAll');
    await commands.executeCommand('workbench.action.closeAllEditors');
    await workspace.fs.delete(uri);
  });

  it('sends no line twice, through a pause and the death of its process', async () => {
    const events = Array.from({ length: count }, (_, n) => `{"n":${n}}`);
    const uri = workspaceFile('orders.jsonl');
    await workspace.fs.writeFile(uri, Buffer.from([...events, 'oops'].join('\n')));
    // Slow enough to be paused before it is over, on a busy machine, too.
    const restore = await set({ 'sendFile.rate': 500 });
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
    const record = join(local.folder, 'record.txt');
    const handled = async () => (await readFile(record, 'utf8')).trim().split('\n').map(Number);
    const { numbers, unknown } = await waitForEndOfRun(screen, handled);
    assert.deepEqual(numbers, [...new Set(numbers)], 'an event was sent twice');
    assert.ok(numbers.length >= events.length - unknown, 'an accepted event was not handled');
    await commands.executeCommand('invokeAsync.clearInvocations', { ask: false });
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
