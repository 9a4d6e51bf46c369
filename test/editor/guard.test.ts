import assert from 'node:assert/strict';
import { commands } from 'vscode';
import type { Outcome } from '../../src/core/invocation/outcome';
import { answer, type FaultServer, startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { invoke, set } from './commands';
import { Screen } from './screen';

const account = '210987654321';
const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/me</Arn><UserId>me</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

describe('before an event is sent', () => {
  let screen: Screen;
  let server: FaultServer;
  before(function () {
    screen = Screen.of(this);
  });
  beforeEach(async () => {
    await commands.executeCommand('notifications.clearAll');
    server = await startFaultServer(faults.accepts);
  });
  afterEach(() => server.stop());

  const given = (functionName: string) => ({
    functionName,
    payload: {},
    region: 'eu-west-1',
    endpoint: server.url,
  });
  const send = (functionName: string) =>
    commands.executeCommand<Outcome | undefined>('invokeAsync.invoke', given(functionName));

  it('a name like production asks what goes where, and sends nothing when cancelled', async () => {
    const sent = send('123456789012:function:Orders-PROD');
    const text = await screen.dialogText(/Send this event to .*Orders-PROD\?/);
    assert.match(text, /typed JSON, with InvokeAsync/);
    assert.match(text, /Account: 123456789012\s+Region: eu-west-1\s+Profile: default/);
    assert.match(text, /"\*prod\*" in the setting invokeAsync\.confirm/);
    await screen.pressDialogButton(/Send this event/, 'Cancel');
    assert.equal(await sent, undefined);
    assert.equal(server.requests.length, 0);
  });

  it('sends when the user says so, and asks again the next time', async () => {
    for (let time = 1; time <= 2; time++) {
      const sent = send('orders:prod');
      await screen.pressDialogButton(/Send this event to orders:prod\?/, 'Send');
      assert.equal((await sent)?.kind, 'accepted');
      assert.equal(server.requests.length, time);
    }
  });

  it('asks again before a button of a message sends once more', async () => {
    await server.stop();
    server = await startFaultServer(faults.knowsNoInvokeAsync404);
    const sent = send('orders:prod');
    await screen.pressDialogButton(/Send this event to orders:prod\?/, 'Send');
    assert.equal((await sent)?.kind, 'rejected');
    await screen.pressNotificationButton(/Rejected/, 'Send with Invoke');
    assert.match(await screen.dialogText(/Send this event/), /typed JSON, with Invoke \(Event\)/);
    await screen.pressDialogButton(/Send this event/, 'Cancel');
    assert.equal(server.requests.length, 1);
  });

  it('no longer asks for a function once told so, and still does for others and elsewhere', async () => {
    const sent = send('prod-a');
    await screen.pressDialogButton(/prod-a/, "Don't Ask Again for This Function");
    assert.equal((await sent)?.kind, 'accepted');
    assert.equal((await invoke(given('prod-a'))).kind, 'accepted');
    const other = send('prod-b');
    await screen.pressDialogButton(/prod-b/, 'Cancel');
    assert.equal(await other, undefined);
    const elsewhere = commands.executeCommand('invokeAsync.invoke', {
      ...given('prod-a'),
      region: 'us-east-1',
    });
    await screen.pressDialogButton(/prod-a/, 'Cancel');
    assert.equal(await elsewhere, undefined);
    assert.equal(server.requests.length, 2);
  });

  it('asks nothing for a mere permission, and names it', async () => {
    const outcome = await invoke(given('prod-check'), 'invokeAsync.dryRun');
    assert.equal(outcome.api, 'Invoke');
    assert.equal(server.requests[0]?.headers['x-amz-invocation-type'], 'DryRun');
  });

  it('asks by the patterns that the user has instead of the default', async () => {
    const restore = await set({ confirm: ['live'] }, { ofUser: true });
    try {
      assert.equal((await invoke(given('orders-prod'))).kind, 'accepted');
      const sent = send('orders:LIVE');
      await screen.pressDialogButton(/orders:LIVE/, 'Cancel');
      assert.equal(await sent, undefined);
    } finally {
      await restore();
    }
  });

  it('asks by the patterns that a workspace adds, which switches none of the others off', async () => {
    for (const confirm of [[], ['live']]) {
      const restore = await set({ confirm });
      try {
        for (const name of ['orders-prod', ...confirm]) {
          const sent = send(name);
          await screen.pressDialogButton(new RegExp(`Send this event to ${name}`), 'Cancel');
          assert.equal(await sent, undefined);
        }
        assert.equal((await invoke(given('orders-dev'))).kind, 'accepted');
      } finally {
        await restore();
      }
    }
    assert.equal(server.requests.length, 2);
  });

  it('an endpoint that the settings of the workspace name is allowed once', async () => {
    // Spaces around it must not get it past the question.
    const restore = await set({ endpoint: ` ${server.url} ` });
    const elsewhere = { functionName: 'orders', payload: {}, region: 'eu-west-1' };
    try {
      const refused = commands.executeCommand('invokeAsync.invoke', elsewhere);
      await screen.pressDialogButton(/Send events to http:\/\/127/, 'Cancel');
      assert.equal(await refused, undefined);
      assert.equal(server.requests.length, 0);
      const allowed = commands.executeCommand<Outcome>('invokeAsync.invoke', elsewhere);
      await screen.pressDialogButton(/Send events to http:\/\/127/, 'Allow');
      assert.equal((await allowed).kind, 'accepted');
      assert.equal((await invoke(elsewhere)).kind, 'accepted');
    } finally {
      await restore();
    }
  });

  describe('the account', () => {
    let sts: FaultServer;
    let before: string | undefined;
    beforeEach(async () => {
      sts = await startFaultServer({
        answers: [[answer(200, identity, { 'content-type': 'text/xml' })]],
      });
      before = process.env['AWS_ENDPOINT_URL_STS'];
      process.env['AWS_ENDPOINT_URL_STS'] = sts.url;
    });
    afterEach(async () => {
      if (before === undefined) delete process.env['AWS_ENDPOINT_URL_STS'];
      else process.env['AWS_ENDPOINT_URL_STS'] = before;
      await sts.stop();
    });

    /** Leads nowhere, and is not this machine: its account matters. */
    const far = { payload: {}, region: 'eu-west-1', endpoint: 'http://lambda.invalid' };

    it('is asked of STS once, shown, and guarded', async () => {
      const restore = await set({ confirm: [account] });
      try {
        for (let time = 1; time <= 2; time++) {
          const sent = commands.executeCommand('invokeAsync.invoke', {
            ...far,
            functionName: 'orders',
          });
          assert.match(await screen.dialogText(/Send this event/), new RegExp(account));
          await screen.pressDialogButton(/Send this event/, 'Cancel');
          assert.equal(await sent, undefined);
        }
        assert.equal(sts.requests.length, 1);
      } finally {
        await restore();
      }
    });

    it('is taken from a full ARN without asking anybody', async () => {
      const functionName = 'arn:aws:lambda:eu-west-1:111122223333:function:orders';
      await invoke({ ...far, functionName });
      assert.equal(sts.requests.length, 0);
      await screen.waitForOutput(/InvokeAsync → arn:.* · account 111122223333 · http/);
    });

    it('that cannot be asked for is said to be unknown, and a pattern of an account asks', async () => {
      const restore = await set({ confirm: ['99*'] });
      try {
        // STS remembers by the access key and the endpoint: this one has not answered yet.
        await sts.stop();
        sts = await startFaultServer(faults.nullMessage);
        process.env['AWS_ENDPOINT_URL_STS'] = sts.url;
        const sent = commands.executeCommand('invokeAsync.invoke', {
          ...far,
          functionName: 'orders',
        });
        await screen.dialogText(/Account: unknown/);
        await screen.pressDialogButton(/Send this event/, 'Cancel');
        assert.equal(await sent, undefined);
        await screen.waitForOutput(/Cannot get the account from STS/);
      } finally {
        await restore();
      }
    });
  });
});
