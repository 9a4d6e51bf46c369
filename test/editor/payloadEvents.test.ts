import assert from 'node:assert/strict';
import { commands, window, workspace } from 'vscode';
import { completions, fixesOf, labelOf, waitForProblems } from './diagnostics';
import { workspaceFile } from './commands';

const record =
  '{ "messageId": "a", "receiptHandle": "b", "attributes": {}, "eventSource": "aws:sqs" }';

describe('a payload that looks like an event of SQS', () => {
  const uri = workspaceFile('.lambda/payloads/billing/queue.json');
  const targets = workspaceFile('.lambda/targets.json');
  let before: Uint8Array;

  beforeEach(async () => {
    before = await workspace.fs.readFile(targets);
    await workspace.fs.writeFile(uri, Buffer.from(`{ "Records": [${record}, { }] }`));
    await window.showTextDocument(uri);
  });
  afterEach(async () => {
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await workspace.fs.delete(workspaceFile('.lambda/payloads/billing'), { recursive: true });
    await workspace.fs.writeFile(targets, before);
  });

  it('is completed, each key once', async () => {
    const { document } = await window.showTextDocument(uri);
    await waitForProblems(uri, 4);
    const position = document.positionAt(document.getText().indexOf('{ }]') + 2);
    const labels = (await completions(uri, position, 'body')).map(labelOf);
    for (const key of ['messageId', 'body', 'eventSource', 'md5OfBody'])
      assert.equal(labels.filter((label) => label === key).length, 1, key);
  });

  it('gets its schema by a quick fix', async () => {
    const [hint] = await waitForProblems(uri, 4);
    const set = (await fixesOf(uri, hint)).find(({ title }) => title.startsWith('Set Schema'));
    const { command, arguments: given = [] } = set?.command ?? {};
    assert.equal(command, 'invokeAsync.setSchema');
    await commands.executeCommand('invokeAsync.setSchema', ...given);
    const written = Buffer.from(await workspace.fs.readFile(targets)).toString();
    assert.match(written, /"function": "billing",\s+"schema": "aws:sqs"/);
    await waitForProblems(uri, 3);
  });
});
