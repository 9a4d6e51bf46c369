import { commands } from 'vscode';
import { startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { invoke } from './commands';
import { Screen } from './screen';

describe('the walkthrough', () => {
  let screen: Screen;
  before(async function () {
    screen = Screen.of(this);
    await screen.openView('Lambda');
    await commands.executeCommand(
      'workbench.action.openWalkthrough',
      'lambda-invoke-async.lambda-invoke-async#start',
    );
  });
  after(() => commands.executeCommand('workbench.action.closeAllEditors'));

  /** What a person does for each step. */
  const steps: Readonly<Record<string, () => PromiseLike<unknown>>> = {
    folder: () => screen.openView('Lambda'),
    async connect() {
      await commands.executeCommand('invokeAsync.startLocal');
      await commands.executeCommand('invokeAsync.stopLocal');
    },
    async payload() {
      const asked = commands.executeCommand('invokeAsync.newPayload');
      await screen.waitForPick(/SQS/);
      await screen.press('Escape');
      await asked;
    },
    async invoke() {
      const { url, stop } = await startFaultServer(faults.accepts);
      const event = { functionName: 'walkthrough', payload: {}, api: 'Invoke' };
      await invoke({ ...event, region: 'us-east-1', endpoint: url });
      await stop();
    },
    deprecated: () => commands.executeCommand('invokeAsync.findDeprecated'),
  };
  for (const [step, take] of Object.entries(steps)) {
    it(`ticks "${step}" once it is done`, async () => {
      await take();
      await screen.waitForStep(step);
    });
  }
});
