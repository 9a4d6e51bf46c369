import { commands, workspace } from 'vscode';
import { readJournal } from '../../../../src/sendFile/journal';
import { set, workspaceFile } from '../../commands';
import { eventually } from '../../eventually';
import { Screen } from '../../screen';
import { writtenFiles } from '../../writtenFiles';
import { count, handled, handler, view } from '../reloadedRun';

describe('before the window is reloaded', () => {
  let screen: Screen;
  before(async function () {
    screen = Screen.of(this);
    const functions = { record: { handler: 'record.handler' } };
    const events = Array.from({ length: count }, (_, n) => `{"n":${n}}`);
    await write('record.js', handler);
    await write('.lambda/local.json', JSON.stringify({ functions }));
    await write('orders.jsonl', [...events, 'oops'].join('\n'));
    // So slow that it is under way whenever it is paused, and that a busy editor keeps up with what it prints.
    await set({ 'sendFile.rate': 5 });
    await commands.executeCommand('invokeAsync.startLocal');
    await screen.waitForStatusBar(/Local Lambda$/);
  });

  it('a log is shown', async () => {
    const listening = /listening on\s+http:\/\/127\.0\.0\.1(:\d+)\s+with\s+record/;
    const port = listening.exec(await screen.waitForOutput(listening))?.[1] ?? '';
    // By this name it is a server like any other, not the Local Lambda that ends with the window.
    const endpoint = `http://localhost${port}`;
    const about = { functionName: 'record', filter: '', region: 'us-east-1', endpoint };
    void commands.executeCommand('invokeAsync.tailLogs', about);
    await screen.waitForOutput(/\[record\] Log group \/aws\/lambda\/record/);
  });

  it('a run begins with a right click in the Explorer', async () => {
    await screen.openView('Explorer');
    await screen.contextMenu('orders.jsonl', 'Explorer Section');
    await screen.chooseMenuItemForInput(
      'Send Each Line…',
      /Select a function to send orders\.jsonl to/,
    );
    await screen.type('record');
    await screen.waitForActivePick(/^record/);
    await screen.press('Enter');
    await screen.waitForInput(/Lambda: Send orders\.jsonl/);
    await screen.waitForActivePick(/Send 5,000 events to record/);
    await screen.press('Enter');
    await screen.openView('Lambda');
    await screen.waitForRow(/^record, orders\.jsonl, [1-9]\d* of 5,001/, view);
  });

  it('the run is paused', async () => {
    await screen.contextMenu('record', view);
    await screen.chooseMenuItem('Pause Run');
    await screen.waitForRow(/^record, orders\.jsonl, \d+ of 5,001 · Paused$/, view);
    // What is under way, or queued in Local Lambda, goes with the window.
    const journal = (await writtenFiles()).find(({ path }) => /\/runs\/.*\/journal$/.test(path));
    await eventually(
      async () => (await readJournal(journal?.path ?? '')).state,
      ({ open, counts }) => open.size === 0 && counts.accepted > 0,
    );
    const { accepted } = (await readJournal(journal?.path ?? '')).state.counts;
    await eventually(handled, ({ length }) => length === accepted);
  });
});

async function write(path: string, text: string): Promise<void> {
  await workspace.fs.writeFile(workspaceFile(path), Buffer.from(text));
}
