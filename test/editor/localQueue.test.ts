import { commands, workspace } from 'vscode';
import { invoke, workspaceFile } from './commands';
import { Screen } from './screen';

/** Runs until there is a file `go`. */
const handler = `
import { existsSync } from 'node:fs';
export const handler = async () => {
  while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 10));
};`;

describe('the queue of Local Lambda', () => {
  let screen: Screen;
  before(function () {
    screen = Screen.of(this);
  });
  after(async () => commands.executeCommand('invokeAsync.stopLocal'));

  const write = async (path: string, text: string) =>
    workspace.fs.writeFile(workspaceFile(path), Buffer.from(text));

  it('is in the status bar as long as events wait', async () => {
    const functions = { waiting: { handler: 'waiting.handler', timeout: 900 } };
    await write('waiting.mjs', handler);
    await write('.lambda/local.json', JSON.stringify({ functions }));
    await commands.executeCommand('invokeAsync.startLocal');
    await screen.waitForStatusBar(/Local Lambda$/);
    const event = { functionName: 'waiting', region: 'us-east-1' };
    for (let n = 0; n < 6; n += 1) await invoke({ ...event, payload: { n } });
    await screen.waitForStatusBar(/Local Lambda: 6 queued/);
    await write('go', '');
    await screen.waitForStatusBar(/Local Lambda$/);
  });
});
