import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { type FaultServer, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { workspaceFile } from '../commands';
import { eventually } from '../eventually';
import { Screen } from '../screen';

describe('an untrusted workspace', () => {
  let screen: Screen;
  let server: FaultServer;
  before(async function () {
    assert.equal(workspace.isTrusted, false, 'the runner starts it untrusted');
    screen = Screen.of(this);
    server = await startFaultServer(faults.accepts);
    const settings = {
      'invokeAsync.endpoint': server.url,
      'invokeAsync.confirm': [],
      'invokeAsync.history.keepPayloads': true,
      'invokeAsync.history.limit': 0,
      'invokeAsync.logs.follow': true,
      'invokeAsync.trace.server': 'verbose',
      'invokeAsync.agents.send': true,
      // Counts in any workspace, and so tells when the file is read.
      'invokeAsync.deprecation.severity': 'hint',
    };
    await workspace.fs.writeFile(
      workspaceFile('.vscode/settings.json'),
      Buffer.from(JSON.stringify(settings)),
    );
    await eventually(
      () => workspace.getConfiguration('invokeAsync').get('deprecation.severity'),
      (severity) => severity === 'hint',
    );
  });
  after(() => server.stop());

  const sending = [
    'invokeAsync.invoke',
    'invokeAsync.invokeEvent',
    'invokeAsync.invokeAndWait',
    'invokeAsync.debugPayload',
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

  it('cannot have payloads kept, logs followed, the history dropped or agents send by its settings', () => {
    const section = workspace.getConfiguration('invokeAsync');
    for (const name of [
      'history.keepPayloads',
      'history.limit',
      'logs.follow',
      'trace.server',
      'agents.send',
    ]) {
      assert.equal(section.inspect(name)?.workspaceValue, undefined, name);
      assert.equal(section.get(name), section.inspect(name)?.defaultValue, name);
    }
  });

  it('shows its payloads all the same', async () => {
    await screen.openView('Lambda');
    await screen.waitForRow(/unicode/, 'Payloads');
  });

  it('says in the status bar that nothing is sent', async () => {
    await screen.waitForStatusBar(/Lambda: nothing is sent/);
  });
});
