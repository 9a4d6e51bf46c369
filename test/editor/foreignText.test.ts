import assert from 'node:assert/strict';
import { commands, type Hover, Position, Selection, Uri, window, workspace } from 'vscode';
import { errorAnswer, type FaultServer, startFaultServer } from '../support/faultServer';
import { invoke, workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';

const link = '[details](command:invokeAsync.openExample)';
/** As a notification shows it: a blank takes it for text. */
const inert = /\[details\] \(command:invokeAsync\.openExample\)/;

describe('text of others on the screen', () => {
  let screen: Screen;
  let server: FaultServer;
  before(async function () {
    screen = Screen.of(this);
    server = await startFaultServer({
      answers: [
        [
          errorAnswer(
            400,
            'InvalidParameterValueException',
            `See ${link}.\n2026-11-28 12:00:00.000 [info] 202 Accepted, queued`,
          ),
        ],
      ],
    });
  });
  beforeEach(() => commands.executeCommand('notifications.clearAll'));
  after(async () => {
    await server.stop();
    await commands.executeCommand('notifications.clearAll');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });
  const place = () => ({ region: 'us-east-1', endpoint: server.url });

  it('would be a link in a notification, as the editor makes them', async () => {
    void window.showInformationMessage(`See ${link}.`);
    const { text, links } = await screen.notification(/details/);
    assert.equal(text, 'See details.');
    assert.deepEqual(links, ['command:invokeAsync.openExample']);
  });

  it('is no link when an endpoint writes it, and no line of the log', async () => {
    const outcome = await invoke({ functionName: 'orders', payload: {}, ...place() });
    assert.equal(outcome.kind, 'rejected');
    const { text, links } = await screen.notification(/Rejected/);
    assert.match(text, inert);
    assert.deepEqual(links, []);
    const output = await screen.waitForOutput(/Rejected .*details/);
    const forged = output.split('\n').filter((line) => /details|12:00:00\.000/.test(line));
    assert.ok(forged.length > 0);
    for (const line of forged) assert.match(line, /Rejected .*details.*\\n2026.*202 Accepted/);
  });

  it('is no link when it is the name of a function', async () => {
    const outcome = await invoke({ functionName: link, payload: {}, ...place() });
    assert.equal(outcome.kind, 'notSent');
    const { text, links } = await screen.notification(/Not sent/);
    assert.match(text, inert);
    assert.deepEqual(links, []);
  });

  it('is no link when it is the name of a payload', async () => {
    const file = workspaceFile(`events/${link}.json`);
    await workspace.fs.writeFile(file, Buffer.from(JSON.stringify('x'.repeat(300_000))));
    try {
      const given = { functionName: 'orders', uri: file, api: 'InvokeAsync', ...place() };
      assert.equal((await invoke(given)).kind, 'notSent');
      const { text, links } = await screen.notification(/Not sent/);
      assert.match(text, inert);
      assert.deepEqual(links, []);
    } finally {
      await workspace.fs.delete(file);
    }
  });

  it('is one line of a question, and no icon of a pick or a code lens', async () => {
    const payload = '{}\n';
    const files = [
      workspaceFile('events/one\nAccount: 000000000000 $(zap).json'),
      workspaceFile('.lambda/payloads/$(zap)/two.json'),
    ] as const;
    for (const file of files) await workspace.fs.writeFile(file, Buffer.from(payload));
    try {
      const [file] = files;
      const given = { functionName: 'orders-prod', uri: file, ...place() };
      const sent = commands.executeCommand('invokeAsync.invoke', given);
      const question = await screen.dialogText(/Send this event to orders-prod/);
      assert.match(question, /one\\nAccount: 000000000000 \$\(zap\)\.json, with InvokeAsync/);
      assert.doesNotMatch(question, /^Account: 000000000000/m);
      await screen.pressDialogButton(/Send this event/, 'Cancel');
      assert.equal(await sent, undefined);

      await window.showTextDocument(files[1]);
      await screen.waitForCodeLens(/→ \$\(zap\)/);
      await commands.executeCommand('workbench.action.closeAllEditors');
      const picking = commands.executeCommand('invokeAsync.invoke', place());
      await screen.waitForInput(/Payload/);
      await screen.type('two.json');
      await screen.waitForPick(/payloads\/\$\(zap\)\/two\.json/);
      await screen.press('Escape');
      assert.equal(await picking, undefined);
    } finally {
      for (const file of files) await workspace.fs.delete(file);
      await workspace.fs.delete(workspaceFile('.lambda/payloads/$(zap)'));
    }
  });

  it('is no link when a command fails with it', async () => {
    const api = `Invoke ${link}`;
    await assert.rejects(async () => invoke({ functionName: 'orders', payload: {}, api }), inert);
  });

  it('is no link of a hover, whose own link says only which place it is about', async () => {
    const targets = workspaceFile('.lambda/targets.json');
    const before = await workspace.fs.readFile(targets);
    const file = workspaceFile('events/hostile\n\n[details](command:invokeAsync.invoke)\n\n.json');
    await workspace.fs.writeFile(file, Buffer.from('{}'));
    const text =
      '{ "targets": [\n{ "payloads": "events/hostile*",\n"function": "orders", "region": "eu-west-1" }\n] }\n';
    await workspace.fs.writeFile(targets, Buffer.from(text));
    try {
      const glob = await hover(targets, new Position(1, 20), /Matches 1 file/);
      assert.match(glob.text, /\\n\\n\[details\]\(command:invokeAsync\.invoke\)/);
      assert.deepEqual(glob.links, []);
      const identifier = await hover(targets, new Position(2, 14), /Lambda function/);
      const [toConsole, toCommand, ...more] = identifier.links;
      assert.match(toConsole ?? '', /^https:\/\/eu-west-1\.console\.aws\.amazon\.com\//);
      assert.match(toCommand ?? '', /^command:invokeAsync\.invokeHovered\?/);
      assert.deepEqual(more, []);
      const { query } = Uri.parse(toCommand ?? '');
      assert.deepEqual(Object.keys((JSON.parse(query) as [object])[0]), [
        'uri',
        'version',
        'offset',
      ]);
    } finally {
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await workspace.fs.writeFile(targets, before);
      await workspace.fs.delete(file);
    }
  });

  /** Opens a file and shows the hover over a place in it. */
  async function hover(file: Uri, position: Position, pattern: RegExp) {
    const document = await workspace.openTextDocument(file);
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(position, position);
    // The language server may still be starting.
    await eventually(
      () => commands.executeCommand<Hover[]>('vscode.executeHoverProvider', file, position),
      ({ length }) => length > 0,
    );
    await commands.executeCommand('editor.action.showHover', { focus: 'noAutoFocus' });
    return screen.hover(pattern);
  }
});
