import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import type { Outcome } from '../../src/core/invocation/outcome';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { set, workspaceFile } from './commands';
import { Screen } from './screen';

describe('in the window', () => {
  let screen: Screen;
  let server: FaultServer;
  before(async function () {
    screen = Screen.of(this);
    await screen.openView('Lambda');
  });
  beforeEach(async () => {
    await commands.executeCommand('notifications.clearAll');
    server = await startFaultServer(faults.accepts);
  });
  afterEach(() => server.stop());

  const rows = [
    'echo',
    'first',
    'unicode',
    'echo:live',
    'placed',
    'No target function',
    'latin1',
    'lonely',
    'malformed',
  ];

  it('shows the payloads by function, live as files come and go', async () => {
    await screen.waitForRows(rows);
    const added = workspaceFile('.lambda/payloads/billing/invoice.json');
    await workspace.fs.writeFile(added, Buffer.from('{}'));
    await screen.waitForRows(['billing', 'invoice', ...rows]);
    await workspace.fs.delete(added);
    await screen.waitForRows(rows);
  });

  it('sends by right click on a payload, tells of 202, and offers Invoke from then on', async () => {
    const restore = await set({ endpoint: 'local' });
    const labels = await screen.contextMenu('unicode');
    assert.ok(labels.includes('Invoke Async') && labels.includes('Invoke (Event)'), labels.join());
    await screen.chooseMenuItem('Invoke Async');
    const text = await screen.waitForOutput(/REPORT RequestId/);
    assert.match(text, /InvokeAsync → echo · \.lambda\/payloads\/echo\/unicode\.json · us-east-1/);
    assert.match(text, /202 Accepted, queued · request ID [0-9a-f-]{36} · \d+ bytes · \d+ ms/);
    assert.match(text, /202 means that Lambda has queued the event/);
    assert.match(text, /InvokeAsync is deprecated/);
    assert.match(text, /received \{"name":"Zoë 🦊"\}/);
    await restore();
    await screen.pressNotificationButton(/AWS deprecates InvokeAsync/, 'Use Invoke from Now On');
    await screen.waitForOutput(/Events are now sent with Invoke/);
    await commands.executeCommand('invokeAsync.stopLocal');
    await commands.executeCommand('invokeAsync.invoke', given());
    assert.equal(server.requests[0]?.headers['x-amz-invocation-type'], 'Event');
    await workspace.getConfiguration('invokeAsync').update('api', undefined, true);
  });

  it('checks a typed function on every keystroke, and stays open while it is wrong', async () => {
    const invoked = commands.executeCommand<Outcome>('invokeAsync.invoke', {
      ...given(),
      functionName: undefined,
    });
    await screen.type('arn:aws:lambda:us-east-1:12345:function:orders');
    await screen.waitForPick(/12 digits/);
    await screen.press('Enter');
    await screen.type('123456789012:function:orders');
    await screen.waitForPick(/account.*123456789012/i);
    await screen.press('Enter');
    assert.equal((await invoked).functionName, '123456789012:function:orders');
  });

  it('lists functions inside the pick, and says there when it cannot', async () => {
    await server.stop();
    server = await startFaultServer(faults.nullMessage);
    const invoked = commands.executeCommand('invokeAsync.invoke', {
      ...given(),
      functionName: undefined,
    });
    await screen.waitForPick(/could not be listed/);
    await screen.press('Escape');
    assert.equal(await invoked, undefined, 'cancelled');
  });

  it('sends what Lambda would reject only when the user says so', async () => {
    const malformed = {
      ...given(),
      payload: undefined,
      uri: workspaceFile('events/malformed.json'),
    };
    const refused = commands.executeCommand<Outcome>('invokeAsync.invoke', malformed);
    await screen.pressDialogButton(/Lambda would reject/, 'Cancel');
    assert.equal((await refused).error?.name, 'payload.syntax');
    assert.equal(server.requests.length, 0);
    const sent = commands.executeCommand<Outcome>('invokeAsync.invoke', malformed);
    await screen.pressDialogButton(/Lambda would reject/, 'Send Anyway');
    assert.equal((await sent).kind, 'accepted');
    assert.equal(server.requests.length, 1);
  });

  it('says why an event was refused, and sends it with Invoke at the press of a button', async () => {
    await server.stop();
    server = await startFaultServer(faults.knowsNoInvokeAsync404);
    await commands.executeCommand('invokeAsync.invoke', given());
    const sentAgain = server.nextRequest();
    await screen.pressNotificationButton(/does not implement/, 'Send with Invoke');
    await sentAgain;
    assert.deepEqual(
      server.requests.map(({ headers }) => headers['x-amz-invocation-type']),
      [undefined, 'Event'],
    );
  });

  it('asks before a second click or a held key sends the same event again', async () => {
    const click = () =>
      commands.executeCommand<Outcome | undefined>('invokeAsync.invoke', {
        ...given(),
        functionName: undefined,
        payload: undefined,
        uri: workspaceFile('events/placed.json'),
      });
    const clicks = [click(), click()];
    await screen.pressDialogButton(/Send the same event to .* again\?/, 'Cancel');
    const outcomes = await Promise.all(clicks);
    // Whichever of the two was ready first.
    const kinds = new Set(outcomes.map((outcome) => outcome?.kind));
    assert.deepEqual(kinds, new Set(['accepted', undefined]));
    assert.equal(server.requests.length, 1);
  });

  it('lets the user cancel what is on the wire, and calls the outcome unknown', async () => {
    await server.stop();
    server = await startFaultServer(faults.neverAnswers);
    const received = server.nextRequest();
    const invoked = commands.executeCommand<Outcome>('invokeAsync.invoke', given());
    await received;
    await screen.pressNotificationButton(/Sending to orders/, 'Cancel');
    const { kind, error } = await invoked;
    assert.equal(kind, 'unknown', JSON.stringify(error));
    assert.equal(server.requests.length, 1);
  });

  it('offers to type JSON when nothing is open', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    const invoked = commands.executeCommand<Outcome>('invokeAsync.invoke', {
      ...given(),
      payload: undefined,
    });
    await screen.type('Type JSON');
    await screen.press('Enter');
    await screen.type('{"typed":true}');
    await screen.press('Enter');
    assert.equal((await invoked).kind, 'accepted');
    assert.equal(server.requests[0]?.body.toString(), '{"typed":true}');
  });

  function given() {
    return { functionName: 'orders', payload: {}, region: 'us-east-1', endpoint: server.url };
  }
});
