import assert from 'node:assert/strict';
import {
  commands,
  ConfigurationTarget,
  type Disposable,
  type Hover,
  window,
  workspace,
} from 'vscode';
import { type FaultServer, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { Pulse } from '../../support/pulse';
import { invoke, workspaceFile } from '../commands';
import { waitForProblems } from '../diagnostics';
import { Screen } from '../screen';

/** A hang, on the busiest machine, too; the goal on an idle one is 200 ms. */
const longestSilenceMs = 30_000;

describe('a folder that is made to stop the editor, or have it do something', () => {
  let screen: Screen;
  let server: FaultServer;
  let ran: Disposable;
  const commandsRun: unknown[] = [];
  const pulse = new Pulse(20);

  before(async function () {
    screen = Screen.of(this);
    server = await startFaultServer(faults.accepts);
    ran = commands.registerCommand('hostile.ran', (...given) => commandsRun.push(given));
  });
  beforeEach(function () {
    pulse.start(this.currentTest?.title ?? '');
  });
  afterEach(() => pulse.stop());
  after(async () => {
    ran.dispose();
    await server.stop();
    const { rss, heapUsed } = process.memoryUsage();
    const { silentMs, computedMs, queuedMs, during } = pulse.worst;
    say(
      `hostile folder, ${workspace.isTrusted ? 'trusted' : 'untrusted'}: ` +
        `longest silence ${Math.round(silentMs)} ms (${Math.round(computedMs)} ms of it computing; ` +
        `and ${Math.round(queuedMs)} ms waiting for a core; ${during}), ` +
        `resident ${Math.round(rss / 1e6)} MB, heap ${Math.round(heapUsed / 1e6)} MB`,
    );
    assert.ok(silentMs < longestSilenceMs, `silent for ${silentMs} ms`);
    assert.deepEqual(commandsRun, []);
    assert.equal(server.requests.length, 0);
  });

  it('shows its payloads', async () => {
    await screen.openView('Lambda');
    await screen.waitForRow(/huge/, 'Payloads');
  });

  it('has its payloads checked', async () => {
    // Otherwise the editor's own validation speaks of it, and ours does not.
    const { Global } = ConfigurationTarget;
    await workspace.getConfiguration('json').update('validate.enable', false, Global);
    const file = workspaceFile('events/a.json');
    await window.showTextDocument(file);
    await waitForProblems(file, 1);
  });

  it('is searched for InvokeAsync to its end', async () => {
    await commands.executeCommand('invokeAsync.findDeprecated');
    await waitForProblems(workspaceFile('src/use.js'), 1);
  });

  it('shows over a glob what it matches, and nothing from behind a link', async () => {
    const file = workspaceFile('.lambda/targets.json');
    const document = await workspace.openTextDocument(file);
    await window.showTextDocument(document);
    for (const glob of ['events/*.json', 'linked/*.json']) {
      const hovers = await commands.executeCommand<Hover[]>(
        'vscode.executeHoverProvider',
        file,
        document.positionAt(document.getText().indexOf(glob) + 2),
      );
      const text = hovers
        .flatMap(({ contents }) => contents)
        .map((content) => (typeof content === 'string' ? content : content.value))
        .join('\n');
      assert.doesNotMatch(text, /secret/);
    }
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  for (const name of ['out', 'pipe', 'zero', 'huge', 'linked/secret']) {
    it(`sends nothing of events/${name}.json`, async function () {
      const argument = {
        uri: workspaceFile(`events/${name}.json`),
        functionName: 'orders',
        region: 'us-east-1',
        endpoint: server.url,
      };
      if (workspace.isTrusted) {
        const outcome = await invoke(argument);
        assert.equal(outcome.kind, 'notSent');
        assert.match(outcome.error?.message ?? '', new RegExp(`${name}\\.json`));
      } else {
        const done = commands.executeCommand('invokeAsync.invoke', argument);
        await screen.pressNotificationButton(
          /trust this workspace first/,
          'Manage Workspace Trust',
        );
        assert.equal(await done, undefined);
      }
      await commands.executeCommand('notifications.clearAll');
    });
  }
});

function say(line: string): void {
  // oxlint-disable-next-line no-console -- the console is how an extension host speaks to the outside
  console.log(line);
}
