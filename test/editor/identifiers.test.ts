import assert from 'node:assert/strict';
import { commands, type Hover, type MarkdownString, Range, window, workspace } from 'vscode';
import type { Outcome } from '../../src/core/invocation/outcome';
import { startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { invoke, set, workspaceFile } from './commands';
import { codeOf, completions, fixesOf, labelOf, waitForProblems } from './diagnostics';
import { eventually } from './eventually';
import { Screen } from './screen';

const right = 'arn:aws:lambda:us-east-1:123456789012:function:orders';
const wrong = right.replace('123456789012', '1234-5678-9012');
const script = (identifier: string) => `aws lambda get-function --function-name "${identifier}"\n`;

describe('function identifiers', () => {
  const file = workspaceFile('deploy.sh');

  afterEach(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await workspace.fs.delete(file);
  });

  it('are underlined in any file, and put right by the quick fix', async () => {
    await workspace.fs.writeFile(file, Buffer.from(script(wrong)));
    const document = await workspace.openTextDocument(file);
    await window.showTextDocument(document);
    const [problem] = await waitForProblems(file, 1);
    assert.equal(problem && codeOf(problem), 'identifier.malformed');
    const [fix] = await fixesOf(file, problem);
    assert.ok(fix?.edit);
    await workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), script(right));
    await waitForProblems(file, 0);
    await document.save();
  });

  it('are explained by a hover, which links to the command and to nothing else of ours', async () => {
    await workspace.fs.writeFile(file, Buffer.from(script(right)));
    const document = await workspace.openTextDocument(file);
    const position = document.positionAt(document.getText().indexOf('function:orders'));
    // The language server may still be starting.
    const hovers = await eventually(
      () => commands.executeCommand<Hover[]>('vscode.executeHoverProvider', file, position),
      ({ length }) => length > 0,
    );
    const [content] = hovers.flatMap(({ contents }) => contents as MarkdownString[]);
    assert.ok(content);
    assert.match(content.value, /account `123456789012`/);
    assert.match(
      content.value,
      /\[Invoke Async with this function\]\(command:invokeAsync\.invokeHovered\?/,
    );
    assert.deepEqual(content.isTrusted, { enabledCommands: ['invokeAsync.invokeHovered'] });
  });

  it('get an event from the link of their hover, with a payload that is picked', async function () {
    const screen = Screen.of(this);
    await workspace.fs.writeFile(file, Buffer.from(script(right)));
    const document = await workspace.openTextDocument(file);
    await window.showTextDocument(document);
    const offset = document.getText().indexOf(right);
    const place = { uri: file.toString(), version: document.version, offset };
    const server = await startFaultServer(faults.accepts);
    const restore = await set({ endpoint: server.url }, { ofUser: true });
    try {
      const follow = (link: object) =>
        commands.executeCommand<Outcome | undefined>('invokeAsync.invokeHovered', link);
      const outdated = { ...place, version: document.version - 1 };
      assert.equal(await follow(outdated), undefined);
      await screen.notification(/The document has changed/);
      // Whatever else a link may say.
      const sent = follow({ ...place, functionName: 'other', payload: {}, region: 'eu-west-1' });
      await screen.waitForInput(/Payload/);
      await screen.type('events/placed.json');
      await screen.press('Enter');
      const outcome = await sent;
      assert.equal(outcome?.kind, 'accepted');
      assert.equal(outcome.functionName, right);
      assert.equal(server.requests.length, 1);
    } finally {
      await restore();
      await server.stop();
    }
  });

  it('are completed in .lambda/targets.json from the functions that were invoked here', async () => {
    await workspace.fs.writeFile(file, Buffer.from(''));
    const server = await startFaultServer(faults.accepts);
    const functionName = 'completed-later';
    await invoke({ functionName, payload: {}, region: 'us-east-1', endpoint: server.url });
    await server.stop();
    const targets = await workspace.openTextDocument(workspaceFile('.lambda/targets.json'));
    const value = /"function"\s*:\s*"/.exec(targets.getText());
    assert.ok(value);
    const position = targets.positionAt(value.index + value[0].length);
    const items = await completions(targets.uri, position, functionName);
    const item = items.find((completion) => labelOf(completion) === functionName);
    assert.equal(item?.detail, 'invoked recently');
    assert.ok(item.range instanceof Range && item.range.contains(position));
  });
});
