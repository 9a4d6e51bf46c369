import assert from 'node:assert/strict';
import type { DurableExecutionState } from '../../../src/core/invocation/durableExecution';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { answer, type FaultServer, reset, startFaultServer } from '../../support/faultServer';
import { buildHandlerProcess } from '../../support/localLambda';
import { type Client, startClient } from './client';

const functions = {
  orders: { handler: 'handlers/orders.handler', durable: true },
  fails: { handler: 'handlers/orders.fails', durable: true },
  waits: { handler: 'handlers/orders.waits', durable: true, timeout: 60 },
};

const handlers = `
exports.handler = async ({ n }) => ({ shipped: n });
exports.fails = async () => { throw new RangeError('out of stock'); };
exports.waits = () => new Promise(() => setTimeout(() => {}, 60_000));
`;

/** With the real Local Lambda and the real SDK. */
describe('a durable execution', () => {
  let client: Client;
  beforeEach(async () => {
    client = await startClient({ handlerProcess: await buildHandlerProcess() });
    client.write('.lambda/local.json', JSON.stringify({ functions }));
    client.write('handlers/orders.js', handlers);
    await client.commands['invokeAsync.startLocal']();
  });
  afterEach(() => client.dispose());

  const start = async (functionName: string) => {
    const event = {
      functionName: `${functionName}:$LATEST`,
      payload: '{\n  "n": 7\n}\n',
      durableName: functionName,
    };
    const outcome = (await client.commands['invokeAsync.invoke'](event)) as Outcome;
    assert.equal(outcome.kind, 'accepted');
    client.user.lines.length = 0;
  };
  const follow = async () =>
    (await client.commands['invokeAsync.followDurable']()) as DurableExecutionState | undefined;
  const said = () =>
    client.user.lines.filter((line) => /^\[\w+\] (Durable|Result|Error)/.test(line));
  const [timed, took] = [/ · after \d+ \w+/, ' · after …'] as const;

  it('is followed to its result', async () => {
    await start('orders');
    const state = await follow();
    assert.deepEqual(
      [state?.status, state?.input, state?.result],
      ['SUCCEEDED', '{\n  "n": 7\n}\n', '{"shipped":7}'],
    );
    assert.equal(said().at(-1), '[orders] Result: {"shipped":7}');
    assert.equal((await client.history.entries())[0]?.followed, 'succeeded');
  });

  it('that is over is told with what it was given, on one line', async () => {
    await start('orders');
    await follow();
    client.user.lines.length = 0;
    await follow();
    assert.deepEqual(
      said().map((line) => line.replace(timed, took)),
      [
        '[orders] Durable execution orders: SUCCEEDED · after … · input {"n":7}',
        '[orders] Result: {"shipped":7}',
      ],
    );
  });

  it('that runs is told with what it was given, then its end', async () => {
    await start('waits');
    const following = follow();
    await client.user.wrote(/Durable execution waits: RUNNING · input \{"n":7\}$/);
    client.user.answer('Stop');
    await client.commands['invokeAsync.stopDurable']();
    assert.equal((await following)?.status, 'STOPPED');
    assert.deepEqual(
      said()
        .slice(-2)
        .map((line) => line.replace(timed, took)),
      ['[waits] Durable execution waits: STOPPED · after …', '[waits] Error: Stopped'],
    );
  });

  it('is followed to its error', async () => {
    await start('fails');
    assert.equal((await follow())?.status, 'FAILED');
    assert.equal(said().at(-1), '[fails] Error: RangeError: out of stock');
    assert.equal((await client.history.entries())[0]?.followed, 'failed');
  });

  it('is stopped after a question, and then is over', async () => {
    await start('waits');
    client.user.answer(undefined, 'Stop', 'Stop');
    const stop = async () => client.commands['invokeAsync.stopDurable']();
    assert.equal(await stop(), false);
    assert.equal(await stop(), true);
    assert.match(client.user.shown.join('\n'), /Stop the durable execution waits\?/);
    assert.equal((await follow())?.status, 'STOPPED');
    assert.equal(await stop(), false);
    assert.match(client.user.shown.at(-1) ?? '', /^Durable execution waits: /);
  });

  it('has a name to copy', async () => {
    await start('orders');
    await client.commands['invokeAsync.copyDurableName']();
    assert.deepEqual(client.user.copied, ['orders']);
  });

  it('that no event has started is told', async () => {
    assert.equal(await follow(), undefined);
    assert.match(client.user.shown.at(-1) ?? '', /No event has started a durable execution yet/);
  });
});

describe('an invocation whose outcome is unknown', () => {
  let client: Client;
  let server: FaultServer;
  beforeEach(async () => {
    client = await startClient();
    server = await startFaultServer({ answers: [[reset], [answer(202)]] });
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  const send = async (uri: object) =>
    client.commands['invokeAsync.invoke']({
      functionName: 'orders:1',
      uri,
      durableName: 'o-7',
      region: 'eu-west-1',
      endpoint: server.url,
    });
  const sent = () =>
    server.requests.map(({ headers, body }) => [
      headers['x-amz-durable-execution-name'],
      body.toString(),
    ]);

  it('is sent again safely from its row: under the same name, with the same payload', async () => {
    await send(client.write('a.json', '{"n":7}'));
    const again = (await client.commands['invokeAsync.sendAgainSafely']()) as Outcome;
    assert.equal(again.kind, 'accepted');
    assert.deepEqual(sent(), [
      ['o-7', '{"n":7}'],
      ['o-7', '{"n":7}'],
    ]);
  });

  it('is not when the payload has changed', async () => {
    await send(client.write('a.json', '{"n":7}'));
    client.write('a.json', '{"n":8}');
    assert.equal(await client.commands['invokeAsync.sendAgainSafely'](), undefined);
    assert.equal(server.requests.length, 1);
    assert.match(client.user.shown.at(-1) ?? '', /^The payload has changed since/);
  });
});
