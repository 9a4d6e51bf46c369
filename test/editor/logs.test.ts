import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { type LocalWorkspace, startLocalWorkspace } from '../support/localLambda';
import { invoke, set } from './commands';
import { Screen } from './screen';

const view = 'Invocations';

describe('Follow Logs', () => {
  let screen: Screen;
  let local: LocalWorkspace;
  before(async function () {
    screen = Screen.of(this);
    await screen.openView('Lambda');
    await commands.executeCommand('invokeAsync.clearInvocations', { ask: false });
    local = await startLocalWorkspace({
      files: {
        'good.js': 'exports.handler = async () => console.log("all is well");',
        'bad.js': 'exports.handler = async () => { throw new TypeError("no such order"); };',
        'slow.js': 'exports.handler = () => new Promise(() => {});',
      },
      functions: {
        good: { handler: 'good.handler' },
        bad: { handler: 'bad.handler' },
        slow: { handler: 'slow.handler', timeout: 1 },
      },
      retryDelaysMs: [0, 0],
    });
  });
  after(() => local.stop());

  const send = (functionName: string) => invoke({ functionName, payload: {}, ...local.connection });

  it('shows the lines of a run, and that it succeeded', async () => {
    const { requestId } = await send('good');
    assert.equal(await commands.executeCommand('invokeAsync.followLogs'), 'succeeded');
    const text = await screen.waitForOutput(/\[good\] Succeeded\./);
    assert.match(text, new RegExp(`\\[good\\] \\| START RequestId: ${requestId}`));
    assert.match(text, /\[good\] .*all is well/);
    assert.match(text, new RegExp(`\\[good\\] \\| REPORT RequestId: ${requestId}`));
    await screen.waitForRow(/^good, Succeeded/, view);
  });

  it('shows each retry as an attempt of its own, until the event failed for good', async () => {
    const { requestId } = await send('bad');
    assert.equal(await commands.executeCommand('invokeAsync.followLogs', { requestId }), 'failed');
    const text = await screen.waitForOutput(/\[bad\] Failed: the event goes to the failure/);
    assert.match(text, /\[bad\] .*no such order/);
    for (const attempt of [2, 3]) {
      assert.match(text, new RegExp(`\\[bad, attempt ${attempt}\\] \\| START`));
      assert.match(text, new RegExp(`\\[bad, attempt ${attempt}\\] Attempt ${attempt} failed\\.`));
    }
    await screen.waitForRow(/^bad, Failed/, view);
  });

  it('begins by itself where the setting says so, and stops when told', async () => {
    const restore = await set({ 'logs.follow': true });
    const { requestId } = await send('slow');
    await restore();
    await screen.waitForRow(/^slow, following/, view);
    await screen.waitForOutput(/\[slow\] Following request ID/);
    await commands.executeCommand('invokeAsync.stopFollowing', { requestId });
    await screen.waitForOutput(/\[slow\] .*Stopped following\./);
  });

  it('starts no Local Lambda for the log of one that has stopped', async () => {
    const { requestId } = await invoke({ functionName: 'nobody', payload: {}, endpoint: 'local' });
    await commands.executeCommand('invokeAsync.stopLocal');
    const followed = commands.executeCommand('invokeAsync.followLogs', { requestId });
    assert.equal(await followed, undefined);
  });

  it('needs no request ID to tail the log of a function, until it is stopped', async () => {
    const tailed = commands.executeCommand('invokeAsync.tailLogs', {
      functionName: 'good',
      filter: 'all',
      ...local.connection,
    });
    await send('good');
    await screen.waitForOutput(/\[good \d\d:\d\d:\d\d\.\d{3}\] \| .*all is well/);
    await screen.pressNotificationButton(/Showing the log of good/, 'Cancel');
    await tailed;
    await screen.waitForOutput(/\[good\] The log is no longer shown\./);
  });

  it('is told of by the words after 202', async () => {
    await screen.waitForOutput(/Lambda: Follow Logs shows what happens to it/);
  });
});
