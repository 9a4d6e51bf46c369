import assert from 'node:assert/strict';
import { commands, type TextDocument, Uri, window, workspace } from 'vscode';
import { workspaceFile } from './commands';
import { fixesOf, waitForProblems } from './diagnostics';
import { eventually } from './eventually';
import { Screen } from './screen';

describe('payload files', () => {
  let screen: Screen;
  const targets = workspaceFile('.lambda/targets.json');
  let targetsText: string;

  before(async function () {
    screen = Screen.of(this);
    targetsText = await read(targets);
    await screen.openView('Lambda');
  });
  afterEach(async () => {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('notifications.clearAll');
    await workspace.fs.writeFile(targets, Buffer.from(targetsText));
    for (const name of ['billing', 'invoices', 'archive']) {
      const folder = payload(name, '..');
      await workspace.fs.delete(folder, { recursive: true }).then(undefined, () => undefined);
    }
  });

  it('keeps a new payload, and what was saved in it, when typing is undone', async () => {
    const row = { functionIdentifier: 'billing' };
    const made = commands.executeCommand('invokeAsync.newPayload', row);
    await screen.type('Empty');
    await screen.press('Enter');
    await screen.waitForInput(/New Payload for billing/);
    await screen.type('order');
    await screen.press('Enter');
    await made;
    const document = await shown('order');
    await typeIn('saved');
    await document.save();
    // More often than there is something to undo.
    for (let count = 0; count < 5; count++) await screen.press('Control+z');
    await eventually(
      () => document.getText(),
      (text) => text === '{}\n',
    );
    assert.equal(await read(payload('billing', 'order')), 'saved{}\n');
  });

  it('renames a payload with its unsaved text, and undoing it does not move it back', async () => {
    const [from, to] = [payload('billing', 'a'), payload('billing', 'b')];
    await write(from, '{"n":1}');
    await window.showTextDocument(from);
    await typeIn('unsaved');
    const renamed = commands.executeCommand('invokeAsync.renamePayload', from);
    await screen.waitForInput(/Rename Payload/);
    await screen.type('b');
    await screen.press('Enter');
    await renamed;
    const document = await shown('b');
    assert.equal(document.getText(), 'unsaved{"n":1}');
    assert.ok(document.isDirty);
    assert.equal(await read(to), '{"n":1}');
    for (let count = 0; count < 5; count++) await screen.press('Control+z');
    await eventually(
      () => document.getText(),
      (text) => text === '{"n":1}',
    );
    assert.deepEqual(await namesIn('billing'), ['b.json']);
    const open = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.deepEqual(open, ['b.json']);
  });

  it('loses neither of two payloads that are moved to one name at once', async () => {
    const [one, other] = [payload('billing', 'a'), payload('invoices', 'a')];
    const folder = workspace.workspaceFolders?.[0]?.uri;
    for (let round = 0; round < 10; round++) {
      await write(one, '"one"');
      await write(other, '"other"');
      await Promise.all(
        [one, other].map((uri) =>
          commands.executeCommand('invokeAsync.movePayload', {
            uris: [uri],
            functionName: 'archive',
            folder,
          }),
        ),
      );
      const texts = await Promise.all(
        ['archive', 'billing', 'invoices'].map((name) =>
          read(payload(name, 'a')).catch(() => undefined),
        ),
      );
      const kept = texts.filter((text) => text !== undefined);
      assert.deepEqual(kept.toSorted(), ['"one"', '"other"'], `round ${round}`);
      assert.ok(texts[0], 'one of them was moved');
      await workspace.fs.delete(payload('archive', 'a'));
    }
  });

  it('keeps all of four targets that are written at once', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const folder = workspace.workspaceFolders?.[0]?.uri;
    await Promise.all(
      names.map((name) =>
        commands.executeCommand('invokeAsync.movePayload', {
          uris: [workspaceFile(`events/${name}.json`)],
          functionName: `to-${name}`,
          folder,
        }),
      ),
    );
    const { targets: written } = JSON.parse(await read(targets)) as {
      targets: { payloads: string; function: string }[];
    };
    assert.deepEqual(written.map((target) => `${target.payloads} ${target.function}`).toSorted(), [
      ...names.map((name) => `events/${name}.json to-${name}`),
      'events/placed.json echo:live',
    ]);
  });

  it('keeps the targets.json that a quick fix has made when its text is undone', async () => {
    await workspace.fs.delete(targets);
    const large = payload('billing', 'large');
    await write(large, JSON.stringify('x'.repeat(300 * 1024)));
    await window.showTextDocument(large);
    const [problem] = await waitForProblems(large, 1);
    const [fix] = await fixesOf(large, problem);
    const { command } = fix ?? {};
    assert.ok(command);
    await commands.executeCommand(command.command, ...(command.arguments ?? []));
    await waitForProblems(large, 0);
    const written = await read(targets);
    assert.deepEqual(JSON.parse(written), {
      targets: [
        { payloads: '.lambda/payloads/billing/large.json', function: 'billing', api: 'Invoke' },
      ],
    });
    const document = await workspace.openTextDocument(targets);
    await window.showTextDocument(document);
    await typeIn(' ');
    await eventually(
      () => document.getText(),
      (text) => text === ` ${written}`,
    );
    for (let count = 0; count < 5; count++) await screen.press('Control+z');
    // The editor remembers what stood in a file of that name before: it may go back further than the space.
    await eventually(
      () => document.getText(),
      (text) => text !== ` ${written}`,
    );
    assert.equal(await read(targets), written);
  });

  it('lets nobody have another target, or that of a payload that fits, written', async () => {
    const fits = payload('billing', 'fits');
    await write(fits, '{}');
    await window.showTextDocument(fits);
    for (const argument of [
      { uri: fits.toString() },
      { uri: fits.toString(), function: 'other', endpoint: 'https://example.invalid' },
      { uri: 'https://example.invalid/' },
      { uri: 1 },
      undefined,
    ]) {
      await commands.executeCommand('invokeAsync.useInvoke', argument);
    }
    assert.equal(await read(targets), targetsText);
  });

  async function shown(name: string): Promise<TextDocument> {
    const editor = await eventually(
      () => window.activeTextEditor,
      (active) => active?.document.uri.path.endsWith(`/${name}.json`) ?? false,
    );
    assert.ok(editor);
    return editor.document;
  }

  /** At the beginning of the active editor. */
  async function typeIn(text: string): Promise<void> {
    await commands.executeCommand('cursorTop');
    await commands.executeCommand('type', { text });
  }
});

function payload(functionName: string, name: string): Uri {
  const folder = workspaceFile(`.lambda/payloads/${functionName}`);
  return name === '..' ? folder : Uri.joinPath(folder, `${name}.json`);
}

async function namesIn(functionName: string): Promise<string[]> {
  const entries = await workspace.fs.readDirectory(payload(functionName, '..'));
  return entries.map(([name]) => name).toSorted();
}

async function read(uri: Uri): Promise<string> {
  return Buffer.from(await workspace.fs.readFile(uri)).toString();
}

async function write(uri: Uri, text: string): Promise<void> {
  await workspace.fs.writeFile(uri, Buffer.from(text));
}
