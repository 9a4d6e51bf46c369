import assert from 'node:assert/strict';
import { join } from 'node:path';
import { newDurableName } from '../../../src/client/invoke/functionNeeds';
import type { Outcome } from '../../../src/core/invocation/outcome';
import type { RunSummary } from '../../../src/core/fileRun/run';
import { durableNamePattern } from '../../../src/core/invocationHeaders';
import { readHeader } from '../../../src/sendFile/journal';
import {
  answer,
  errorAnswer,
  type FaultServer,
  reset,
  startFaultServer,
} from '../../support/faultServer';
import { buildHandlerProcess } from '../../support/localLambda';
import { type Client, startClient } from './client';

const functions = {
  orders: { handler: 'handlers/orders.handler', durable: true },
  tenants: { handler: 'handlers/orders.handler', tenant: true },
  never: { handler: 'handlers/orders.handler', concurrency: 0 },
  plain: { handler: 'handlers/orders.handler', maximumEventAge: 600 },
};

/** What functions want of an event, with the real Local Lambda and the real SDK. */
describe('a function whose configuration says that it needs more', () => {
  let client: Client;
  before(async () => {
    await buildHandlerProcess();
  });
  beforeEach(async () => {
    client = await startClient({ handlerProcess: await buildHandlerProcess() });
    client.write('.lambda/local.json', JSON.stringify({ functions }));
    client.write('handlers/orders.js', 'exports.handler = async ({ n }) => ({ shipped: n });');
    await client.commands['invokeAsync.startLocal']();
    client.user.lines.length = 0;
  });
  afterEach(() => client.dispose());

  const invoke = async (argument: object) =>
    (await client.commands['invokeAsync.invoke'](argument)) as Outcome | undefined;
  const said = (words: RegExp) => client.user.lines.filter((line) => words.test(line));

  describe('a durable one', () => {
    it('gets a version or alias that the user picks, and an execution name', async () => {
      client.user.answer('$LATEST');
      const uri = client.write('.lambda/payloads/orders/paid order.json', '{"n":7}');
      const outcome = await invoke({ uri });
      assert.deepEqual([outcome?.kind, outcome?.api], ['accepted', 'Invoke']);
      assert.match(
        outcome?.durableExecutionArn ?? '',
        /:orders:\$LATEST\/durable-execution\/paid-order-[\w-]{36}\//,
      );
      assert.deepEqual(
        client.user.rows.map(({ label }) => label),
        ['$LATEST', 'Enter…'],
      );
      const [entry] = await client.history.entries();
      assert.equal(entry?.qualifier, '$LATEST');
      assert.match(entry?.durableName ?? '', /^paid-order-/);
      assert.equal(entry?.durableExecutionArn, outcome?.durableExecutionArn);
      assert.equal(said(/^Sent with Invoke: .* the name of a durable execution/).length, 1);
      assert.equal(said(/^Durable execution: arn:/).length, 1);
      assert.equal(said(/^The event runs exactly once: sent again under .*paid-order-/).length, 1);
    });

    it('is not sent to when the user picks none', async () => {
      client.user.answer(undefined);
      assert.equal(await invoke({ functionName: 'orders', payload: '{}' }), undefined);
      assert.deepEqual(await client.history.entries(), []);
    });

    it('gets another name for each action, and the one that is given', async () => {
      const event = { functionName: 'orders:$LATEST', payload: '{"n":1}' };
      await invoke(event);
      await invoke(event);
      await invoke({ ...event, durableName: 'mine' });
      await client.commands['invokeAsync.rerun']();
      const names = (await client.history.entries()).map(({ durableName }) => durableName);
      assert.equal(new Set(names).size, 4);
      assert.ok(names.includes('mine'));
    });

    it('takes a typed version', async () => {
      client.user.answer('Enter…', 'live');
      const outcome = await invoke({ functionName: 'orders', payload: '{}' });
      assert.equal(outcome?.kind, 'accepted');
      assert.equal((await client.history.entries())[0]?.qualifier, 'live');
    });

    it('asks for a version also to check a permission, which starts nothing', async () => {
      client.user.answer('$LATEST');
      const outcome = (await client.commands['invokeAsync.dryRun']({
        functionName: 'orders',
      })) as Outcome;
      assert.deepEqual([outcome.kind, outcome.status], ['accepted', 204]);
    });
  });

  describe('for the lines of an event file', () => {
    const sendFile = async (name: string, more: object = {}) => {
      const uri = client.write('events/lines.jsonl', '{"n":1}\n{"n":2}\n{"n":3}\n');
      const argument = { uri, functionName: name, ...more };
      return (await client.commands['invokeAsync.sendFile'](argument)) as RunSummary | undefined;
    };
    const executionSeedOf = async () => {
      const [run] = await client.runs.all();
      return (await readHeader(join(run?.folder ?? '', 'journal'))).executionSeed;
    };

    it('gets a version or alias, and an execution name for each of them', async () => {
      client.user.answer('$LATEST', 'Send 3 events to orders:$LATEST');
      const summary = await sendFile('orders');
      assert.equal(summary?.progress.counts.accepted, 3);
      assert.deepEqual([summary.target.api, summary.target.qualifier], ['Invoke', '$LATEST']);
      const labels = client.user.rows.map(({ label }) => label);
      assert.ok(labels.includes('Durable: each line has its own execution name'), String(labels));
      assert.match((await executionSeedOf()) ?? '', /^[0-9a-f]{64}$/);
    });

    it('gets the tenant of all of them, asked for or of the target', async () => {
      client.user.answer('blue', 'Send 3 events to tenants');
      const asked = await sendFile('tenants');
      assert.equal(asked?.progress.counts.accepted, 3);
      assert.deepEqual([asked.target.api, asked.target.tenantId], ['Invoke', 'blue']);
      assert.ok(client.user.rows.some(({ label }) => label === 'Tenant: blue'));
      const target = { payloads: 'events/*.jsonl', function: 'tenants', tenantId: 'green' };
      client.write('.lambda/targets.json', JSON.stringify({ targets: [target] }));
      client.user.answer('Send 3 events to tenants');
      const written = await sendFile('tenants', { functionName: undefined });
      assert.equal(written?.target.tenantId, 'green');
      assert.equal(await executionSeedOf(), undefined);
    });
  });

  describe('one that isolates tenants', () => {
    it('gets the tenant that the user types', async () => {
      client.user.answer('blue');
      const outcome = await invoke({ functionName: 'tenants', payload: '{}' });
      assert.deepEqual([outcome?.kind, outcome?.api], ['accepted', 'Invoke']);
      assert.equal((await client.history.entries())[0]?.tenantId, 'blue');
      assert.ok(client.user.isDone);
    });

    it('asks for none when one is given, and sends nothing when the user gives none', async () => {
      const event = { functionName: 'tenants', payload: '{}' };
      assert.equal((await invoke({ ...event, tenantId: 'blue' }))?.kind, 'accepted');
      client.user.answer(undefined);
      assert.equal(await invoke(event), undefined);
      assert.equal((await client.history.entries()).length, 1);
    });
  });

  it('tells after 202 what will become of the event, and again only when it changes', async () => {
    await invoke({ functionName: 'plain', payload: '{"n":1}' });
    await client.user.wrote(/^plain: /);
    assert.deepEqual(said(/^plain: /), [
      'plain: 2 retries after an error · given up after 10 minutes · a failed event is lost',
    ]);
    await invoke({ functionName: 'plain', payload: '{"n":2}' });
    await invoke({ functionName: 'never', payload: '{}' });
    await client.user.wrote(/^never: Reserved concurrency is 0: it will not run/);
    assert.equal(said(/^plain: /).length, 1);
  });

  it('tells it also in the question before production', async () => {
    client.write(
      '.lambda/local.json',
      JSON.stringify({ functions: { 'orders-prod': functions.never } }),
    );
    client.user.answer('Send', undefined);
    const event = { functionName: 'orders-prod', payload: '{}', api: 'Invoke' };
    await invoke(event);
    await client.user.wrote(/^orders-prod: /);
    await invoke(event);
    assert.match(client.user.shown.at(-1) ?? '', /\n\nReserved concurrency is 0: it will not run/);
  });
});

describe('an event whose configuration nobody may read', () => {
  let client: Client;
  let server: FaultServer;
  beforeEach(async () => {
    client = await startClient();
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  const invoke = async (argument: object) =>
    (await client.commands['invokeAsync.invoke']({
      functionName: 'orders',
      payload: '{}',
      api: 'Invoke',
      region: 'eu-west-1',
      endpoint: server.url,
      ...argument,
    })) as Outcome;
  const refusing = (message: string) => ({
    answers: [[errorAnswer(400, 'InvalidParameterValueException', message)]],
  });
  const header = (name: string) => server.requests.map(({ headers }) => headers[name]);

  it('is offered a tenant when Lambda wants one', async () => {
    server = await startFaultServer(
      refusing(
        'The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again.',
      ),
    );
    assert.equal((await invoke({})).kind, 'rejected');
    client.user.answer('blue');
    await client.user.press('Enter Tenant ID…');
    assert.deepEqual(header('x-amz-tenant-id'), [undefined, 'blue']);
  });

  it('is offered a version when Lambda wants one, with an execution name', async () => {
    server = await startFaultServer(
      refusing('You cannot invoke a durable function using an unqualified ARN.'),
    );
    assert.equal((await invoke({})).kind, 'rejected');
    client.user.answer('$LATEST');
    await client.user.press('Select Version or Alias…');
    const [, sent] = server.requests.filter(({ method }) => method === 'POST');
    assert.equal(sent?.path, '/2015-03-31/functions/orders/invocations?Qualifier=%24LATEST');
    assert.match(sent.headers['x-amz-durable-execution-name'] ?? '', durableNamePattern);
  });

  it('whose outcome is unknown is sent again safely, under its name', async () => {
    server = await startFaultServer({ answers: [[reset], [answer(202)]] });
    const outcome = await invoke({ functionName: 'orders:1', durableName: 'o-7' });
    assert.equal(outcome.kind, 'unknown');
    assert.match(client.user.lines.join('\n'), /under its execution name, it still runs only once/);
    await client.user.press('Send Again Safely');
    assert.deepEqual(header('x-amz-durable-execution-name'), ['o-7', 'o-7']);
    const [entry] = await client.history.entries();
    assert.deepEqual([entry?.kind, entry?.durableName], ['accepted', 'o-7']);
  });
});

describe('the name of a durable execution', () => {
  for (const [label, begins] of [
    ['events/paid order.json', /^paid-order-/],
    ['typed JSON', /^typed-JSON-/],
    ['größe äöü.json', /^gr-e-[\da-f]/],
    ['…', /^[\da-f]{8}-/],
    [`${'long'.repeat(20)}.json`, /^longlonglonglonglonglonglon-/],
  ] as const) {
    it(`made for ${label.slice(0, 20)} is one that Lambda takes`, () => {
      const name = newDurableName(label);
      assert.match(name, durableNamePattern);
      assert.match(name, begins);
      assert.notEqual(name, newDurableName(label));
    });
  }
});
