import assert from 'node:assert/strict';
import { commands, DiagnosticTag, type Uri, window, workspace } from 'vscode';
import type { FindDeprecatedResult } from '../../src/protocol/messages';
import { workspaceFile } from './commands';
import { codeOf, fixesOf, waitForProblems } from './diagnostics';
import { Screen } from './screen';

const use = `const AWS = require('aws-sdk');
new AWS.Lambda().invokeAsync({ FunctionName: 'orders', InvokeArgs: '{}' }, done);
`;
const replaced = `const AWS = require('aws-sdk');
new AWS.Lambda().invoke({ FunctionName: 'orders', InvocationType: 'Event', Payload: '{}' }, done);
`;
const byHand = `const AWS = require('aws-sdk');
new AWS.Lambda().invokeAsync(input, done);
`;

describe('uses of InvokeAsync', () => {
  let folder: Uri;
  let first: Uri;
  let second: Uri;
  let left: Uri;
  let ignored: Uri;
  let count = 0;

  beforeEach(async () => {
    // A folder of its own for each test: the editor keeps closed documents for a while.
    const path = `old${count++}`;
    folder = workspaceFile(path);
    const write = async (name: string, text: string) => {
      const uri = workspaceFile(`${path}/${name}`);
      await workspace.fs.writeFile(uri, Buffer.from(text));
      return uri;
    };
    const watcher = workspace.createFileSystemWatcher(`**/${path}/left.js`);
    const seen = new Promise((resolve) => watcher.onDidCreate(resolve));
    await write('.gitignore', 'built\n');
    first = await write('first.js', use);
    second = await write('second.js', use);
    ignored = await write('built/ignored.js', use);
    left = await write('left.js', byHand);
    // A change that the editor hears of during a preview would end it.
    await seen;
    watcher.dispose();
  });
  afterEach(async () => {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('notifications.clearAll');
    await workspace.fs.delete(folder, { recursive: true });
  });

  it('are struck through in an open file, and replaced by the quick fix', async () => {
    const document = await workspace.openTextDocument(first);
    await window.showTextDocument(document);
    const [problem] = await waitForProblems(first, 1);
    assert.equal(problem && codeOf(problem), 'deprecated.invoke-async');
    assert.deepEqual(problem?.tags, [DiagnosticTag.Deprecated]);
    const actions = await fixesOf(first, problem);
    const fix = actions.find(({ title }) => title.startsWith('Replace with invoke()'));
    assert.ok(fix?.isPreferred && fix.edit);
    await workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), replaced);
    await waitForProblems(first, 0);
  });

  it('are all replaced in a file when it is saved, where the user says so', async () => {
    const section = workspace.getConfiguration('editor');
    await section.update('codeActionsOnSave', { 'source.fixAll.invokeAsync': 'explicit' });
    try {
      const document = await workspace.openTextDocument(first);
      const editor = await window.showTextDocument(document);
      await waitForProblems(first, 1);
      await editor.edit((edit) =>
        edit.insert(document.positionAt(use.length), use.split('\n')[1] ?? ''),
      );
      await waitForProblems(first, 2);
      await document.save();
      assert.equal(document.getText(), replaced + (replaced.split('\n')[1] ?? ''));
    } finally {
      await section.update('codeActionsOnSave', undefined);
    }
  });

  it('are found in the whole workspace, in files that are not open, too', async function () {
    const screen = Screen.of(this);
    const found = await commands.executeCommand<FindDeprecatedResult>('invokeAsync.findDeprecated');
    assert.equal(found.uses, 3);
    assert.equal(found.certain, 2);
    for (const uri of [first, second, left]) await waitForProblems(uri, 1);
    await waitForProblems(ignored, 0);
    await screen.waitForPanelRow(/first\.js/);
    await screen.pressNotificationButton(/3 uses of InvokeAsync in 3 files/, 'Show Output');
    await screen.waitForOutput(/AWS SDK for JavaScript v2: 3/);
  });

  it('are replaced together through the preview, and what is left is reported', async function () {
    const screen = Screen.of(this);
    const migration = commands.executeCommand<boolean>('invokeAsync.migrateDeprecated');
    await screen.answerPreview(/first\.js/, 'Apply');
    assert.equal(await migration, true);
    for (const uri of [first, second]) {
      assert.equal((await workspace.openTextDocument(uri)).getText(), replaced);
    }
    assert.equal((await workspace.openTextDocument(left)).getText(), byHand);
    assert.equal(await textOnDisk(ignored), use);
    await screen.pressNotificationButton(/1 use needs a manual change/, 'Show Output');
    await screen.waitForOutput(/old\d\/left\.js:2:18 .*Not replaced automatically: /);
  });

  it('stay as they are in a file that the editor shows otherwise than it was searched', async function () {
    const screen = Screen.of(this);
    // Read as UTF-8, it is another text, and saving that would write another one back.
    const latin1 = Buffer.from(`// é\n${use}`, 'latin1');
    const other = folder.with({ path: `${folder.path}/latin1.js` });
    await workspace.fs.writeFile(other, latin1);
    const migration = commands.executeCommand<boolean>('invokeAsync.migrateDeprecated');
    await screen.answerPreview(/first\.js/, 'Apply');
    assert.equal(await migration, true);
    assert.equal((await workspace.openTextDocument(first)).getText(), replaced);
    assert.deepEqual(Buffer.from(await workspace.fs.readFile(other)), latin1);
    await screen.pressNotificationButton(/1 file was left as it is/, 'Show Output');
    await screen.waitForOutput(/Replaced 2 uses in 2 files, as selected in the preview/);
    await screen.waitForOutput(/old\d\/latin1\.js has changed, or is open in another encoding/);
  });

  it('stay as they are when the preview is discarded', async function () {
    const screen = Screen.of(this);
    const migration = commands.executeCommand<boolean>('invokeAsync.migrateDeprecated');
    await screen.answerPreview(/first\.js/, 'Discard');
    assert.equal(await migration, false);
    assert.equal(await textOnDisk(first), use);
  });
});

async function textOnDisk(uri: Uri): Promise<string> {
  return Buffer.from(await workspace.fs.readFile(uri)).toString();
}
