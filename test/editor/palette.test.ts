import { commands, window, workspace } from 'vscode';
import { History } from '../../src/client/invocations/history';
import { HistoryFiles } from '../../src/client/invocations/historyFiles';
import { historyHost } from '../../src/client/invocations/historyHost';
import { Output } from '../../src/client/ui/output';
import { startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { invoke, set, workspaceFile } from './commands';
import { memory } from './memory';
import { offered, ofFolder, ofInvocations } from './offered';
import { Screen } from './screen';

/** Early, as index.ts has it: nothing was sent from this window yet. */
describe('the palette', () => {
  let screen: Screen;
  before(async function () {
    screen = Screen.of(this);
  });
  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('offers at first what works without an invocation', async () => {
    await screen.waitForCommands(offered(...ofFolder));
  });

  it('offers what is about a payload where one is open', async () => {
    const document = await workspace.openTextDocument(workspaceFile('events/lonely.json'));
    await window.showTextDocument(document);
    await screen.waitForCommands(
      offered(...ofFolder, 'Send Each Element…', 'Set Target Function…', 'Share as Test Event…'),
    );
    await commands.executeCommand('editor.action.selectAll');
    await screen.waitForCommands(
      offered(
        ...ofFolder,
        'Save Selection as Payload…',
        'Send Each Element…',
        'Send Selection…',
        'Set Target Function…',
        'Share as Test Event…',
      ),
    );
  });

  it('offers one command to invoke while the setting says Invoke', async () => {
    const restore = await set({ api: 'Invoke' });
    await screen.waitForCommands(
      offered(...ofFolder).filter((title) => title !== 'Invoke (Event)'),
    );
    await restore();
    await screen.waitForCommands(offered(...ofFolder));
  });

  it('offers to stop Local Lambda while it runs', async () => {
    await commands.executeCommand('invokeAsync.startLocal');
    const others = ofFolder.filter((title) => title !== 'Start Local Lambda');
    await screen.waitForCommands(offered(...others, 'Stop Local Lambda'));
    await commands.executeCommand('invokeAsync.stopLocal');
    await screen.waitForCommands(offered(...ofFolder));
  });

  it('offers what is about invocations once there is one', async () => {
    const server = await startFaultServer(faults.accepts);
    await invoke({
      functionName: 'orders',
      payload: {},
      api: 'Invoke',
      region: 'us-east-1',
      endpoint: server.url,
    });
    await server.stop();
    await screen.waitForCommands(offered(...ofFolder, ...ofInvocations, 'Invoke Last Again'));
    const cleared = commands.executeCommand('invokeAsync.clearInvocations');
    await screen.pressDialogButton(/Clear \d+ rows? of the Invocations view\?/, 'Clear');
    await cleared;
    await screen.waitForCommands(offered(...ofFolder, 'Invoke Last Again'));
  });

  it('offers what is about invocations at the next start, before any is read', async () => {
    const folder = workspaceFile('.history');
    const remembered = memory();
    const output = new Output(window.createOutputChannel('History', { log: true }));
    const open = () =>
      new History(new HistoryFiles(folder.fsPath), historyHost(folder, remembered, output));
    const before = open();
    const entry = await before.begin({
      sentAt: 1,
      api: 'Invoke',
      functionName: 'orders',
      payload: { label: 'typed JSON', bytes: 2 },
      region: 'us-east-1',
    });
    await before.settle(entry, { kind: 'accepted', requestId: 'a' });
    before.dispose();
    for (const key of ['hasInvocations', 'hasQueued']) {
      await commands.executeCommand('setContext', `invokeAsync.${key}`, false);
    }
    await screen.waitForCommands(offered(...ofFolder, 'Invoke Last Again'));
    const next = open();
    await screen.waitForCommands(offered(...ofFolder, ...ofInvocations, 'Invoke Last Again'));
    await next.clear();
    await screen.waitForCommands(offered(...ofFolder, 'Invoke Last Again'));
    next.dispose();
    output.dispose();
    await workspace.fs.delete(folder, { recursive: true });
  });
});
