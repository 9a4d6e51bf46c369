import assert from 'node:assert/strict';
import type { FailedEventRow } from '../../../src/client/failedEvents/rows';
import { startEventServer } from '../../support/eventServer';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';
import { standIn } from '../../support/vscode';
import { type Client, startClient } from './client';

const fails = 'exports.handler = async () => { throw new RangeError("No stock"); };';
const works = 'exports.handler = async () => {};';

describe('the Failed Events view', () => {
  let client: Client;
  let workspace: LocalWorkspace;
  let endpoint: string;
  beforeEach(async () => {
    client = await startClient();
    workspace = await startLocalWorkspace({ functions: {}, files: { 'orders.js': fails } });
    ({ endpoint } = workspace.local);
  });
  afterEach(async () => {
    await client.failedEvents.rows?.close();
    await client.dispose();
    await workspace.stop();
  });

  const { stringify } = JSON;
  const rows = () => (client.failedEvents.rows?.all() ?? []) as FailedEventRow[];
  const labels = () => rows().map((row) => client.failedEvents.rows?.item(row).label);
  const event = { order: 1 };

  /** Sends events that fail for good. */
  const fail = async (own: object, ...payloads: readonly object[]): Promise<void> => {
    await configure(own);
    for (const payload of payloads.length > 0 ? payloads : [event]) await failOnce({}, payload);
  };
  const configure = async (own: object) =>
    workspace.configure({ orders: { handler: 'orders.handler', ...own } });
  const failOnce = async (more: object, payload: object = event): Promise<void> => {
    const { $metadata } = await workspace.sdk.invoke({
      FunctionName: 'orders',
      InvocationType: 'Event',
      Payload: Buffer.from(stringify(payload)),
      ...more,
    });
    await workspace.log.until(/^Dead letter/, $metadata.requestId);
  };
  const mend = async () => workspace.write('orders.js', works);
  const show = async () =>
    client.commands['invokeAsync.showFailedEvents']({ functionName: 'orders', endpoint });

  it('is empty until it is asked', () => {
    assert.equal(client.failedEvents.rows, undefined);
  });

  it('shows, sends again and removes', async () => {
    await fail({ onFailure: 'queue' });
    assert.equal(await show(), 1);
    assert.deepEqual(labels(), ['RangeError: No stock']);
    await mend();
    assert.equal(await client.commands['invokeAsync.sendFailedEvents'](rows()[0]), 1);
    assert.deepEqual(labels(), ['No failed events']);
    assert.ok(client.user.shown.includes('orders: 1 event sent again'));
    const [sent] = await client.history.entries();
    assert.deepEqual([sent?.kind, sent?.api, sent?.payload.bytes], ['accepted', 'Invoke', 11]);
    await client.commands['invokeAsync.refreshFailedEvents']();
    assert.deepEqual(labels(), ['No failed events']);
  });

  it('asks before it sends five, and before it deletes', async () => {
    await fail({ onFailure: 'bucket' }, event, event, event, event, event);
    assert.equal(await show(), 5);
    client.user.answer(undefined);
    assert.equal(await client.commands['invokeAsync.sendAllFailedEvents'](), undefined);
    client.user.answer(undefined);
    await client.commands['invokeAsync.deleteFailedEvents'](rows()[0]);
    assert.equal(rows().length, 5);
    client.user.answer('Delete');
    await client.commands['invokeAsync.deleteFailedEvents'](rows()[0], rows().slice(0, 2));
    assert.equal(rows().length, 3);
    assert.ok(client.user.shown.some((one) => one.startsWith('Delete 2 failed events?')));
  });

  it('says when nothing is kept', async () => {
    await fail({});
    assert.equal(await show(), 0);
    assert.deepEqual(labels(), ['orders keeps no failed events']);
  });

  it('says of each place what it keeps', async () => {
    const arn = (service: string, name: string) =>
      `arn:aws:${service}:eu-west-1:123456789012:${name}`;
    const cases = [
      [arn('sns', 'alerts'), ['The topic alerts keeps nothing']],
      [arn('events', 'event-bus/shop'), ['The event bus shop keeps nothing']],
      [arn('lambda', 'function:mender'), ['Failed events go to the function mender']],
      // This endpoint has no queues.
      [arn('sqs', 'late.fifo'), ['late.fifo is a FIFO queue', 'late.fifo cannot be read']],
    ] as const;
    for (const [Destination, expected] of cases) {
      const server = await startEventServer(undefined, 0, {
        '/configuration': { State: 'Active' },
        '/event-invoke-config': { DestinationConfig: { OnFailure: { Destination } } },
      });
      try {
        const given = { functionName: 'orders', endpoint: server.url };
        assert.equal(await client.commands['invokeAsync.showFailedEvents'](given), 0);
        assert.deepEqual(labels(), expected);
      } finally {
        await server.stop();
      }
    }
  });

  it('leaves the events to whoever is sending them already', async () => {
    await fail({ onFailure: 'queue' }, { order: 1 }, { order: 2 });
    assert.equal(await show(), 2);
    await mend();
    const send = client.commands['invokeAsync.sendFailedEvents'];
    const sent = await Promise.all(rows().map((row) => send(row)));
    assert.deepEqual(new Set(sent), new Set([1, undefined]));
    const words = 'Another window is sending failed events of orders right now.';
    assert.ok(client.user.shown.includes(words), client.user.shown.join('\n'));
    assert.equal(rows().length, 1);
  });

  it('copies the request id, and gives the event byte for byte', async () => {
    await fail({ deadLetter: true });
    await show();
    const [row] = rows();
    await client.commands['invokeAsync.copyRequestId'](row);
    assert.deepEqual(client.user.copied, [row?.event.details.requestId]);
    assert.equal(row?.text, stringify(event));
    await client.commands['invokeAsync.openFailedEvent'](row);
    assert.equal(client.user.ran.at(-1)?.id, 'vscode.open');
  });

  it('sends an event that lies in both places once', async () => {
    await fail({ deadLetter: true, onFailure: 'bucket' });
    assert.equal(await show(), 2);
    await mend();
    const [first, second] = rows();
    client.user.answer('Send Again');
    assert.equal(await client.commands['invokeAsync.sendFailedEvents'](first), 1);
    assert.equal(await client.commands['invokeAsync.sendFailedEvents'](second), 0);
    assert.equal(rows().length, 1);
    assert.ok(client.user.shown.includes('orders: 1 had been sent before and was only removed'));
    assert.deepEqual(labels(), ['No failed events']);
  });

  it('shows the events of the function that was asked for last', async () => {
    await fail({ deadLetter: true });
    await workspace.configure({
      orders: { handler: 'orders.handler', deadLetter: true },
      bills: { handler: 'orders.handler', deadLetter: true },
    });
    const showBills = async () =>
      client.commands['invokeAsync.showFailedEvents']({ functionName: 'bills', endpoint });
    // Which of them is the last to be opened is for the network to say.
    do await Promise.all([show(), showBills()]);
    while (client.failedEvents.rows?.title !== 'bills');
    assert.deepEqual(labels(), ['No failed events']);
  });

  it('asks before production', async () => {
    await fail({ deadLetter: true });
    await show();
    standIn.set('confirm', ['orders']);
    client.user.answer('Send Again');
    client.user.answer(undefined);
    assert.equal(await client.commands['invokeAsync.sendFailedEvents'](rows()[0]), undefined);
    assert.equal(rows().length, 1);
  });

  it('asks once whether the dead letters of a queue are those of the function', async () => {
    await fail({ deadLetter: true }, event, event);
    await show();
    await mend();
    const [first, second] = rows();
    client.user.answer(undefined);
    assert.equal(await client.commands['invokeAsync.sendFailedEvents'](first), undefined);
    assert.match(client.user.shown.at(-1) ?? '', /^Send the dead letters in orders.* to orders\?/);
    client.user.answer('Send Again');
    assert.equal(await client.commands['invokeAsync.sendFailedEvents'](first), 1);
    assert.equal(await client.commands['invokeAsync.sendFailedEvents'](second), 1);
  });

  it('asks which environment is meant, and names it before production', async () => {
    await fail({ deadLetter: true });
    const environments = { prod: { region: 'us-east-1' } };
    client.write('.lambda/targets.json', stringify({ environments, targets: [] }));
    client.user.answer(undefined);
    assert.equal(await show(), undefined);
    client.user.answer('prod');
    assert.equal(await show(), 1);
    client.user.answer('Send Again');
    client.user.answer(undefined);
    assert.equal(await client.commands['invokeAsync.sendFailedEvents'](rows()[0]), undefined);
    assert.match(client.user.shown.at(-1) ?? '', /\nEnvironment: prod\n/);
    assert.equal(rows().length, 1);
  });

  it('gives the events back when it closes', async () => {
    await fail({ deadLetter: true });
    await show();
    await client.commands['invokeAsync.closeFailedEvents']();
    assert.equal(client.failedEvents.rows, undefined);
    assert.equal(await show(), 1);
  });

  it('compares an event with a payload, those of the function first', async () => {
    client.write('.lambda/payloads/orders/paid.json', '{"order":2}');
    client.write('.lambda/payloads/bills/open.json', '{}');
    await fail({ onFailure: 'queue' });
    await show();
    const paid = '.lambda/payloads/orders/paid.json';
    client.user.answer(paid);
    await client.commands['invokeAsync.compareFailedEvent'](rows()[0]);
    assert.deepEqual(
      client.user.rows.map(({ label }) => label),
      [paid, '.lambda/payloads/bills/open.json'],
    );
    const { id, given } = client.user.ran.at(-1) ?? { given: [] };
    assert.equal(id, 'vscode.diff');
    assert.match(String(given[2]), /^orders-.+ ↔ \.lambda\/payloads\/orders\/paid\.json$/);
  });

  it('come by page, and are sent again together', async () => {
    await configure({ onFailure: 'queue', concurrency: 0 });
    await Promise.all(Array.from({ length: 105 }, async () => failOnce({})));
    assert.equal(await show(), 100);
    await client.commands['invokeAsync.loadMoreFailedEvents']();
    assert.equal(rows().filter(({ stored }) => stored).length, 105);
    await configure({ onFailure: 'queue' });
    await mend();
    client.user.answer('Send Again');
    assert.equal(await client.commands['invokeAsync.sendAllFailedEvents'](), 105);
    assert.ok(client.user.shown.some((one) => one.startsWith('Send 105 failed events to orders')));
  });

  it('follows the log of an event to the last of its runs', async () => {
    await workspace.stop();
    const own = { functions: {}, files: { 'orders.js': fails }, retryDelaysMs: [] };
    workspace = await startLocalWorkspace(own);
    ({ endpoint } = workspace.local);
    await fail({ onFailure: 'queue' });
    await show();
    const [row] = rows();
    assert.equal(row?.event.details.attempts, 1);
    await client.commands['invokeAsync.followLogs'](row);
    await client.user.wrote(/RangeError: No stock/);
    assert.match(client.user.lines.at(-1) ?? '', /Failed/);
  });

  it('says that there is no log of an event that never ran', async () => {
    await fail({ onFailure: 'queue', concurrency: 0 });
    await show();
    await client.commands['invokeAsync.followLogs'](rows()[0]);
    assert.match(client.user.shown.at(-1) ?? '', /^The event never ran/);
  });

  describe('of a function that isolates tenants', () => {
    const told = /Tenant (\w+)/;
    const tells = 'exports.handler = async (_, { tenantId }) => console.log("Tenant " + tenantId);';
    const sendAll = async () => client.commands['invokeAsync.sendAllFailedEvents']();

    it('go to the tenant that the user types, which the question before production names', async () => {
      await configure({ onFailure: 'queue', tenant: true });
      await failOnce({ TenantId: 'blue' });
      await failOnce({ TenantId: 'blue' });
      assert.equal(await show(), 2);
      await workspace.write('orders.js', tells);
      client.user.answer(undefined);
      assert.equal(await sendAll(), undefined);
      assert.equal(rows().length, 2);
      standIn.set('confirm', ['orders']);
      client.user.answer('blue', 'Send');
      assert.equal(await sendAll(), 2);
      assert.ok(client.user.shown.some((one) => one.includes('\nTenant: blue\n')));
      assert.match((await workspace.log.until(told)).text, /Tenant blue/);
      const sent = await client.history.entries();
      assert.deepEqual(
        sent.map(({ tenantId, kind }) => [tenantId, kind]),
        [
          ['blue', 'accepted'],
          ['blue', 'accepted'],
        ],
      );
    });

    it('go to the tenant that they were sent to from here, and nobody is asked', async () => {
      await configure({ onFailure: 'queue', tenant: true });
      await client.commands['invokeAsync.invoke']({
        functionName: 'orders',
        payload: stringify(event),
        tenantId: 'green',
        endpoint,
      });
      await workspace.log.until(/^Dead letter/);
      await show();
      const [row] = rows();
      assert.ok(row);
      const tooltip = client.failedEvents.rows?.item(row).tooltip;
      assert.ok(typeof tooltip === 'string' && tooltip.includes('\nTenant: green\n'));
      await workspace.write('orders.js', tells);
      assert.equal(await sendAll(), 1);
      assert.match((await workspace.log.until(told)).text, /Tenant green/);
    });

    it('are asked about with the tenant of the target of the function', async () => {
      const targets = [{ payloads: 'events/*.json', function: 'orders', tenantId: 'red' }];
      client.write('.lambda/targets.json', stringify({ targets }));
      client.write('events/order.json', '{}');
      await configure({ onFailure: 'queue', tenant: true });
      await failOnce({ TenantId: 'blue' });
      await show();
      client.user.answer(undefined);
      assert.equal(await sendAll(), undefined);
      assert.deepEqual(client.user.suggested, ['red']);
    });

    it('can be given one when Lambda rejects them, where the configuration did not tell', async () => {
      await fail({ onFailure: 'queue' });
      await show();
      await configure({ onFailure: 'queue', tenant: true });
      await workspace.write('orders.js', tells);
      assert.equal(await sendAll(), 0);
      client.user.answer('blue');
      await client.user.press('Enter Tenant ID…');
      assert.match((await workspace.log.until(told)).text, /Tenant blue/);
      assert.deepEqual(labels(), ['No failed events']);
    });
  });

  it('of a durable function start the execution of their request id, in a version', async () => {
    await configure({ deadLetter: true, durable: true });
    await failOnce({ Qualifier: 'live' });
    await show();
    const requestId = rows()[0]?.event.details.requestId;
    await mend();
    client.user.answer('Send Again', '$LATEST');
    assert.equal(await client.commands['invokeAsync.sendAllFailedEvents'](), 1);
    const [sent] = await client.history.entries();
    assert.deepEqual(
      [sent?.kind, sent?.qualifier, sent?.durableName],
      ['accepted', '$LATEST', `failed-event-${requestId}`],
    );
    assert.match(sent?.durableExecutionArn ?? '', /durable-execution\/failed-event-/);
  });

  it('warns before it saves what looks like a secret', async () => {
    await fail({ deadLetter: true }, { password: 'hunter2' });
    await show();
    client.user.answer(undefined);
    await client.commands['invokeAsync.saveEvent'](rows()[0]);
    assert.ok(client.user.shown.some((one) => one.includes('secrets or personal data')));
  });
});
