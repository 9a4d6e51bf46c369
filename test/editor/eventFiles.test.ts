import assert from 'node:assert/strict';
import { commands, type Uri, window, workspace } from 'vscode';
import { workspaceFile } from './commands';
import { codeOf, fixesOf, waitForProblems } from './diagnostics';

describe('a file of JSON Lines', () => {
  const eventFile = workspaceFile('.lambda/payloads/replays/orders.jsonl');
  const data = workspaceFile('data/train.ndjson');
  const text = '{ "id": 1 }\n\n{ "id": 2, }\n{ "id": 3 }\n';

  beforeEach(async () => {
    for (const uri of [eventFile, data]) await workspace.fs.writeFile(uri, Buffer.from(text));
  });
  afterEach(async () => {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const folder of ['.lambda/payloads/replays', 'data'])
      await workspace.fs.delete(workspaceFile(folder), { recursive: true });
  });

  const languageOf = async (uri: Uri) => (await window.showTextDocument(uri)).document.languageId;

  it('has its lines checked where payloads lie, and is left alone elsewhere', async () => {
    // The editor knows the language by itself: nothing is contributed for it.
    assert.equal(await languageOf(data), 'jsonl');
    assert.equal(await languageOf(eventFile), 'jsonl');
    const [problem, ...others] = await waitForProblems(eventFile, 1);
    assert.deepEqual(others, []);
    assert.equal(problem && codeOf(problem), 'payload.syntax');
    assert.equal(problem?.range.start.line, 2);
    await waitForProblems(data, 0);
  });

  it('gets the fix of a line by a quick fix', async () => {
    const { document } = await window.showTextDocument(eventFile);
    const [problem] = await waitForProblems(eventFile, 1);
    const [fix] = await fixesOf(eventFile, problem);
    assert.equal(fix?.title, 'Delete the comma');
    assert.ok(fix.edit && (await workspace.applyEdit(fix.edit)));
    assert.equal(document.lineAt(2).text, '{ "id": 2 }');
    await waitForProblems(eventFile, 0);
  });
});
