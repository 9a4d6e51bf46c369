import assert from 'node:assert/strict';
import { commands, Selection, window, workspace } from 'vscode';
import type { Outcome } from '../../src/core/invocation/outcome';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { set, workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';

describe('JSON with comments, and JSON that is no file', () => {
  let screen: Screen;
  let server: FaultServer;
  let restore: () => Promise<void>;
  const invokeKey = 'Control+Alt+Enter';

  before(async function () {
    screen = Screen.of(this);
    server = await startFaultServer(faults.accepts);
    restore = await set({ endpoint: server.url, region: 'us-east-1' }, { ofUser: true });
  });
  after(async () => {
    await restore();
    await server.stop();
  });
  afterEach(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('notifications.clearAll');
  });

  /** Where the next event goes, and what it is. */
  const sentBy = async (action: () => Promise<unknown>) => {
    const events = () => server.requests.filter(({ method }) => method === 'POST');
    const before = events().length;
    await action();
    const sent = await eventually(events, (all) => all.length > before);
    const { path = '', body } = sent.at(-1) ?? {};
    return { functionName: /functions\/([^/]+)/.exec(path)?.[1], body: body?.toString() };
  };
  const pickFunction = async (name: string) => {
    await screen.waitForInput(/Select a function to send/);
    await screen.type(name);
    await screen.waitForActivePick(new RegExp(name));
    await screen.press('Enter');
  };

  it('sends a .jsonc file by key without its comments, and leaves the file as it is', async () => {
    const uri = workspaceFile('.lambda/payloads/echo/commented.jsonc');
    const text = '{\n  // the shop\n  "id": 1,\n}\n';
    await workspace.fs.writeFile(uri, Buffer.from(text));
    await window.showTextDocument(uri);
    const { functionName, body } = await sentBy(() => screen.press(invokeKey));
    assert.deepEqual([functionName, body], ['echo', '{\n  \n  "id": 1\n}\n']);
    await screen.waitForOutput(/commented\.jsonc: sent without its comments and trailing commas\./);
    assert.equal(Buffer.from(await workspace.fs.readFile(uri)).toString(), text);
    await workspace.fs.delete(uri);
  });

  it('sends what was pasted into a new text, by key', async () => {
    const document = await workspace.openTextDocument({
      language: 'plaintext',
      content: '{ "pasted": 1 } // from a ticket',
    });
    await window.showTextDocument(document);
    const { functionName, body } = await sentBy(async () => {
      await screen.press(invokeKey);
      await pickFunction('pasted-function');
    });
    assert.deepEqual([functionName, body], ['pasted-function', '{ "pasted": 1 } ']);
    await screen.waitForOutput(/Untitled-\d+: sent without its comments\./);
    // The output may be the active editor by now.
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('sends what is selected in a log', async () => {
    const uri = workspaceFile('order.log');
    await workspace.fs.writeFile(uri, Buffer.from('send({ "selected": 1 /* n */ });'));
    const editor = await window.showTextDocument(uri);
    editor.selection = new Selection(0, 5, 0, 30);
    let outcome: Thenable<Outcome | undefined> | undefined;
    const { functionName, body } = await sentBy(async () => {
      outcome = commands.executeCommand<Outcome | undefined>('invokeAsync.sendSelection');
      await pickFunction('selected-function');
    });
    assert.deepEqual([functionName, body], ['selected-function', '{ "selected": 1   }']);
    assert.equal((await outcome)?.kind, 'accepted');
    await screen.waitForOutput(/→ selected-function · selection in order\.log/);
    await workspace.fs.delete(uri);
  });
});
