import { commands } from 'vscode';
import { set } from '../commands';
import { Screen } from '../screen';

/** Where the emulator listens, and the function that it has. */
const { EMULATOR_ENDPOINT: endpoint = '', EMULATOR_FUNCTION: functionName = '' } = process.env;

describe(`an emulator with the function ${functionName}`, () => {
  let screen: Screen;
  before(async function () {
    screen = Screen.of(this);
    await set({ endpoint, region: 'us-east-1' }, { ofUser: true });
    await screen.openView('Explorer');
    await screen.clickRow('events', 'Explorer Section');
  });
  afterEach(() => commands.executeCommand('notifications.clearAll'));

  for (const [api, call] of [
    ['InvokeAsync', 'InvokeAsync'],
    ['Invoke', 'Invoke \\(Event\\)'],
  ] as const) {
    it(`accepts an event by right click, with ${api}`, async () => {
      await set({ api }, { ofUser: true });
      await screen.contextMenu('lonely.json', 'Explorer Section');
      await screen.chooseMenuItemForInput('Invoke Async', /Select a function/);
      await screen.type(functionName);
      await screen.waitForActivePick(new RegExp(functionName));
      await screen.press('Enter');
      // serverless-offline answers InvokeAsync with 200.
      const queued = '(?:202 Accepted|200 OK), queued';
      await screen.waitForOutput(new RegExp(`${call} → ${functionName} [^]*${queued}`));
    });
  }
});
