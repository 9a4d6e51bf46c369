import assert from 'node:assert/strict';
import { commands, env, window, workspace } from 'vscode';
import type { Outcome } from '../../src/core/invocation/outcome';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { invoke, set, workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';
import { writtenFiles } from './writtenFiles';

const view = 'Invocations';

describe('the Invocations view', () => {
  let screen: Screen;
  let server: FaultServer;
  before(async function () {
    screen = Screen.of(this);
    await screen.openView('Lambda');
  });
  beforeEach(async () => {
    await commands.executeCommand('notifications.clearAll');
    await commands.executeCommand('invokeAsync.clearInvocations', { ask: false });
    server = await startFaultServer(faults.accepts);
  });
  afterEach(() => server.stop());

  const send = (functionName: string, more: Record<string, unknown> = {}) =>
    invoke({ functionName, payload: { n: 1 }, region: 'us-east-1', endpoint: server.url, ...more });

  it('lists what was sent, newest first, each with its state', async () => {
    await send('first');
    await server.stop();
    await send('second:live');
    await screen.waitForRows(['second:live', 'first'], view);
    await screen.waitForRow(/^second:live, Not sent, \d/, view);
    await screen.waitForRow(/^first, Queued/, view);
  });

  it('keeps no more than the limit, a file each, and clears them', async () => {
    const restore = await set({ 'history.limit': 2 });
    for (const name of ['a', 'b', 'c']) await send(name);
    await screen.waitForRows(['c', 'b'], view);
    assert.equal((await historyFiles()).length, 2);
    await (await set({ 'history.limit': 1 }))();
    await screen.waitForRows(['c'], view);
    await restore();
    await commands.executeCommand('invokeAsync.clearInvocations', { ask: false });
    await screen.waitForRows([], view);
    assert.equal((await historyFiles()).length, 0);
  });

  it('shows at once what another window has sent', async () => {
    await send('mine');
    const [file] = await historyFiles();
    assert.ok(file);
    const entry = { ...JSON.parse(file.text), id: '999999999999999-other', functionName: 'theirs' };
    const folder = file.path.slice(0, file.path.lastIndexOf('/'));
    const uri = workspaceFile('').with({ path: `${folder}/${entry.id}.json` });
    await workspace.fs.writeFile(uri, Buffer.from(JSON.stringify(entry)));
    await screen.waitForRows(['theirs', 'mine'], view);
    await workspace.fs.writeFile(uri, Buffer.from('{ half a fi'));
    await workspace.fs.delete(uri);
    await screen.waitForRows(['mine'], view);
  });

  it('offers what makes sense for an invocation', async () => {
    await send('orders');
    const labels = await screen.contextMenu('orders', view);
    await screen.press('Escape');
    assert.deepEqual(labels, [
      'Re-Run',
      'Edit and Re-Run…',
      'Open Payload',
      'Show in Output',
      'Follow Logs',
      'Show Failed Events…',
      'Tail Logs…',
      'Copy Request ID',
      'Copy as AWS CLI Command',
      'Remove',
    ]);
  });

  it('shows the details of the row that is clicked, and removes it by its menu', async () => {
    const { requestId } = await send('orders');
    await send('billing');
    await screen.waitForRows(['billing', 'orders'], view);
    await screen.clickRow('orders', view);
    const page = await eventually(
      () =>
        window.visibleTextEditors.find(
          ({ document }) => document.uri.scheme === 'invoke-async-invocation',
        ),
      (editor) => editor?.document.getText().includes(requestId ?? '-') ?? false,
    );
    assert.match(page?.document.getText() ?? '', /^orders · typed JSON · Queued/);
    assert.match(page?.document.getText() ?? '', /\nPayload as sent\n\{"n":1\}\n/);
    await screen.waitForCodeLens(/Re-Run/);
    await screen.contextMenu('orders', view);
    await screen.chooseMenuItem('Remove');
    await screen.waitForRows(['billing'], view);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('shows the rows that have the words of the filter, also of what is sent meanwhile', async () => {
    await send('orders');
    await send('billing');
    await screen.waitForRows(['billing', 'orders'], view);
    const asked = commands.executeCommand('invokeAsync.filterInvocations');
    await screen.waitForInput(/Filter Invocations/);
    await screen.type('ORDERS queued');
    await screen.press('Enter');
    await asked;
    await screen.waitForRows(['orders'], view);
    await send('shipping');
    await send('orders');
    await screen.waitForRows(['orders', 'orders'], view);
    await commands.executeCommand('invokeAsync.clearFilter');
    await screen.waitForRows(['orders', 'shipping', 'billing', 'orders'], view);
  });

  it('finds in the output what is said of an invocation', async () => {
    const { requestId } = await send('orders');
    await send('billing');
    await commands.executeCommand('invokeAsync.showInOutput', { requestId });
    const output = window.visibleTextEditors.find(
      ({ document }) => document.uri.scheme === 'output',
    );
    assert.ok(output);
    assert.ok(output.document.getText(output.selection).includes(requestId ?? '-'));
  });

  it('sends the same event again to the same place, whatever the settings say now', async () => {
    const { requestId } = await send('orders', { qualifier: 'live', api: 'Invoke' });
    const restore = await set({ region: 'eu-north-1', api: 'InvokeAsync' });
    await commands.executeCommand('invokeAsync.rerun', { requestId });
    await restore();
    const [first, second] = server.requests;
    assert.equal(second?.path, first?.path);
    assert.deepEqual(second?.body, first?.body);
    assert.match(second?.headers['authorization'] ?? '', /\/us-east-1\/lambda\//);
  });

  it('asks what to send when the file of an old row has changed', async () => {
    const uri = workspaceFile('.lambda/payloads/echo/rerun.json');
    const [asSent, asItIs] = ['{"n":"as sent"}', '{"n":"as it is"}'];
    await workspace.fs.writeFile(uri, Buffer.from(asSent));
    const restore = await set({ 'history.keepPayloads': true });
    await send('orders', { uri, payload: undefined });
    await restore();
    const [file] = await historyFiles();
    const row = { entry: JSON.parse(file?.text ?? '') };
    const rerun = async (button: string) => {
      const run = commands.executeCommand<Outcome | undefined>('invokeAsync.rerun', row);
      await screen.pressDialogButton(/rerun\.json has changed since it was sent/, button);
      return run;
    };
    await workspace.fs.writeFile(uri, Buffer.from(asItIs));
    await rerun('Send Original Event');
    await rerun('Send Current File');
    await rerun('Cancel');
    const bodies = server.requests.map(({ body }) => body.toString());
    assert.deepEqual(bodies, [asSent, asSent, asItIs]);
    await rerun('Compare');
    const texts = window.visibleTextEditors.map(({ document }) => document.getText());
    assert.ok(texts.includes(asSent) && texts.includes(asItIs), texts.join());
    assert.equal(server.requests.length, 3);
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await workspace.fs.delete(uri);
  });

  it('shows an event while it is sent, and that nobody knows when its window was closed', async () => {
    await server.stop();
    server = await startFaultServer(faults.neverAnswers);
    const received = server.nextRequest();
    const sent = send('orders');
    await received;
    await screen.waitForRow(/^orders, Sending/, view);
    const [file] = await historyFiles();
    assert.ok(file);
    // What is left of a window that was killed at this moment.
    const entry = { ...JSON.parse(file.text), id: '000000000000001-gone', sender: 2 ** 30 };
    entry.functionName = 'interrupted';
    const folder = file.path.slice(0, file.path.lastIndexOf('/'));
    const uri = workspaceFile('').with({ path: `${folder}/${entry.id}.json` });
    await workspace.fs.writeFile(uri, Buffer.from(JSON.stringify(entry)));
    await screen.waitForRow(/^interrupted, Outcome unknown: the window was closed/, view);
    await screen.waitForRow(/^orders, Sending/, view);
    await server.stop();
    assert.equal((await sent).kind, 'unknown');
    await screen.waitForRow(/^orders, Outcome unknown, may have been queued/, view);
  });

  it('opens the payload for a change, and sends what it has become', async () => {
    const { requestId } = await send('orders');
    const sent = commands.executeCommand<Outcome>('invokeAsync.editAndRerun', { requestId });
    await screen.pressNotificationButton(/Edit the payload/, 'Send to orders');
    assert.equal((await sent).kind, 'accepted');
    assert.equal(window.activeTextEditor?.document.getText(), '{"n":1}');
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('copies the request id and a command for the AWS CLI', async () => {
    const uri = workspaceFile('.lambda/payloads/echo/unicode.json');
    const { requestId } = await send('orders', { uri, payload: undefined, api: 'Invoke' });
    await commands.executeCommand('invokeAsync.copyRequestId', { requestId });
    assert.equal(await env.clipboard.readText(), requestId);
    await commands.executeCommand('invokeAsync.copyAsCli', { requestId });
    assert.equal(
      await env.clipboard.readText(),
      `aws lambda invoke --function-name orders --invocation-type Event --payload fileb://${uri.fsPath} --region us-east-1 --endpoint-url ${server.url} /dev/null`,
    );
  });

  it('keeps payloads only when asked to, and compares two of them', async () => {
    const first = await send('orders', { payload: '{"kept":"no"}' });
    assert.ok(!JSON.stringify(await historyFiles()).includes('kept'));
    const restore = await set({ 'history.keepPayloads': true });
    await send('orders', { payload: '{"kept":"old"}' });
    await send('orders', { payload: '{"kept":"new"}' });
    await restore();
    assert.ok(JSON.stringify(await historyFiles()).includes('new'));
    assert.ok(first.requestId);
    const compared = commands.executeCommand('invokeAsync.comparePayloads');
    await screen.waitForPick(/typed JSON/);
    await screen.press('Enter');
    await compared;
    const texts = window.visibleTextEditors.map(({ document }) => document.getText());
    assert.ok(texts.includes('{"kept":"old"}') && texts.includes('{"kept":"new"}'), texts.join());
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await commands.executeCommand('invokeAsync.clearInvocations', { ask: false });
  });
});

async function historyFiles() {
  return (await writtenFiles()).filter(({ path }) => /\/invocations\/[^/]+\.json$/.test(path));
}
