import assert from 'node:assert/strict';
import { commands, TabInputText, window, workspace } from 'vscode';
import { type LocalWorkspace, startLocalWorkspace } from '../support/localLambda';
import { invoke, workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';

describe('Invoke and Wait', () => {
  let screen: Screen;
  let local: LocalWorkspace;
  before(async function () {
    screen = Screen.of(this);
    await screen.openView('Lambda');
    await commands.executeCommand('invokeAsync.clearInvocations', { ask: false });
    local = await startLocalWorkspace({
      files: {
        'orders.js': `
          exports.price = async () => { console.log('one order'); return { total: 2 }; };
          exports.fail = async () => { throw new TypeError('no such order'); };`,
      },
      functions: { price: { handler: 'orders.price' }, fail: { handler: 'orders.fail' } },
    });
  });
  after(async () => {
    await local.stop();
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  const wait = (functionName: string) =>
    invoke(
      { functionName, uri: workspaceFile('events/lonely.json'), ...local.connection },
      'invokeAsync.invokeAndWait',
    );
  /** The page of the response, in the only tab that shows one. */
  const page = async (name: string) => {
    const groups = await eventually(
      () => window.tabGroups.all.filter(({ tabs }) => tabs.some(({ label }) => label === name)),
      ({ length }) => length === 1,
    );
    const input = groups[0]?.tabs.find(({ label }) => label === name)?.input;
    assert.ok(input instanceof TabInputText);
    return { column: groups[0]?.viewColumn, document: await workspace.openTextDocument(input.uri) };
  };

  it('shows the result beside the payload, which keeps the focus', async () => {
    await window.showTextDocument(workspaceFile('events/lonely.json'));
    const { response } = await wait('price');
    assert.equal(response?.payload, '{"total":2}');
    const { column, document } = await page('price response.jsonc');
    assert.equal(column, 2);
    assert.equal(document.languageId, 'jsonc');
    assert.match(document.getText(), /\n\{\n {2}"total": 2\n\}\n/);
    assert.match(document.getText(), /\/\/ .*one order/);
    assert.ok(window.activeTextEditor?.document.uri.path.endsWith('events/lonely.json'));
    await screen.waitForRow(/^price, Succeeded/, 'Invocations');
  });

  it('shows an error with its stack in the same column', async () => {
    const { response } = await wait('fail');
    assert.equal(response?.functionError, 'Unhandled');
    const { column, document } = await page('fail response.jsonc');
    assert.equal(column, 2);
    assert.match(document.getText(), /\/\/ TypeError: no such order\n\/\/ {5}at .*orders\.js/);
    await screen.waitForOutput(/200 OK, but the function failed \(Unhandled\)/);
    await screen.waitForRow(/^fail, Failed/, 'Invocations');
  });
});
