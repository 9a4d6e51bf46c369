import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { commands, env, Range, window, workspace, WorkspaceEdit } from 'vscode';
import type { Outcome } from '../../src/core/invocation/outcome';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { invoke, set, workspaceFile } from './commands';
import { Screen } from './screen';

/** What changes between a question and its answer, or while the editor is slow, sends nothing else and nowhere else. */
describe('while the user is asked', () => {
  let screen: Screen;
  let server: FaultServer;
  before(function () {
    screen = Screen.of(this);
  });
  beforeEach(async () => {
    await commands.executeCommand('notifications.clearAll');
    server = await startFaultServer(faults.accepts);
  });
  afterEach(() => server.stop());

  const place = () => ({ region: 'us-east-1', endpoint: server.url });
  const bodies = () =>
    server.requests.filter(({ method }) => method === 'POST').map(({ body }) => body.toString());

  let asked = 0;
  /** With an event of its own each time: the same one twice within a second is asked about. */
  const askForFunction = async () => {
    const sent = commands.executeCommand<Outcome | undefined>('invokeAsync.invoke', {
      payload: JSON.stringify({ asked: ++asked }),
      ...place(),
    });
    await screen.waitForInput(/Select a function to send typed JSON to/);
    return { sent };
  };

  it('sends the text as it stands when the function was chosen', async () => {
    const uri = workspaceFile('events/lonely.json');
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document);
    const sent = commands.executeCommand<Outcome>('invokeAsync.invoke', { uri, ...place() });
    await screen.waitForInput(/Select a function to send events\/lonely\.json to/);
    const edit = new WorkspaceEdit();
    edit.replace(uri, new Range(0, 0, document.lineCount, 0), '{"n":2}');
    await workspace.applyEdit(edit);
    await screen.type('orders');
    await screen.waitForActivePick(/orders/);
    await screen.press('Enter');
    assert.equal((await sent).kind, 'accepted');
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    assert.deepEqual(bodies(), ['{"n":2}']);
  });

  it('chooses the function that is on the screen, however late the list is drawn anew', async () => {
    for (const functionName of ['aardvark', 'bison', 'camel']) {
      await invoke({ functionName, payload: {}, ...place() });
    }
    const { sent } = await askForFunction();
    // Into the input box, whatever has the focus.
    await screen.type('');
    await screen.waitForPick(/aardvark/);
    // The editor has the letters and Enter before this process can say what is typed.
    pressWhileBusy('a', 'a', 'Enter');
    assert.equal((await sent)?.functionName, 'aardvark');
  });

  it('takes what is typed for a filter, and for a name when it is none or the user goes to it', async () => {
    await invoke({ functionName: 'payments', payload: {}, ...place() });
    const cases: [typed: string, keys: string[], functionName: string][] = [
      ['paym', [], 'payments'],
      ['paym', ['ArrowDown'], 'paym'],
      ['payx', [], 'payx'],
      ['payments', [], 'payments'],
    ];
    for (const [typed, keys, functionName] of cases) {
      const { sent } = await askForFunction();
      await screen.type(typed);
      // What is typed has its row, unless it is a function that has one.
      await screen.waitForPick(
        typed === 'payments' ? /^payments/ : new RegExp(`function ${typed}`),
      );
      for (const key of keys) await screen.press(key);
      await screen.waitForActivePick(new RegExp(`^\\W*${functionName}(?!ents)`));
      await screen.press('Enter');
      assert.equal((await sent)?.functionName, functionName);
    }
  });

  it('takes a whole ARN for itself, though a longer one was invoked before', async () => {
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:orders';
    await invoke({ functionName: `${arn}:live`, payload: {}, ...place() });
    const { sent } = await askForFunction();
    await screen.type(arn);
    await screen.waitForActivePick(/account 123456789012 · function orders/);
    await screen.press('Enter');
    assert.equal((await sent)?.functionName, arn);
  });

  it('refuses what is no function, and offers what is certainly meant', async () => {
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:billing';
    const { sent } = await askForFunction();
    await screen.type('my function');
    await screen.waitForActivePick(/my function.*not " "/s);
    await screen.press('Enter');
    await screen.type(arn.replace(':function:', ':Function:'));
    await screen.waitForActivePick(/function:billing.*not "Function"/s);
    await screen.press('Enter');
    await screen.waitForActivePick(/function:billing.*account 123456789012 · function billing/s);
    await screen.press('Enter');
    assert.equal((await sent)?.functionName, arn);
    assert.deepEqual(bodies(), [JSON.stringify({ asked })]);
  });

  it('asks about the endpoint that is used, and not about one of before', async () => {
    await commands.executeCommand('invokeAsync.startLocal');
    const given = { payload: {}, region: 'us-east-1' };
    const restore = await set({ endpoint: server.url });
    try {
      const sent = commands.executeCommand<Outcome | undefined>('invokeAsync.invoke', given);
      await screen.waitForInput(/Select a function to send typed JSON to/);
      await commands.executeCommand('invokeAsync.stopLocal');
      await screen.type('orders');
      await screen.waitForActivePick(/orders/);
      await screen.press('Enter');
      await screen.pressDialogButton(/Send events to http:\/\/127/, 'Cancel');
      assert.equal(await sent, undefined);
      assert.equal(server.requests.length, 0);
    } finally {
      await restore();
    }
  });

  it('waits for Local Lambda to start, and to stop', async () => {
    const section = workspace.getConfiguration('invokeAsync');
    await section.update('endpoint', server.url, true);
    try {
      const event = { functionName: 'echo', payload: {}, region: 'us-east-1' };
      const starting = commands.executeCommand('invokeAsync.startLocal');
      await invoke(event);
      assert.equal(server.requests.length, 0, 'it had to go to Local Lambda');
      await starting;
      const stops = [1, 2].map(async () => commands.executeCommand('invokeAsync.stopLocal'));
      await Promise.all(stops);
      await invoke(event);
      assert.equal(server.requests.length, 1);
      const text = await screen.waitForOutput(/Local Lambda stopped/);
      assert.equal(
        text.split('Local Lambda is listening').at(-1)?.split('Local Lambda stopped').length,
        2,
      );
    } finally {
      await section.update('endpoint', undefined, true);
    }
  });

  it('sends an untitled document again as it was, and not another of the same name', async () => {
    const untitled = async (content: string) => {
      const document = await workspace.openTextDocument({ language: 'json', content });
      await window.showTextDocument(document);
      return document;
    };
    const first = await untitled('{"n":1}');
    const { requestId } = await invoke({ functionName: 'orders', uri: first.uri, ...place() });
    const closed = new Promise<void>((resolve) => {
      const listening = workspace.onDidCloseTextDocument((document) => {
        if (document !== first) return;
        listening.dispose();
        resolve();
      });
    });
    await window.showTextDocument(first);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closed;
    const second = await untitled('');
    assert.equal(second.uri.toString(), first.uri.toString());
    // The editor may have given it the text of the first one, of which it keeps a backup until some time after the end.
    const edit = new WorkspaceEdit();
    edit.replace(second.uri, new Range(0, 0, second.lineCount, 0), '{"n":2}');
    await workspace.applyEdit(edit);
    assert.equal(second.getText(), '{"n":2}');
    await commands.executeCommand('invokeAsync.rerun', { requestId });
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    assert.deepEqual(bodies(), ['{"n":1}', '{"n":1}']);
  });

  it('copies no command for AWS of what went to Local Lambda', async () => {
    const { requestId } = await invoke({ functionName: 'echo', payload: {}, endpoint: 'local' });
    await commands.executeCommand('invokeAsync.stopLocal');
    await env.clipboard.writeText('before');
    await commands.executeCommand('invokeAsync.copyAsCli', { requestId });
    assert.equal(await env.clipboard.readText(), 'before');
  });

  it('takes settings of a wrong type for their defaults', async () => {
    const restore = await set({
      'payloads.include': 'events/*.json',
      confirm: 'nothing',
      timeout: 9_999_999,
      profile: null,
      'history.limit': 'many',
    });
    try {
      const sent = commands.executeCommand('invokeAsync.invoke', {
        functionName: 'orders-prod',
        payload: {},
        ...place(),
      });
      await screen.pressDialogButton(/Send this event to orders-prod/, 'Cancel');
      assert.equal(await sent, undefined);
      assert.equal(
        (
          await invoke({
            functionName: 'orders',
            uri: workspaceFile('events/placed.json'),
            ...place(),
          })
        ).kind,
        'accepted',
      );
    } finally {
      await restore();
    }
  });
});

/** Presses keys while this process is busy and hears of none of them. */
function pressWhileBusy(...keys: readonly string[]): void {
  const script = `
    (async () => {
      for (const key of ${JSON.stringify(keys)}) {
        const body = JSON.stringify({ action: 'press', args: [key] });
        await fetch(process.env.LAMBDA_INVOKE_ASYNC_SCREEN, { method: 'POST', body });
      }
    })();`;
  execFileSync(process.execPath, ['-e', script], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
}
