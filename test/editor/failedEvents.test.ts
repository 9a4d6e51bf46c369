import assert from 'node:assert/strict';
import { commands, window, workspace } from 'vscode';
import { invoke, workspaceFile } from './commands';
import { resetTo } from './reset';
import { Screen } from './screen';

const view = 'Failed Events';
const broken = `
export const handler = async ({ orderId }) => {
  throw new RangeError('No stock for ' + orderId);
};`;
const mended = `
export const handler = async ({ orderId }) => {
  console.log('Shipped ' + orderId);
};`;

describe('failed events', () => {
  let screen: Screen;
  let reset: () => Promise<void>;
  before(async function () {
    screen = Screen.of(this);
    reset = await resetTo();
  });
  after(async () => {
    await commands.executeCommand('invokeAsync.closeFailedEvents');
    await commands.executeCommand('invokeAsync.stopLocal');
    await reset();
  });

  const write = async (path: string, text: string) =>
    workspace.fs.writeFile(workspaceFile(path), Buffer.from(text));

  it('are sent again once the handler is mended, and are gone from the queue', async () => {
    const functions = { shipping: { handler: 'shipping.handler', onFailure: 'queue' } };
    await write('shipping.mjs', broken);
    await write('.lambda/local.json', JSON.stringify({ functions }));
    await commands.executeCommand('invokeAsync.startLocal');
    const event = '{"orderId":"O-1","number":9007199254740993}';
    await invoke({ functionName: 'shipping', payload: event, region: 'us-east-1' });
    await screen.waitForOutput(/Dead letter: attempt 3 was the last one/);

    const shown = commands.executeCommand('invokeAsync.showFailedEvents', {
      functionName: 'shipping',
      region: 'us-east-1',
    });
    await screen.waitForRow(/^RangeError: No stock for O-1/, view);
    assert.equal(await shown, 1);
    await screen.clickRow('RangeError: No stock for O-1', view);
    await screen.waitForRow(/^RangeError/, view);
    while (window.activeTextEditor?.document.uri.scheme !== 'invoke-async-failed') {
      await new Promise((resolve) => {
        const listening = window.onDidChangeActiveTextEditor(() => {
          listening.dispose();
          resolve(undefined);
        });
      });
    }
    assert.equal(window.activeTextEditor.document.getText(), event);

    await write('shipping.mjs', mended);
    await screen.contextMenu('RangeError: No stock for O-1', view);
    await screen.chooseMenuItem('Send Again');
    await screen.notification(/shipping: 1 event sent again/);
    await screen.waitForRow(/^No failed events/, view);
    await screen.waitForOutput(/Shipped O-1/);
    await screen.waitForRow(/^shipping, Succeeded/, 'Invocations');
  });
});
