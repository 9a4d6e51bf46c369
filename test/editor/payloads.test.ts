import assert from 'node:assert/strict';
import {
  commands,
  env,
  FileType,
  Range,
  Selection,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { Outcome } from '../../src/core/invocation/outcome';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { set, workspaceFile } from './commands';
import { eventually } from './eventually';
import { OneCaseFiles } from './oneCaseFiles';
import { Screen } from './screen';

describe('Payloads view', () => {
  let screen: Screen;
  /** Rows that other tests rely on, below those that these tests add. */
  const byFolder = ['echo', 'first', 'unicode'];
  const others = [...byFolder, 'echo:live', 'placed'];
  const withoutTarget = ['No target function', 'latin1', 'lonely', 'malformed'];
  /** The same rows where targets.json says nothing of them. */
  const othersByFolder = [...byFolder, ...withoutTarget, 'placed'];
  const targets = workspaceFile('.lambda/targets.json');
  let targetsText: string;

  before(async function () {
    screen = Screen.of(this);
    targetsText = await read('.lambda/targets.json');
    await screen.openView('Lambda');
    await screen.waitForRows([...others, ...withoutTarget]);
  });
  afterEach(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('notifications.clearAll');
    await workspace.fs.writeFile(targets, Buffer.from(targetsText));
    for (const name of ['billing', 'archive']) {
      const folder = workspaceFile(`.lambda/payloads/${name}`);
      if (await exists(`.lambda/payloads/${name}`)) {
        await workspace.fs.delete(folder, { recursive: true });
      }
    }
    await screen.waitForRows([...others, ...withoutTarget]);
  });

  // A test that goes on by key or click writes one file at a time and waits for its rows: with a second change the
  // view may be drawn once more when its rows are right already, and while it is drawn it has no selection.

  /** Clicks a payload and waits until its file is open: one that opens later would close the question of the next key. */
  const openRow = async (name: string) => {
    const opened = new Promise<void>((resolve) => {
      const listener = window.onDidChangeActiveTextEditor((editor) => {
        if (!editor?.document.uri.path.endsWith(`/${name}.json`)) return;
        listener.dispose();
        resolve();
      });
    });
    await screen.clickRow(name);
    await opened;
  };
  /** Answers the questions for a new payload. */
  const nameNew = async (functionName: string, name: string) => {
    await screen.waitForInput(/Select a function for the new payload$/);
    await screen.type(functionName);
    await screen.waitForActivePick(new RegExp(functionName));
    await screen.press('Enter');
    await screen.waitForInput(new RegExp(`New Payload for ${functionName}`));
    await screen.type(name);
    await screen.press('Enter');
  };

  it('makes a payload from a sample event, for a function that is typed', async () => {
    void commands.executeCommand('invokeAsync.newPayload');
    await screen.type('fifo');
    await screen.waitForActivePick(/SQS FIFO/);
    await screen.press('Enter');
    await nameNew('billing', 'first batch');
    await screen.waitForRows(['billing', 'first batch', ...others, ...withoutTarget]);
    const { Records } = JSON.parse(await read('.lambda/payloads/billing/first batch.json')) as {
      Records: unknown[];
    };
    assert.equal(Records.length, 1);
    assert.equal(await read('.lambda/targets.json'), targetsText, 'the folder says it already');
    await screen.waitForCodeLens(/Invoke Async → billing.*Set Target/);
  });

  it('writes a target for a function that no folder can name, and never over a file', async () => {
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:billing';
    const row = { functionIdentifier: arn };
    void commands.executeCommand('invokeAsync.newPayload', row);
    await screen.type('Empty');
    await screen.press('Enter');
    await screen.waitForInput(/New Payload for arn:/);
    await screen.type('a');
    await screen.press('Enter');
    await screen.waitForRows(['billing', 'a', ...others, ...withoutTarget]);
    assert.match(await read('.lambda/targets.json'), new RegExp(arn));
    await screen.waitForCodeLens(/Invoke Async → billing · eu-west-1/);
    void commands.executeCommand('invokeAsync.newPayload', row);
    await screen.type('Order');
    await screen.press('Enter');
    await screen.waitForInput(/New Payload for arn:/);
    await screen.waitForInputMessage('a', /a\.json already exists/);
    await screen.press('Enter');
    await screen.press('Escape');
    assert.equal(await read('.lambda/payloads/billing/a.json'), '{}\n');
  });

  it('renames with F2, and the entry of the payload in targets.json follows', async () => {
    await write('.lambda/payloads/billing/a.json', '{}');
    await screen.waitForRows(['billing', 'a', ...others, ...withoutTarget]);
    await write(
      '.lambda/targets.json',
      '{ "targets": [{ "payloads": ".lambda/payloads/billing/a.json", "function": "billing" }] } // kept',
    );
    await screen.waitForRows(['billing', 'a', ...othersByFolder]);
    await openRow('a');
    await screen.press('F2');
    await screen.waitForInput(/Rename Payload/);
    await screen.type('b');
    await screen.press('Enter');
    await screen.waitForRows(['billing', 'b', ...othersByFolder]);
    const followed =
      '{ "targets": [{ "payloads": ".lambda/payloads/billing/b.json", "function": "billing" }] } // kept';
    await eventually(
      () => read('.lambda/targets.json'),
      (text) => text === followed,
    );
  });

  it('renames to other capitals where both are one file, and never over another', async () => {
    const files = new OneCaseFiles();
    const registered = workspace.registerFileSystemProvider('one-case', files, {
      isCaseSensitive: false,
    });
    const uri = Uri.parse('one-case:/order.json');
    for (const name of ['order', 'other']) {
      await workspace.fs.writeFile(uri.with({ path: `/${name}.json` }), Buffer.from('{}'));
    }
    // A tree that is drawn anew takes the focus, and the box goes with it: then it is asked for again.
    const rename = async (): Promise<unknown> => {
      await commands.executeCommand('invokeAsync.renamePayload', { uri });
      return files.names.includes('Order.json') || rename();
    };
    const renamed = rename();
    await screen.waitForInput(/Rename Payload/);
    await screen.waitForInputMessage('Other', /Other\.json already exists/);
    await screen.waitForInputMessage('Order', /Payload name/);
    await screen.press('Enter');
    await renamed;
    registered.dispose();
    assert.deepEqual(files.names, ['Order.json', 'other.json']);
  });

  it('duplicates, and deletes after a question', async () => {
    await write('.lambda/payloads/billing/a.json', '{"n":1}');
    await screen.waitForRows(['billing', 'a', ...others, ...withoutTarget]);
    await screen.contextMenu('a');
    await screen.chooseMenuItem('Duplicate');
    await screen.waitForRows(['billing', 'a', 'a copy', ...others, ...withoutTarget]);
    assert.equal(await read('.lambda/payloads/billing/a copy.json'), '{"n":1}');
    await screen.contextMenu('a copy');
    await screen.chooseMenuItem('Delete');
    await screen.pressDialogButton(/Delete 'a copy\.json'/, 'Cancel');
    assert.ok(await exists('.lambda/payloads/billing/a copy.json'));
    await openRow('a copy');
    await screen.press('Delete');
    await screen.pressDialogButton(/Delete 'a copy\.json'/, 'Move to Trash');
    // The file system of a remote machine has no trash.
    await screen.pressDialogButton(/permanently/, 'Delete');
    await screen.waitForRows(['billing', 'a', ...others, ...withoutTarget]);
  });

  it('renames the row that the arrow keys have gone to, and not the one that was clicked', async () => {
    await write('.lambda/payloads/billing/a.json', '{"n":1}');
    await screen.waitForRows(['billing', 'a', ...others, ...withoutTarget]);
    await write('.lambda/payloads/billing/b.json', '{"n":2}');
    await screen.waitForRows(['billing', 'a', 'b', ...others, ...withoutTarget]);
    await openRow('a');
    await screen.press('ArrowDown');
    await screen.press('F2');
    await screen.waitForInput(/Rename Payload/);
    await screen.type('c');
    await screen.press('Enter');
    await screen.waitForRows(['billing', 'a', 'c', ...others, ...withoutTarget]);
    assert.equal(await read('.lambda/payloads/billing/c.json'), '{"n":2}');
  });

  it('deletes the row that the arrow keys have gone to, and not the one that was clicked', async () => {
    await write('.lambda/payloads/billing/a.json', '{}');
    await screen.waitForRows(['billing', 'a', ...others, ...withoutTarget]);
    await write('.lambda/payloads/billing/b.json', '{}');
    await screen.waitForRows(['billing', 'a', 'b', ...others, ...withoutTarget]);
    await openRow('a');
    await screen.press('ArrowDown');
    await screen.press('Delete');
    await screen.pressDialogButton(/Delete 'b\.json'/, 'Cancel');
  });

  it('deletes all that are selected, and renames the focused one of them', async () => {
    await write('.lambda/payloads/billing/a.json', '{}');
    await screen.waitForRows(['billing', 'a', ...others, ...withoutTarget]);
    await write('.lambda/payloads/billing/b.json', '{}');
    await screen.waitForRows(['billing', 'a', 'b', ...others, ...withoutTarget]);
    await openRow('a');
    await screen.press('Shift+ArrowDown');
    await screen.press('Delete');
    await screen.pressDialogButton(/Delete 2 payloads/, 'Cancel');
    await screen.press('F2');
    await screen.waitForInput(/Rename Payload/);
    await screen.type('c');
    await screen.press('Enter');
    await screen.waitForRows(['billing', 'a', 'c', ...others, ...withoutTarget]);
  });

  it('asks nothing about the file in the editor while the row of a function is focused', async () => {
    await openRow('lonely');
    await screen.clickRow('echo');
    await screen.waitForRows(['echo', ...others.slice(byFolder.length), ...withoutTarget]);
    await screen.clickRow('echo');
    await screen.waitForRows([...others, ...withoutTarget]);
    await screen.press('F2');
    await screen.press('Delete');
    // A question would keep this key, or one of these commands, waiting.
    await screen.press('ArrowDown');
    await screen.press('F2');
    await screen.waitForInputValue(/^first$/);
    await screen.press('Escape');
    await commands.executeCommand('invokeAsync.renamePayload', [undefined]);
    await commands.executeCommand('invokeAsync.deletePayload', [undefined]);
  });

  it('says what a key needs that the user has bound without its arguments', async () => {
    await commands.executeCommand('invokeAsync.deletePayload');
    await screen.notification(/this key binding requires: "args".*focusedTreeItem/);
  });

  it('moves a payload by dragging, and writes a target for one that stands elsewhere', async () => {
    await write('.lambda/payloads/billing/a.json', '{}');
    await screen.waitForRows(['billing', 'a', ...others, ...withoutTarget]);
    await write('.lambda/payloads/archive/b.json', '{}');
    await screen.waitForRows(['archive', 'b', 'billing', 'a', ...others, ...withoutTarget]);
    await screen.dragRow('a', 'archive');
    await screen.waitForRows(['archive', 'a', 'b', ...others, ...withoutTarget]);
    assert.ok(await exists('.lambda/payloads/archive/a.json'));
    await screen.dragRow('lonely', 'archive');
    await screen.waitForRows([
      'archive',
      'a',
      'b',
      'lonely',
      ...others,
      'No target function',
      'latin1',
      'malformed',
    ]);
    assert.ok(await exists('events/lonely.json'), 'the file stays where it is');
    assert.match(await read('.lambda/targets.json'), /"payloads": "events\/lonely\.json"/);
  });

  it('sets the target by right click', async () => {
    await screen.contextMenu('malformed');
    await screen.chooseMenuItemForInput(
      'Set Target Function…',
      /Select a target function for events\/malformed\.json/,
    );
    await screen.type('echo:live');
    await screen.waitForActivePick(/echo:live/);
    await screen.press('Enter');
    await screen.waitForRows([
      ...others.slice(0, 4),
      'malformed',
      'placed',
      'No target function',
      'latin1',
      'lonely',
    ]);
  });

  it('follows a whole folder that comes and goes', async () => {
    await write('.lambda/payloads/billing/a.json', '{}');
    await write('.lambda/payloads/billing/b.json', '{}');
    await screen.waitForRows(['billing', 'a', 'b', ...others, ...withoutTarget]);
    const [from, to] = ['billing', 'archive'].map((name) =>
      workspaceFile(`.lambda/payloads/${name}`),
    );
    assert.ok(from && to);
    await workspace.fs.rename(from, to);
    await screen.waitForRows(['archive', 'a', 'b', ...others, ...withoutTarget]);
    await workspace.fs.delete(to, { recursive: true });
    await screen.waitForRows([...others, ...withoutTarget]);
  });

  it('follows the folder of all payloads and targets, which goes and comes back', async () => {
    const [here, away] = [workspaceFile('.lambda'), workspaceFile('.away')];
    await workspace.fs.rename(here, away);
    await screen.waitForRows([...withoutTarget, 'placed']);
    await workspace.fs.rename(away, here);
    await screen.waitForRows([...others, ...withoutTarget]);
  });

  it('copies the path of a payload', async () => {
    const placed = workspaceFile('events/placed.json');
    await screen.contextMenu('placed');
    await screen.chooseMenuItem('Copy Path');
    await eventually(
      () => env.clipboard.readText(),
      (text) => text === placed.fsPath,
    );
  });

  it('says what a payload is when there is none, with buttons to make one', async () => {
    const restore = await set({ 'payloads.include': ['none/*.json'] });
    await screen.waitForRows([]);
    await screen.pressViewButton('New Payload');
    await screen.waitForInput(/New Payload/);
    await screen.press('Escape');
    await restore();
  });

  describe('sending', () => {
    let server: FaultServer;
    beforeEach(async () => {
      server = await startFaultServer(faults.accepts);
    });
    afterEach(() => server.stop());

    /** By the user's own settings: those of a workspace are asked about. */
    const sendHere = async () => {
      const section = workspace.getConfiguration('invokeAsync');
      await section.update('endpoint', server.url, true);
      await section.update('region', 'us-east-1', true);
    };
    const invokeAllOfTwo = async () => {
      await write('.lambda/payloads/billing/a.json', '{"n":1}');
      await screen.waitForRows(['billing', 'a', ...others, ...withoutTarget]);
      await write('.lambda/payloads/billing/b.json', '{"n":2}');
      await screen.waitForRows(['billing', 'a', 'b', ...others, ...withoutTarget]);
      await screen.contextMenu('billing');
      await screen.chooseMenuItem('Invoke All');
    };

    it('sends all payloads of a function, with a summary', async () => {
      const section = workspace.getConfiguration('invokeAsync');
      await sendHere();
      await invokeAllOfTwo();
      await screen.pressNotificationButton(/2 payloads: 2 accepted/, 'Show Output');
      await write('.lambda/payloads/billing/b.json', '{"n":3}');
      await commands.executeCommand('invokeAsync.invokeAgain');
      await section.update('endpoint', undefined, true);
      await section.update('region', undefined, true);
      const bodies = server.requests.map(({ body }) => body.toString());
      // The first two are on their way at once.
      assert.deepEqual(new Set(bodies.slice(0, 2)), new Set(['{"n":1}', '{"n":2}']));
      assert.deepEqual(bodies.slice(2), ['{"n":3}'], 'the last of them is sent again');
    });

    it('leaves out what goes to another function by the time that its turn comes', async () => {
      const section = workspace.getConfiguration('invokeAsync');
      await sendHere();
      const restore = await set({ confirm: ['billing'] });
      await invokeAllOfTwo();
      await screen.dialogText(/Send this event to billing/);
      await write(
        '.lambda/targets.json',
        '{ "targets": [{ "payloads": ".lambda/payloads/billing/b.json", "function": "echo" }] }',
      );
      await screen.waitForRows(['billing', 'a', 'echo', 'b', ...othersByFolder.slice(1)]);
      await screen.pressDialogButton(/Send this event to billing/, 'Send');
      await screen.pressNotificationButton(/1 accepted, 1 skipped/, 'Show Output');
      await restore();
      await section.update('endpoint', undefined, true);
      await section.update('region', undefined, true);
      assert.deepEqual(
        server.requests.map(({ body }) => body.toString()),
        ['{"n":1}'],
      );
    });

    /** Payloads of the function `billing`, each with its name as the event. */
    const payloadsOfBilling = async (...names: readonly string[]) => {
      const shown: string[] = [];
      for (const name of names) {
        await write(`.lambda/payloads/billing/${name}.json`, JSON.stringify(name));
        shown.push(name);
        await screen.waitForRows(['billing', ...shown, ...others, ...withoutTarget]);
      }
    };
    const events = () =>
      server.requests
        .filter(({ method }) => method === 'POST')
        .map(({ body }) => JSON.parse(body.toString()) as unknown);
    const invokeKey = 'Control+Alt+Enter';

    describe('by key', () => {
      const section = () => workspace.getConfiguration('invokeAsync');
      beforeEach(sendHere);
      afterEach(async () => {
        await section().update('endpoint', undefined, true);
        await section().update('region', undefined, true);
      });

      it('sends the row that the arrow keys have gone to, and not the one that was clicked', async () => {
        await payloadsOfBilling('a', 'b');
        await openRow('a');
        await screen.press('ArrowDown');
        const request = server.nextRequest();
        await screen.press(invokeKey);
        await request;
        assert.deepEqual(events(), ['b']);
      });

      it('sends all that are selected when the focused row is one of them', async () => {
        await payloadsOfBilling('a', 'b', 'c');
        await openRow('a');
        await screen.press('Shift+ArrowDown');
        await screen.press(invokeKey);
        await screen.pressNotificationButton(/2 payloads: 2 accepted/, 'Show Output');
        assert.deepEqual(events(), ['a', 'b']);
      });

      it('sends the focused row alone when the selection is elsewhere', async () => {
        await payloadsOfBilling('a', 'b', 'c');
        await openRow('a');
        await screen.press('Shift+ArrowDown');
        await screen.press('ArrowDown');
        const request = server.nextRequest();
        await screen.press(invokeKey);
        await request;
        assert.deepEqual(events(), ['c']);
      });

      it('sends all of a function when its row is focused, each once', async () => {
        await payloadsOfBilling('a', 'b');
        await openRow('a');
        await screen.press('ArrowUp');
        await screen.press(invokeKey);
        await screen.pressNotificationButton(/2 payloads: 2 accepted/, 'Show Output');
        // Another text is another event: the same one would be asked about for a second.
        await write('.lambda/payloads/billing/a.json', '"A"');
        await write('.lambda/payloads/billing/b.json', '"B"');
        await openRow('b');
        await screen.press('Shift+ArrowUp');
        await screen.press('Shift+ArrowUp');
        await screen.press(invokeKey);
        await screen.pressNotificationButton(/2 payloads: 2 accepted/, 'Show Output');
        assert.deepEqual(events(), ['a', 'b', 'A', 'B']);
      });

      it('sends no row that is hidden, or has moved away from where it was marked', async () => {
        const isRefused = async () => {
          await screen.press(invokeKey);
          await screen.waitForNotifications(/^Select a payload or a function to send\.$/);
          await commands.executeCommand('notifications.clearAll');
        };
        await payloadsOfBilling('a', 'b');
        await openRow('a');
        const functions = ['billing', 'echo', 'echo:live', 'No target function'];
        await screen.press('Control+ArrowLeft');
        await screen.waitForRows(functions);
        await isRefused();
        for (const row of functions) await screen.clickRow(row);
        await screen.waitForRows(['billing', 'a', 'b', ...others, ...withoutTarget]);
        await screen.clickRow('a');
        await write(
          '.lambda/targets.json',
          '{ "targets": [{ "payloads": ".lambda/payloads/billing/a.json", "function": "echo" }] }',
        );
        await screen.waitForRows(['billing', 'b', 'echo', 'a', ...othersByFolder.slice(1)]);
        await isRefused();
        assert.deepEqual(events(), []);
      });

      it('asks before it sends five or more', async () => {
        await payloadsOfBilling('a', 'b', 'c', 'd', 'e');
        await openRow('a');
        for (const _ of 'bcde') await screen.press('Shift+ArrowDown');
        await screen.press(invokeKey);
        await screen.pressDialogButton(/Send 5 payloads/, 'Cancel');
        await screen.press('Shift+ArrowUp');
        await screen.press(invokeKey);
        await screen.pressNotificationButton(/4 payloads: 4 accepted/, 'Show Output');
        assert.deepEqual(events(), ['a', 'b', 'c', 'd']);
      });

      it('sends all that are selected by the menu of one of them', async () => {
        await payloadsOfBilling('a', 'b');
        await openRow('a');
        await screen.press('Shift+ArrowDown');
        await screen.contextMenu('b');
        await screen.chooseMenuItem('Invoke (Event)');
        await screen.pressNotificationButton(/2 payloads: 2 accepted/, 'Show Output');
        assert.deepEqual(
          server.requests.map(({ headers }) => headers['x-amz-invocation-type']),
          ['Event', 'Event'],
        );
      });
    });

    it('sends what does not match its schema, and says so in the output and above the payload', async () => {
      await write('.lambda/payloads/billing/a.json', '{ "Records": {} }');
      await write(
        '.lambda/targets.json',
        '{ "targets": [{ "payloads": ".lambda/payloads/billing/*", "function": "billing", "schema": "aws:sqs" }] }',
      );
      const uri = workspaceFile('.lambda/payloads/billing/a.json');
      await screen.waitForRows(['billing', 'a', ...othersByFolder]);
      await window.showTextDocument(uri);
      await screen.waitForCodeLens(/Does not match its schema/);
      const given = { uri, endpoint: server.url, region: 'us-east-1' };
      const sent = commands.executeCommand<Outcome>('invokeAsync.invoke', given);
      assert.equal((await sent).kind, 'accepted', 'nobody was asked');
      await screen.waitForOutput(/does not match aws:sqs: Line 1: Must be an array, is an object/);
    });
  });

  it('saves a selection as a payload, quoted JSON as what it says', async () => {
    await write('notes.txt', 'sent "{\\"orderId\\":12345678901234567890}" to the queue');
    const document = await workspace.openTextDocument(workspaceFile('notes.txt'));
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(document.positionAt(5), document.positionAt(41));
    void commands.executeCommand('invokeAsync.savePayload');
    await nameNew('billing', 'saved');
    await screen.waitForRows(['billing', 'saved', ...others, ...withoutTarget]);
    assert.equal(
      await read('.lambda/payloads/billing/saved.json'),
      '{\n  "orderId": 12345678901234567890\n}\n',
      'every digit as it was',
    );
    await workspace.fs.delete(document.uri);
  });

  it('takes targets that are not saved yet', async () => {
    const document = await workspace.openTextDocument(targets);
    const edit = new WorkspaceEdit();
    const whole = new Range(document.positionAt(0), document.positionAt(document.getText().length));
    edit.replace(
      targets,
      whole,
      '{ "targets": [{ "payloads": "events/*.json", "function": "all" }] }',
    );
    await workspace.applyEdit(edit);
    await screen.waitForRows(['all', 'latin1', 'lonely', 'malformed', 'placed', ...byFolder]);
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

async function read(path: string): Promise<string> {
  return Buffer.from(await workspace.fs.readFile(workspaceFile(path))).toString();
}

async function write(path: string, text: string): Promise<void> {
  await workspace.fs.writeFile(workspaceFile(path), Buffer.from(text));
}

async function exists(path: string): Promise<boolean> {
  return workspace.fs.stat(workspaceFile(path)).then(
    ({ type }) => type !== FileType.Unknown,
    () => false,
  );
}
