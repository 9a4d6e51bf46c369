import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { type FaultServer, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { workspaceFile } from '../commands';
import { Screen } from '../screen';

describe('an untrusted workspace', () => {
  let screen: Screen;
  let server: FaultServer;
  before(async function () {
    assert.equal(workspace.isTrusted, false, 'the runner starts it untrusted');
    screen = Screen.of(this);
    server = await startFaultServer(faults.accepts);
    await workspace.fs.writeFile(
      workspaceFile('.vscode/settings.json'),
      Buffer.from(JSON.stringify({ 'invokeAsync.endpoint': server.url })),
    );
  });
  after(() => server.stop());

  const sending = [
    'invokeAsync.invoke',
    'invokeAsync.invokeEvent',
    'invokeAsync.dryRun',
    'invokeAsync.invokeAgain',
    'invokeAsync.followLogs',
    'invokeAsync.selectConnection',
    'invokeAsync.startLocal',
  ];
  for (const command of sending) {
    it(`${command} asks for trust, and nothing arrives anywhere`, async () => {
      const done = commands.executeCommand(command, {
        functionName: 'orders',
        payload: {},
        region: 'us-east-1',
        endpoint: server.url,
      });
      await screen.pressNotificationButton(/trust this workspace first/, 'Manage Workspace Trust');
      assert.equal(await done, undefined);
      await commands.executeCommand('workbench.action.closeAllEditors');
      assert.equal(server.requests.length, 0);
    });
  }

  it('cannot choose where requests go by its settings', () => {
    const section = workspace.getConfiguration('invokeAsync');
    assert.equal(section.get('endpoint'), '');
    for (const name of ['api', 'profile', 'region', 'endpoint', 'timeout', 'confirm']) {
      assert.equal(section.inspect(name)?.workspaceValue, undefined, name);
    }
  });

  it('shows its payloads all the same', async () => {
    await screen.openView('Lambda');
    await screen.waitForRow(/unicode/, 'Payloads');
  });
});
