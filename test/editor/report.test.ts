import { commands, window, workspace } from 'vscode';
import type { Invocation } from '../../src/client/invoke/invocation';
import { Report } from '../../src/client/invoke/report';
import { EditorUi } from '../../src/client/ui/editorUi';
import { Output } from '../../src/client/ui/output';
import { workspaceFile } from './commands';
import { eventually } from './eventually';
import { memory } from './memory';
import { Screen } from './screen';

describe('the offer to use Invoke for good', () => {
  const settings = workspaceFile('.vscode/settings.json');
  const output = new Output(window.createOutputChannel('Report', { log: true }));
  let screen: Screen;
  let settingsText: Uint8Array;
  before(async function () {
    screen = Screen.of(this);
    settingsText = await workspace.fs.readFile(settings);
  });
  after(async () => {
    await workspace.fs.writeFile(settings, settingsText);
    output.dispose();
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('notifications.clearAll');
  });

  it('says why the setting could not be written, with the way to it', async () => {
    await workspace.fs.writeFile(settings, Buffer.from('{ "invokeAsync.api": "InvokeAsync", '));
    const section = () => workspace.getConfiguration('invokeAsync').inspect('api');
    await eventually(section, (api) => api?.workspaceValue !== undefined);
    const invocation = {
      api: 'InvokeAsync',
      functionName: 'orders',
      payload: { text: '{}', label: 'typed JSON', folder: workspace.workspaceFolders?.[0] },
      connection: {},
    } as unknown as Invocation;
    new Report(new EditorUi(output), memory()).accepted(invocation, {
      kind: 'accepted',
      api: 'InvokeAsync',
      functionName: 'orders',
      status: 202,
      durationMs: 1,
      payloadBytes: 2,
      attempts: 1,
    });
    await screen.pressNotificationButton(/AWS deprecates InvokeAsync/, 'Use Invoke from Now On');
    await screen.pressNotificationButton(
      /still sent with InvokeAsync: .*settings/,
      'Open Settings',
    );
    await eventually(
      () => window.tabGroups.activeTabGroup.activeTab?.label,
      (label) => label === 'Settings',
    );
  });
});
