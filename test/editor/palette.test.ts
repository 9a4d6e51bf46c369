import { commands, window, workspace } from 'vscode';
import { startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { invoke, workspaceFile } from './commands';
import { offered, ofFolder } from './offered';
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
    await screen.waitForCommands(offered(...ofFolder, 'Set Target Function…'));
    await commands.executeCommand('editor.action.selectAll');
    await screen.waitForCommands(
      offered(...ofFolder, 'Save Selection as Payload…', 'Set Target Function…'),
    );
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
    await screen.waitForCommands(
      offered(...ofFolder, 'Clear Invocations', 'Follow Logs', 'Invoke Last Again'),
    );
    await commands.executeCommand('invokeAsync.clearInvocations');
    await screen.waitForCommands(offered(...ofFolder, 'Invoke Last Again'));
  });
});
