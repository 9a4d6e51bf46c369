import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { withKeysAlone } from '../../support/awsKeys';
import { errorAnswer, type FaultServer, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { standIn } from '../../support/vscode';
import { type Client, startClient } from './client';

/** The way of an event, with the real SDK over HTTP and nobody at the window. */
describe('an event', () => {
  let client: Client;
  let server: FaultServer;
  withKeysAlone();
  beforeEach(async () => {
    client = await startClient();
    server = await startFaultServer(faults.accepts);
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  const event = (functionName: string) => ({
    functionName,
    payload: '{"n":1}',
    region: 'eu-west-1',
    endpoint: server.url,
  });
  const invoke = async (argument: unknown) =>
    (await client.commands['invokeAsync.invoke'](argument)) as Outcome | undefined;
  const bodies = () => server.requests.map(({ body }) => body.toString());

  it('is sent once, told in the output, and kept', async () => {
    const outcome = await invoke(event('orders'));
    assert.equal(outcome?.kind, 'accepted');
    assert.deepEqual(bodies(), ['{"n":1}']);
    const [sending, accepted, explained] = client.user.lines;
    assert.equal(sending, `InvokeAsync → orders · typed JSON · eu-west-1 · ${server.url}`);
    assert.match(accepted ?? '', /^202 Accepted, queued · request ID .* · 7 bytes · \d+ ms$/);
    assert.match(explained ?? '', /^202 means that Lambda has queued the event/);
    const [entry] = await client.history.entries();
    assert.equal(entry?.kind, 'accepted');
    assert.equal(entry?.requestId, outcome?.requestId);
  });

  it('is picked for a function that a file of the project names, its own payloads first', async () => {
    standIn.set('endpoint', server.url);
    standIn.set('region', 'eu-west-1');
    client.write('.lambda/payloads/billing/a.json', '{"of":"billing"}');
    client.write('.lambda/payloads/orders/b.json', '{"of":"orders"}');
    client.user.answer('.lambda/payloads/orders/b.json');
    const row = { folder: client.folder, functionIdentifier: 'orders' };
    const outcome = await client.commands['invokeAsync.invokeFunction'](row);
    assert.deepEqual(
      client.user.rows.map(({ label }) => label),
      ['.lambda/payloads/orders/b.json', '.lambda/payloads/billing/a.json', 'Type JSON…'],
    );
    assert.equal((outcome as Outcome | undefined)?.kind, 'accepted');
    assert.deepEqual(bodies(), ['{"of":"orders"}']);
  });

  describe('for a tenant, or with the name of a durable execution', () => {
    const headersOf = (name: string) => server.requests.map(({ headers }) => headers[name]);

    it('goes with Invoke, and the output says why', async () => {
      const outcome = await invoke({ ...event('orders:1'), tenantId: 'blue', durableName: 'o-7' });
      assert.deepEqual([outcome?.kind, outcome?.api], ['accepted', 'Invoke']);
      assert.deepEqual(headersOf('x-amz-tenant-id'), ['blue']);
      assert.deepEqual(headersOf('x-amz-durable-execution-name'), ['o-7']);
      assert.deepEqual(client.user.lines.slice(0, 2), [
        `Invoke (Event) → orders:1 · typed JSON · tenant blue · execution o-7 · eu-west-1 · ${server.url}`,
        'Sent with Invoke: InvokeAsync cannot carry a tenant ID.',
      ]);
    });

    it('is refused before it is sent, when Lambda would', async () => {
      const wrongTenant = await invoke({ ...event('orders'), tenantId: 'blau!' });
      assert.deepEqual(
        [wrongTenant?.kind, wrongTenant?.error?.name],
        ['notSent', 'InvalidTenantId'],
      );
      const wrongName = await invoke({ ...event('orders'), durableName: 'a'.repeat(65) });
      assert.equal(wrongName?.error?.name, 'InvalidDurableName');
      assert.deepEqual(bodies(), []);
    });

    it('takes both from its target, if it goes to the function that the target names', async () => {
      const target = {
        payloads: 'a.json',
        function: 'orders',
        tenantId: 'blue',
        durableName: 'o-7',
      };
      client.write('.lambda/targets.json', JSON.stringify({ targets: [target] }));
      const uri = client.write('a.json', '{}');
      const place = { uri, region: 'eu-west-1', endpoint: server.url };
      await invoke(place);
      await invoke({ ...place, functionName: 'billing', api: 'Invoke' });
      await invoke({ ...place, tenantId: 'green' });
      assert.deepEqual(headersOf('x-amz-tenant-id'), ['blue', undefined, 'green']);
      assert.deepEqual(headersOf('x-amz-durable-execution-name'), ['o-7', undefined, 'o-7']);
    });

    for (const again of ['invokeAsync.rerun', 'invokeAsync.invokeAgain'] as const) {
      it(`is sent again by ${again} to the same tenant, as another execution`, async () => {
        await invoke({ ...event('orders:1'), tenantId: 'blue', durableName: 'o-7' });
        await client.commands[again]();
        assert.deepEqual(headersOf('x-amz-tenant-id'), ['blue', 'blue']);
        assert.deepEqual(headersOf('x-amz-durable-execution-name'), ['o-7', undefined]);
        const entries = await client.history.entries();
        assert.deepEqual(
          entries.map(({ tenantId, durableName }) => [tenantId, durableName]),
          [
            ['blue', undefined],
            ['blue', 'o-7'],
          ],
        );
      });
    }

    it('asks before production with the tenant in sight, and is copied with both', async () => {
      client.user.answer('Send');
      await invoke({ ...event('orders-prod:1'), tenantId: 'blue 1', durableName: 'o-7' });
      assert.match(client.user.shown.join('\n'), /\nTenant: blue 1\n/);
      await client.commands['invokeAsync.copyAsCli']();
      assert.match(
        client.user.copied.at(-1) ?? '',
        / --invocation-type Event --tenant-id 'blue 1' --durable-execution-name o-7 --payload /,
      );
    });
  });

  it('is offered Invoke for good after the first of InvokeAsync, and only then', async () => {
    await invoke(event('orders'));
    assert.deepEqual(
      client.user.choices.map(({ title }) => title),
      ['Use Invoke from Now On', 'Keep InvokeAsync'],
    );
    await client.user.press('Use Invoke from Now On');
    client.user.choices = [];
    await invoke(event('billing'));
    assert.deepEqual(client.user.choices, []);
    assert.match(client.user.lines.join('\n'), /Invoke \(Event\) → billing/);
  });

  it('is not sent from a workspace that is not trusted', async () => {
    client.user.trusts = false;
    assert.equal(await invoke(event('orders')), undefined);
    assert.deepEqual(bodies(), []);
  });

  it('to production is sent when the user says so', async () => {
    client.user.answer(undefined, 'Send', 'Send');
    assert.equal(await invoke(event('orders-prod')), undefined);
    assert.deepEqual(bodies(), []);
    assert.equal((await invoke(event('orders-prod')))?.kind, 'accepted');
    assert.equal((await invoke(event('orders-prod')))?.kind, 'accepted');
    assert.ok(client.user.isDone, 'it asks every time');
    assert.match(
      client.user.shown.find((one) => one.startsWith('Send this event')) ?? '',
      /^Send this event to orders-prod\?\ntyped JSON, with InvokeAsync\n\nFunction: orders-prod\nRegion: eu-west-1\nProfile: default\nEndpoint: http/,
    );
  });

  it('to a function that the user does not want to be asked about again asks no more', async () => {
    client.user.answer("Don't Ask Again for This Function");
    await invoke(event('orders-prod'));
    assert.equal((await invoke(event('orders-prod')))?.kind, 'accepted');
    client.user.answer(undefined);
    assert.equal(await invoke({ ...event('orders-prod'), region: 'us-east-1' }), undefined);
  });

  it('takes what a rejected one offers: another call, which asks like any other', async () => {
    await server.stop();
    server = await startFaultServer(faults.knowsNoInvokeAsync404);
    client.user.answer('Send');
    assert.equal((await invoke(event('orders-prod')))?.kind, 'rejected');
    client.user.answer(undefined);
    await client.user.press('Send with Invoke');
    assert.equal(bodies().length, 1);
    assert.match(client.user.shown.at(-1) ?? '', /with Invoke \(Event\)/);
    client.user.answer('Send');
    client.user.choices = [];
    await invoke(event('orders-prod'));
    client.user.answer('Send');
    await client.user.press('Send with Invoke');
    assert.deepEqual(
      server.requests.map(({ path }) => path.includes('/2014-11-13/')),
      [true, true, false],
    );
  });

  it('goes where the payload’s target says, and asks for the function where none does', async () => {
    const uri = client.write('.lambda/payloads/orders/created.json', '{"a":1}');
    const lonely = client.write('events/lonely.json', '{"b":1}');
    const place = { region: 'eu-west-1', endpoint: server.url };
    assert.equal((await invoke({ uri, ...place }))?.functionName, 'orders');
    client.picks.functionName = 'picked';
    assert.equal((await invoke({ uri: lonely, ...place }))?.functionName, 'picked');
    assert.deepEqual(client.picks.titles, ['Select a function to send events/lonely.json to']);
    client.picks.functionName = undefined;
    assert.equal(await invoke({ uri: lonely, ...place }), undefined);
    assert.deepEqual(bodies(), ['{"a":1}', '{"b":1}']);
  });

  it('is offered to go there always, once, when its function was picked', async () => {
    const uri = client.write('events/refund.json', '{"n":1}');
    const place = { region: 'eu-west-1', endpoint: server.url };
    const offers = () => client.user.shown.filter((one) => one.startsWith('Always send'));
    client.picks.functionName = 'payments:live';
    await invoke({ payload: '{"n":0}', ...place });
    await invoke({ uri, ...place });
    assert.deepEqual(offers(), ['Always send refund.json to payments:live?']);
    await client.user.press('Save as Target');
    const targets = readFileSync(join(client.folder.uri.fsPath, '.lambda/targets.json'), 'utf8');
    assert.deepEqual(JSON.parse(targets), {
      targets: [{ payloads: 'events/refund.json', function: 'payments:live' }],
    });
    client.write('.lambda/targets.json', '{"targets":[]}');
    client.write('events/refund.json', '{"n":2}');
    assert.equal((await invoke({ uri, ...place }))?.functionName, 'payments:live');
    assert.equal(offers().length, 1);
  });

  it('is not offered to go always where it was not accepted, or where its target says otherwise', async () => {
    const lonely = client.write('events/lonely.json', '{}');
    const placed = client.write('.lambda/payloads/orders/a.json', '{}');
    const place = { region: 'eu-west-1', endpoint: server.url };
    client.picks.functionName = 'payments';
    await invoke({ uri: placed, ...place });
    await invoke({ uri: lonely, functionName: 'named', ...place, payload: '{"n":1}' });
    await client.commands['invokeAsync.dryRun']({ uri: lonely, ...place });
    await server.stop();
    server = await startFaultServer(faults.emptyError);
    await invoke({ uri: lonely, region: 'eu-west-1', endpoint: server.url });
    assert.ok(!client.user.shown.some((one) => one.startsWith('Always send')));
  });

  it('goes nowhere, with the reason and the way to mend it, when it is unclear where to', async () => {
    const uri = client.write('.lambda/payloads/orders/created.json', '{}');
    client.write('.lambda/targets.json', '{ "targets": [ {} ] }');
    const outcome = await invoke({ uri, endpoint: server.url });
    assert.equal(outcome?.kind, 'notSent');
    assert.equal(outcome?.error?.name, 'TargetsError');
    assert.match(
      client.user.lines.join('\n'),
      /^Not sent · \.lambda\/targets\.json has an error, so it is unclear where [^·]*$/,
    );
    await client.user.press('Open targets.json');
    assert.equal(client.user.ran.at(-1)?.id, 'vscode.open');
  });

  describe('that failed for its connection', () => {
    const chosen = () => ({ profile: '', region: 'eu-west-1', endpoint: server.url });
    const choose = async (connection: object | undefined) => {
      client.user.results.set('invokeAsync.selectConnection', connection);
      await client.user.press('Select Profile and Region');
      assert.equal(client.user.ran.at(-1)?.id, 'invokeAsync.selectConnection');
    };

    it('is offered again with the one that is chosen then, and never sent by itself', async () => {
      const uri = client.write('.lambda/payloads/orders/created.json', '{"n":1}');
      const outcome = await invoke({ uri });
      assert.equal(outcome?.error?.name, 'NoRegion');
      await choose(chosen());
      assert.deepEqual(bodies(), []);
      assert.match(
        client.user.shown.at(-1) ?? '',
        /^The event was not queued\. It can be sent .*: default · eu-west-1 · 127\.0\.0\.1:\d+\.$/,
      );
      client.write('.lambda/payloads/orders/created.json', '{"n":2}');
      await client.user.press('Send Again');
      assert.deepEqual(bodies(), ['{"n":2}']);
    });

    it('is not offered again when nothing is chosen', async () => {
      await invoke({ functionName: 'orders', payload: '{}' });
      const { length } = client.user.shown;
      await choose(undefined);
      assert.equal(client.user.shown.length, length);
    });

    it('keeps what was asked for, and asks before production, when Lambda has rejected it', async () => {
      await server.stop();
      server = await startFaultServer({
        answers: [[errorAnswer(404, 'ResourceNotFoundException')]],
      });
      standIn.set('region', 'eu-west-1');
      standIn.set('endpoint', server.url);
      client.picks.functionName = 'orders-prod';
      const uri = client.write('events/lonely.json', '{"n":3}');
      client.user.answer('Send');
      const outcome = await invoke({ uri, qualifier: 'live' });
      assert.equal(outcome?.error?.name, 'ResourceNotFoundException');
      const other = await startFaultServer(faults.accepts);
      await choose({ ...chosen(), endpoint: other.url });
      client.user.answer(undefined);
      await client.user.press('Send Again');
      assert.match(client.user.shown.at(-1) ?? '', /^Send this event to orders-prod\?/);
      assert.deepEqual(other.requests, []);
      assert.equal(client.picks.titles.length, 1);
      await other.stop();
    });

    it('is not offered again when it may have been queued', async () => {
      await server.stop();
      server = await startFaultServer({ answers: [[errorAnswer(500, 'OptInRequired')]] });
      const outcome = await invoke(event('orders'));
      assert.equal(outcome?.kind, 'unknown');
      const { length } = client.user.shown;
      await choose(chosen());
      assert.equal(client.user.shown.length, length);
    });
  });

  it('names the call that was asked for, also when its file cannot be read', async () => {
    const uri = `file://${client.folder.uri.path}/gone.json`;
    const outcome = await invoke({ functionName: 'orders', api: 'Invoke', uri });
    assert.deepEqual(
      { api: outcome?.api, name: outcome?.error?.name },
      { api: 'Invoke', name: 'PayloadError' },
    );
    assert.deepEqual(client.user.lines, [
      'Not sent · gone.json cannot be read: the file does not exist.',
    ]);
  });

  it('that Lambda would reject is sent when the user says so', async () => {
    const broken = { ...event('orders'), payload: '{"n":' };
    client.user.answer(undefined, 'Send Anyway');
    assert.equal((await invoke(broken))?.error?.name, 'payload.syntax');
    assert.deepEqual(bodies(), []);
    assert.equal((await invoke(broken))?.kind, 'accepted');
  });

  it('goes to an endpoint of the workspace’s settings once the user allows it', async () => {
    standIn.set('endpoint', server.url, 'workspace');
    standIn.set('region', 'eu-west-1');
    const given = { functionName: 'orders', payload: '{}' };
    client.user.answer(undefined, 'Allow');
    assert.equal(await invoke(given), undefined);
    assert.equal((await invoke(given))?.kind, 'accepted');
    assert.equal((await invoke(given))?.kind, 'accepted');
    assert.equal(bodies().length, 2);
  });

  it('to an endpoint that the user has set themselves asks nothing', async () => {
    standIn.set('endpoint', server.url, 'user');
    standIn.set('region', 'eu-west-1');
    assert.equal((await invoke({ functionName: 'orders', payload: '{}' }))?.kind, 'accepted');
  });

  it('is sent again as it was, last or from the history', async () => {
    standIn.set('region', 'eu-west-1');
    const sent = await invoke(event('orders'));
    // Asked only as long as it may be a second click.
    client.user.answer('Send Again', 'Send Again');
    const again = (await client.commands['invokeAsync.invokeAgain']()) as Outcome;
    assert.equal(again.kind, 'accepted');
    const { requestId } = sent ?? {};
    const third = (await client.commands['invokeAsync.rerun']({ requestId })) as Outcome;
    assert.equal(third.functionName, 'orders');
    assert.deepEqual(bodies(), ['{"n":1}', '{"n":1}', '{"n":1}']);
  });

  it('of a file that has changed since is sent again as the user chooses', async () => {
    standIn.set('history.keepPayloads', true);
    const uri = client.write('events/a.json', '{"n":1}');
    const { requestId } = (await invoke({ ...event('orders'), payload: undefined, uri })) ?? {};
    client.write('events/a.json', '{"n":2}');
    const rerun = async () => client.commands['invokeAsync.rerun']({ requestId });
    client.user.answer('Compare', 'Send Original Event', 'Send Current File');
    assert.equal(await rerun(), undefined);
    assert.equal(client.user.ran.at(-1)?.id, 'vscode.diff');
    await rerun();
    await rerun();
    assert.deepEqual(bodies(), ['{"n":1}', '{"n":1}', '{"n":2}']);
  });

  it('of many is told of in one message', async () => {
    const payloads = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      client.write(`.lambda/payloads/orders/${name}.json`, `"${name}"`),
    );
    standIn.set('endpoint', server.url);
    standIn.set('region', 'eu-west-1');
    client.user.answer(undefined, 'Send');
    const all = async () => client.commands['invokeAsync.invoke'](payloads[0], payloads);
    assert.deepEqual(await all(), []);
    const outcomes = (await all()) as Outcome[];
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      Array(5).fill('accepted'),
    );
    assert.equal(client.user.shown.at(-1), '5 payloads: 5 accepted.');
    assert.deepEqual(bodies(), ['"a"', '"b"', '"c"', '"d"', '"e"']);
  });
});
