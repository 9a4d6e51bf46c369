import { commands } from 'vscode';
import { startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { invoke } from '../commands';
import { Screen } from '../screen';

/** In a window of its own: the editor counts an event once, and only after it has read the walkthrough. */
describe('the walkthrough', () => {
  let screen: Screen;
  before(async function () {
    screen = Screen.of(this);
    await open();
  });
  after(() => commands.executeCommand('workbench.action.closeAllEditors'));

  /** What a person does for each step. */
  const steps: Readonly<Record<string, () => Promise<unknown>>> = {
    folder: () => screen.openView('Lambda'),
    async connect() {
      await commands.executeCommand('invokeAsync.startLocal');
      await commands.executeCommand('invokeAsync.stopLocal');
    },
    async payload() {
      await screen.pressStepButton('payload', 'New Payload…');
      await screen.waitForPick(/SQS/);
      await screen.press('Escape');
    },
    async invoke() {
      const { url, stop } = await startFaultServer(faults.accepts);
      const event = { functionName: 'walkthrough', payload: {}, api: 'Invoke' };
      await invoke({ ...event, region: 'us-east-1', endpoint: url });
      await stop();
    },
    // By its button: the editor counts what it runs itself, not what an extension runs of its own.
    deprecated: () => screen.pressStepButton('deprecated', 'Find Uses of InvokeAsync'),
  };
  for (const [step, take] of Object.entries(steps)) {
    it(`ticks "${step}" once it is done`, async () => {
      await take();
      // Escape, which leaves a pick, leaves the walkthrough, too.
      await open();
      await screen.waitForStep(step);
    });
  }

  /** Before the editor has read the extension's walkthrough it opens its own. */
  async function open(): Promise<void> {
    do {
      await commands.executeCommand('workbench.action.closeAllEditors');
      await commands.executeCommand(
        'workbench.action.openWalkthrough',
        'lambda-invoke-async.lambda-invoke-async#start',
      );
    } while (!(await screen.showsStep('folder')));
  }
});
