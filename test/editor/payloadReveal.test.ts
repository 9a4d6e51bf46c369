import { commands, window } from 'vscode';
import { workspaceFile } from './commands';
import { eventually } from './eventually';
import { Screen } from './screen';

describe('the payload in the editor', () => {
  let screen: Screen;
  const rows = ['echo', 'first', 'unicode', 'echo:live', 'placed'];
  const withoutTarget = ['No target function', 'latin1', 'lonely', 'malformed'];

  before(async function () {
    screen = Screen.of(this);
    await screen.openView('Lambda');
    await screen.waitForRows([...rows, ...withoutTarget]);
  });
  afterEach(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await screen.waitForRows([...rows, ...withoutTarget]);
  });

  const show = (path: string, options = {}) =>
    window.showTextDocument(workspaceFile(path), { preview: false, ...options });

  it('is selected in the Payloads view, and what is typed goes into the editor', async () => {
    const { document } = await show('events/lonely.json');
    await screen.waitForSelectedRows(['lonely']);
    await show('.lambda/payloads/echo/unicode.json');
    await screen.waitForSelectedRows(['unicode']);
    await show('events/lonely.json');
    await screen.waitForSelectedRows(['lonely']);
    const before = document.getText();
    await screen.press('Control+Home');
    await screen.press('x');
    await eventually(
      () => document.getText(),
      (text) => text === `x${before}`,
    );
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('is selected below a function that is closed, which opens', async () => {
    await screen.clickRow('echo');
    await screen.waitForRows(['echo', 'echo:live', 'placed', ...withoutTarget]);
    await show('.lambda/payloads/echo/first.json');
    await screen.waitForSelectedRows(['first']);
  });

  it('is selected while something is asked, which stays', async () => {
    await show('events/lonely.json');
    await screen.waitForSelectedRows(['lonely']);
    const asked = commands.executeCommand('invokeAsync.newPayload');
    await screen.waitForInput(/New Payload/);
    await show('.lambda/payloads/echo/first.json', { preserveFocus: true });
    await screen.waitForSelectedRows(['first']);
    await screen.type('fifo');
    await screen.waitForActivePick(/SQS FIFO/);
    await screen.press('Escape');
    await asked;
  });

  it('leaves rows selected that it is one of, and the focus on the row that has it', async () => {
    await screen.clickRow('first');
    await eventually(
      () => window.activeTextEditor?.document.uri.path ?? '',
      (path) => path.endsWith('/first.json'),
    );
    await screen.press('Shift+ArrowDown');
    await screen.waitForSelectedRows(['first', 'unicode']);
    await show('.lambda/payloads/echo/unicode.json', { preserveFocus: true });
    await screen.press('Delete');
    await screen.pressDialogButton(/Delete 2 payloads/, 'Cancel');
    await screen.waitForSelectedRows(['first', 'unicode']);
  });
});
