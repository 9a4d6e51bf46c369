import assert from 'node:assert/strict';
import { commands, env, window, workspace } from 'vscode';
import { startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { invoke, workspaceFile } from '../commands';
import { waitForProblems } from '../diagnostics';
import { Screen } from '../screen';

describe('an editor in German', () => {
  let screen: Screen;
  before(function () {
    assert.equal(env.language, 'de', 'the runner starts it so');
    screen = Screen.of(this);
  });
  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('names views and commands in German', async () => {
    await screen.openView('Lambda');
    await screen.waitForRow(/Keine Zielfunktion, 3 Payloads/, 'Payloads');
    await screen.pressViewButton('Asynchron aufrufen', 'Aufrufe');
    await screen.waitForPick(/JSON eingeben …/);
    await screen.press('Escape');
    await screen.press('F1');
    await screen.type('>Lambda: ');
    await screen.waitForPick(/Lambda: Asynchron aufrufen/);
    await screen.waitForPick(/Lambda: Ausgabe anzeigen/);
    await screen.press('Escape');
  });

  it('tells of an event that was queued, and what that means', async () => {
    const server = await startFaultServer(faults.accepts);
    await invoke({ ...event, endpoint: server.url });
    const output = await screen.waitForOutput(/InvokeAsync ist veraltet\./);
    await server.stop();
    assert.match(output, /InvokeAsync → orders · eingegebenes JSON/);
    assert.match(output, /202 Accepted, eingereiht · Request-ID \S+ · 8 Bytes · \d+ ms/);
    assert.match(output, /202 heißt, dass Lambda das Event eingereiht hat/);
    await screen.pressNotificationButton(/Das Event ist eingereiht\./, 'InvokeAsync behalten');
  });

  it('explains a refusal, with the words of AWS as they are', async () => {
    const server = await startFaultServer(faults.refusesLargePayloadEarly);
    const { error } = await invoke({ ...event, endpoint: server.url });
    const output = await screen.waitForOutput(/→ Invoke mit InvocationType Event verwenden/);
    await server.stop();
    assert.match(error?.message ?? '', /^300000 byte payload is too large/);
    assert.match(
      output,
      /Abgelehnt \(413\) · RequestEntityTooLargeException: Die Payload ist zu groß für diesen Aufruf: 300000 byte payload/,
    );
    await screen.pressNotificationButton(/Die Payload ist zu groß/, 'Ausgabe anzeigen');
  });

  it('says in German what the server finds', async () => {
    const file = workspaceFile('deploy.sh');
    const identifier = 'arn:aws:lambda:us-east-1:1234-5678-9012:function:orders';
    await workspace.fs.writeFile(
      file,
      Buffer.from(`aws lambda get-function --function-name "${identifier}"\n`),
    );
    await window.showTextDocument(file);
    const [problem] = await waitForProblems(file, 1);
    await workspace.fs.delete(file);
    assert.match(problem?.message ?? '', /^Eine Konto-ID hat 12 Ziffern/);
  });
});

/** All that the commands would ask for otherwise. */
const event = { functionName: 'orders', payload: { id: 1 }, region: 'us-east-1' };
