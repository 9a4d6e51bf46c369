import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { offered } from '../offered';
import { Screen } from '../screen';

describe('a window without a folder', () => {
  let screen: Screen;
  before(async function () {
    assert.equal(workspace.workspaceFolders, undefined, 'the runner opens none');
    screen = Screen.of(this);
    await screen.openView('Lambda');
  });

  it('offers in the palette what works without a folder', async () => {
    await screen.waitForCommands(offered());
  });

  it('offers the next step in the Payloads view', async () => {
    await screen.pressViewButton('Open Example…');
    await screen.waitForInput(/Select a Folder for the Example/);
    await screen.press('Escape');
  });

  it('says first that a payload needs a folder, with the button to open one', async () => {
    await commands.executeCommand('invokeAsync.newPayload');
    await screen.pressNotificationButton(/Payloads are files in a folder/, 'Open Folder');
    await screen.waitForInput(/Open Folder/);
    await screen.press('Escape');
  });

  it('sends from the Invocations view', async () => {
    await screen.pressViewButton('Invoke Async', 'Invocations');
    await screen.waitForInput(/Lambda: Payload/);
    await screen.press('Escape');
  });
});
