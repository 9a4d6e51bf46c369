import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { commands, type Uri, window, workspace } from 'vscode';
import type { Outcome } from '../../src/core/invocation/outcome';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { invoke, workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';

describe('a targets.json that cannot be used', () => {
  let screen: Screen;
  let server: FaultServer;
  const targets = workspaceFile('.lambda/targets.json');
  /** Its folder names a function, which must not get what an entry with an error was meant to send elsewhere. */
  const payload = workspaceFile('.lambda/payloads/echo/first.json');
  let targetsText: string;

  before(async function () {
    screen = Screen.of(this);
    targetsText = await read(targets);
    await screen.openView('Lambda');
  });
  beforeEach(async () => {
    server = await startFaultServer(faults.accepts);
  });
  afterEach(async () => {
    await server.stop();
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('notifications.clearAll');
    await workspace.fs.delete(targets, { recursive: true });
    await write(targets, targetsText);
  });

  const send = async (): Promise<Outcome> =>
    invoke({ uri: payload, endpoint: server.url, region: 'us-east-1' });

  it('stops the event, says why, and opens at the error', async () => {
    await write(
      targets,
      '{ "targets": [\n  { "payloads": "**/first.json", "function": "other", "profil": "dev" }\n] }',
    );
    await screen.waitForRow(/^Not sent: targets\.json has an error/, 'Payloads');
    await window.showTextDocument(payload);
    await screen.waitForCodeLens(/targets\.json has an error: nothing is sent/);
    const outcome = await send();
    assert.equal(outcome.kind, 'notSent');
    assert.equal(outcome.error?.name, 'TargetsError');
    assert.match(outcome.error.message, /Line 2: Unknown key "profil"\.$/);
    await screen.pressNotificationButton(/targets\.json has an error/, 'Open targets.json');
    await eventually(
      () => window.activeTextEditor,
      (editor) =>
        editor?.document.uri.path === targets.path &&
        editor.document.getText(editor.selection) === '"profil"',
    );
    assert.equal(server.requests.length, 0);
    await write(targets, targetsText);
    assert.equal((await send()).kind, 'accepted', 'as soon as it is right again');
  });

  it('stops the event when it cannot be read', async () => {
    const unreadable: Readonly<Record<string, readonly [() => Thenable<void>, RegExp]>> = {
      folder: [() => workspace.fs.createDirectory(targets), /It is a folder/],
      link: [() => symlink('gone.json', targets.fsPath), /a broken link/],
      large: [() => write(targets, ' '.repeat(2 * 1024 * 1024)), /larger than/],
      latin1: [
        () => workspace.fs.writeFile(targets, Buffer.from('{ "targets": [] } // é', 'latin1')),
        /not UTF-8/,
      ],
    };
    for (const [name, [put, reason]] of Object.entries(unreadable)) {
      await workspace.fs.delete(targets, { recursive: true });
      await put();
      const outcome = await send();
      assert.equal(outcome.kind, 'notSent', name);
      assert.match(outcome.error?.message ?? '', reason);
    }
    assert.equal(server.requests.length, 0);
    await workspace.fs.delete(targets, { recursive: true });
    assert.equal((await send()).kind, 'accepted', 'no file names no targets');
    await write(targets, targetsText);
  });

  it('is left as it is, and so is what was to move by it', async () => {
    const broken = '{ "targets": [ // not done yet\n';
    await write(targets, broken);
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const drop = { uris: [payload], functionName: 'archive', folder };
    await commands.executeCommand('invokeAsync.movePayload', drop);
    await screen.pressNotificationButton(/not valid JSON/, 'Open targets.json');
    const unplaced = { uris: [workspaceFile('events/lonely.json')], functionName: 'f', folder };
    await commands.executeCommand('invokeAsync.movePayload', unplaced);
    await commands.executeCommand('invokeAsync.setTarget', payload);
    await commands.executeCommand('invokeAsync.renamePayload', payload);
    assert.equal(await read(targets), broken);
    assert.equal((await workspace.fs.stat(payload)).size > 0, true);
  });
});

async function read(uri: Uri): Promise<string> {
  return Buffer.from(await workspace.fs.readFile(uri)).toString();
}

async function write(uri: Uri, text: string): Promise<void> {
  await workspace.fs.writeFile(uri, Buffer.from(text));
}
