import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { mock } from 'node:test';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { idleLimit } from '../../../src/aws/keptSockets';
import { resolveConnection } from '../../../src/aws/main';
import { type EventToSend, Sender, type SentEvent } from '../../../src/aws/sender';
import type { Connection } from '../../../src/core/invocation/connection';
import {
  answer,
  certificateFile,
  errorAnswer,
  type Fault,
  type FaultServer,
  type ReceivedRequest,
  startFaultServer,
} from '../../support/faultServer';
import { faults } from '../../support/faults';
import { type ProxyServer, startProxyServer } from '../../support/proxyServer';
import { expectedSignature } from '../../support/signature';

const accepted = answer(202);
const kinds = (results: readonly SentEvent[]) => results.map(({ kind }) => kind);

/** What a request says, without what is another thing each time. */
function comparable({ method, path, headers, body }: ReceivedRequest) {
  const ownOfEach = new Set(['amz-sdk-invocation-id', 'authorization', 'user-agent', 'x-amz-date']);
  const others = Object.entries(headers).filter(([name]) => !ownOfEach.has(name));
  const signed = /SignedHeaders=([\w;-]+)/.exec(headers['authorization'] ?? '')?.[1];
  return { method, path, headers: Object.fromEntries(others), signed, body: body.toString() };
}

describe('a sender', () => {
  let server: FaultServer;
  let sender: Sender;
  let proxy: ProxyServer | undefined;
  afterEach(async () => {
    sender.close();
    await server.stop();
    await proxy?.stop();
    proxy = undefined;
  });

  async function start(fault: Fault, more: Partial<Connection> = {}, connections?: number) {
    server = await startFaultServer(fault);
    const connection = await resolveConnection({
      endpoint: server.url,
      region: 'eu-west-1',
      timeoutMs: 10_000,
      environment: { HOME: '/nowhere' },
    });
    const trusting = fault.certificate && { proxy: { caFile: certificateFile('ca') } };
    sender = new Sender({ ...connection, ...trusting, ...more }, { connections });
  }
  const event = (n: number, more: Partial<EventToSend> = {}): EventToSend => ({
    api: 'Invoke',
    functionName: 'orders',
    payload: Buffer.from(JSON.stringify({ n })),
    ...more,
  });
  const bodies = () => server.requests.map(({ body }) => body.toString('utf8'));

  /** One after the other. */
  async function inTurn(count: number): Promise<SentEvent[]> {
    const results: SentEvent[] = [];
    for (let n = 0; n < count; n++) results.push(await sender.send(event(n)));
    return results;
  }

  for (const certificate of [undefined, 'trusted'] as const) {
    it(`sends 2,000 events at 32 at once, each once and byte for byte, over ${certificate ? 'TLS' : 'TCP'}`, async () => {
      await start({ answers: [[accepted]], ...(certificate && { certificate }) }, {}, 32);
      const payloads = Array.from({ length: 2000 }, (_, n) =>
        Buffer.from(`{"n": ${n},\t"text": "${'ü😀'.repeat(n % 50)}"}`),
      );
      const results = await Promise.all(
        payloads.map((payload, n) => sender.send(event(n, { payload }))),
      );
      assert.ok(results.every(({ kind, sent }) => kind === 'accepted' && sent));
      assert.deepEqual(bodies().toSorted(), payloads.map(String).toSorted());
      assert.ok(server.connections() <= 32, `${server.connections()} connections`);
    });
  }

  it('signs each request, and gives each an id of its own', async () => {
    await start({ answers: [[accepted]] });
    await sender.send(event(1));
    await sender.send(event(2, { api: 'InvokeAsync', qualifier: 'live' }));
    await sender.send(event(3, { qualifier: '7' }));
    assert.equal(server.connections(), 1);
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      [
        '/2015-03-31/functions/orders/invocations',
        '/2014-11-13/functions/orders%3Alive/invoke-async/',
        '/2015-03-31/functions/orders/invocations?Qualifier=7',
      ],
    );
    for (const request of server.requests) {
      const signature = /Signature=(\w+)/.exec(request.headers['authorization'] ?? '')?.[1];
      assert.equal(signature, expectedSignature(request, 'local'));
    }
    const ids = new Set(server.requests.map(({ headers }) => headers['amz-sdk-invocation-id']));
    assert.equal(ids.size, 3);
  });

  const headers: readonly [what: string, more: Partial<EventToSend>][] = [
    ['no tenant and no execution', {}],
    ['a tenant', { tenantId: 'blue/1 @a' }],
    ['an execution', { durableName: 'order-7', qualifier: '$LATEST' }],
    ['both', { tenantId: 'blue', durableName: 'order-8', functionName: 'orders:live' }],
    ['another execution of the same function', { durableName: 'order-9', qualifier: '$LATEST' }],
    ['a dry run for a tenant', { tenantId: 'blue', dryRun: true }],
  ];
  it('puts the same on the wire as the SDK, with tenants and durable executions', async () => {
    await start({ answers: [[accepted]] });
    const sdk = new LambdaClient({
      endpoint: server.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    for (const [what, more] of headers) {
      const sent = event(1, more);
      await sender.send(sent);
      await sdk.send(
        new InvokeCommand({
          FunctionName: sent.functionName,
          Qualifier: sent.qualifier,
          InvocationType: sent.dryRun ? 'DryRun' : 'Event',
          TenantId: sent.tenantId,
          DurableExecutionName: sent.durableName,
          Payload: sent.payload,
        }),
      );
      const [ours, theirs] = server.requests.slice(-2);
      assert.ok(ours && theirs);
      assert.deepEqual(comparable(ours), comparable(theirs), what);
      const signature = /Signature=(\w+)/.exec(ours.headers['authorization'] ?? '')?.[1];
      assert.equal(signature, expectedSignature(ours, 'local'), what);
      assert.equal(ours.headers['x-amz-tenant-id'], sent.tenantId);
      assert.equal(ours.headers['x-amz-durable-execution-name'], sent.durableName);
    }
    sdk.destroy();
  });

  it('sends with Invoke what InvokeAsync cannot carry', async () => {
    await start({ answers: [[accepted]] });
    await sender.send(event(1, { api: 'InvokeAsync', tenantId: 'blue' }));
    await sender.send(event(2, { api: 'InvokeAsync', durableName: 'order-7' }));
    for (const { path, headers: sent } of server.requests) {
      assert.equal(path, '/2015-03-31/functions/orders/invocations');
      assert.equal(sent['x-amz-invocation-type'], 'Event');
    }
  });

  it('tells which durable execution runs the event', async () => {
    const arn =
      'arn:aws:lambda:eu-west-1:123456789012:function:orders:1/durable-execution/order-7/id';
    await start({ answers: [[answer(202, '', { 'x-amz-durable-execution-arn': arn })]] });
    const { kind, durableExecutionArn } = await sender.send(event(1, { durableName: 'order-7' }));
    assert.deepEqual([kind, durableExecutionArn], ['accepted', arn]);
  });

  for (const count of [1, 2, 5, 100]) {
    it(`loses no event to a server that says it closes after ${count}`, async () => {
      const last = [answer(202, '', { connection: 'close' }), { finish: 'end' }] as const;
      const answers = [...Array.from({ length: count - 1 }, () => [accepted]), last];
      await start({ answers, perConnection: true }, {}, 4);
      const total = 3 * count + 1;
      const results = await Promise.all(
        Array.from({ length: total }, (_, n) => sender.send(event(n))),
      );
      assert.ok(kinds(results).every((kind) => kind === 'accepted'));
      assert.equal(server.requests.length, total);
      assert.ok(server.connections() >= Math.ceil(total / count));
    });
  }

  for (const count of [1, 2, 5, 100]) {
    it(`never sends twice what a server may have taken that closes after ${count} without a word`, async () => {
      const answers = [
        ...Array.from({ length: count - 1 }, () => [accepted]),
        [accepted, { finish: 'end' }],
      ] as const;
      await start({ answers, perConnection: true }, {}, 4);
      const total = 3 * count + 4;
      const results = await Promise.all(
        Array.from({ length: total }, (_, n) => sender.send(event(n))),
      );
      const received = bodies();
      assert.equal(new Set(received).size, received.length, 'received twice');
      for (const [n, { kind, resend, sent }] of results.entries()) {
        if (kind === 'accepted') assert.ok(received.includes(JSON.stringify({ n })));
        // The server may still have read it, but no longer answered.
        else assert.deepEqual([kind, resend, sent], ['unknown', false, true], String(n));
      }
    });
  }

  it('learns how many answers a server gives before it closes, and sends no event after them', async () => {
    const answers = [[accepted], [accepted], [{ finish: 'reset' }]] as const;
    await start({ answers, perConnection: true });
    const results = await inTurn(12);
    assert.deepEqual(
      results.map(({ kind, resend, error }) => [kind, resend, error?.name]),
      Array.from({ length: 12 }, (_, n) =>
        n === 2 ? ['unknown', false, 'ECONNRESET'] : ['accepted', false, undefined],
      ),
    );
    assert.equal(new Set(bodies()).size, 12);
  });

  it('takes no connection on which a byte arrived that nobody asked for', async () => {
    const stray = answer(202, '', { 'x-amzn-requestid': 'stray' });
    await start({ answers: [[accepted, { pauseMs: 20 }, stray]] });
    const closed = server.nextClose();
    const first = await sender.send(event(1));
    // Well before it would be closed for having been idle.
    await Promise.race([closed, sleep(3000)]);
    const second = await sender.send(event(2));
    assert.deepEqual(kinds([first, second]), ['accepted', 'accepted']);
    assert.notEqual(second.requestId, 'stray');
    assert.equal(server.connections(), 2);
  });

  it('takes an answer behind an answer for none', async () => {
    const stray = errorAnswer(404, 'ResourceNotFoundException');
    await start({ answers: [[accepted + stray]] });
    assert.deepEqual(
      kinds(await inTurn(5)),
      Array.from({ length: 5 }, () => 'accepted'),
    );
    assert.equal(server.connections(), 5);
  });

  it('does not wait for the rest of an acceptance, nor send another event before it', async () => {
    await start({
      answers: [[answer(202, '', { 'content-length': '10' }), { pauseMs: 300 }, '0123456789']],
    });
    assert.deepEqual(kinds(await inTurn(3)), ['accepted', 'accepted', 'accepted']);
    assert.equal(server.connections(), 3);
  });

  it('keeps a connection whose answers have bodies', async () => {
    await start({
      answers: [[answer(202, '{}')], [errorAnswer(404, 'ResourceNotFoundException')]],
    });
    assert.deepEqual(kinds(await inTurn(3)), ['accepted', 'rejected', 'rejected']);
    assert.equal(server.connections(), 1);
  });

  it('says how long a throttled event should wait, and sends it no more than once', async () => {
    await start({
      answers: [
        [
          answer(429, '{}', {
            'x-amzn-errortype': 'TooManyRequestsException',
            'retry-after': '3',
          }),
        ],
      ],
    });
    const { kind, resend, pauseMs, error } = await sender.send(event(1));
    assert.deepEqual(
      [kind, resend, pauseMs, error?.name],
      ['rejected', true, 3000, 'TooManyRequestsException'],
    );
    assert.equal(server.requests.length, 1);
  });

  it('cancels one of many and leaves the others alone', async () => {
    const later = [{ pauseMs: 200 }, accepted] as const;
    await start({ answers: [later, [], later, [accepted]] }, {}, 3);
    const cancelling = [0, 1, 2].map(() => new AbortController());
    const sending = cancelling.map(({ signal }, n) => sender.send(event(n), signal));
    while (server.requests.length < 3) await server.nextRequest();
    const silent = cancelling.findIndex((_, n) => bodies()[1] === JSON.stringify({ n }));
    cancelling[silent]?.abort();
    const results = await Promise.all(sending);
    assert.deepEqual(
      results.map(({ kind, error }) => error?.name ?? kind),
      cancelling.map((_, n) => (n === silent ? 'Cancelled' : 'accepted')),
    );
    assert.deepEqual(kinds(await inTurn(2)), ['accepted', 'accepted']);
    assert.equal(server.connections(), 3);
  });

  it('counts an event as sent from the start on a kept connection, and never sends it again', async () => {
    await start({ answers: [[accepted], [{ finish: 'end' }], [accepted]] });
    const results = await inTurn(3);
    assert.deepEqual(
      results.map(({ kind, sent, resend }) => [kind, sent, resend]),
      [
        ['accepted', true, false],
        ['unknown', true, false],
        ['accepted', true, false],
      ],
    );
    assert.deepEqual(
      server.requests.map(({ connection }) => connection),
      [0, 0, 1],
    );
  });

  it('names a hundred errors alike', async () => {
    await start(faults.throttlesAlways, {}, 8);
    const results = await Promise.all(Array.from({ length: 100 }, (_, n) => sender.send(event(n))));
    assert.deepEqual(
      new Set(results.map(({ error, status, resend }) => `${error?.name} ${status} ${resend}`)),
      new Set(['TooManyRequestsException 429 true']),
    );
  });

  it('cancels an event that waits for its turn: not sent', async () => {
    await start({ answers: [[]] }, {}, 1);
    const received = server.nextRequest();
    const first = sender.send(event(1));
    await received;
    const cancelling = new AbortController();
    const waiting = sender.send(event(2), cancelling.signal);
    cancelling.abort();
    const { kind, error, sent } = await waiting;
    assert.deepEqual([kind, error?.name, sent], ['notSent', 'Cancelled', false]);
    sender.close();
    assert.equal((await first).kind, 'unknown');
    const { kind: after } = await sender.send(event(3));
    assert.equal(after, 'notSent');
    assert.equal(server.requests.length, 1);
  });

  for (const certificate of [undefined, 'trusted'] as const) {
    it(`keeps its way through a proxy, ${certificate ? 'a tunnel' : 'for plain HTTP'}`, async () => {
      proxy = await startProxyServer();
      const fault: Fault = { answers: [[accepted]], ...(certificate && { certificate }) };
      await start(fault);
      sender.close();
      const connection = await resolveConnection({
        endpoint: server.url.replace('127.0.0.1', 'localhost.example'),
        region: 'eu-west-1',
        timeoutMs: 10_000,
        environment: {
          HOME: '/nowhere',
          AWS_ACCESS_KEY_ID: 'AKID',
          AWS_SECRET_ACCESS_KEY: 's',
        },
        proxy: { url: proxy.url, caFile: certificateFile('ca'), strictSSL: false },
      });
      sender = new Sender(connection);
      assert.deepEqual(
        kinds(await inTurn(5)),
        Array.from({ length: 5 }, () => 'accepted'),
      );
      if (certificate) assert.equal(proxy.asked.length, 1);
      assert.equal(proxy.connections(), 1);
    });
  }

  it('keeps no connection while the machine sleeps', async () => {
    await start({ answers: [[accepted]] });
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    try {
      await inTurn(2);
      mock.timers.setTime(Date.now() + 60_000);
      await inTurn(1);
    } finally {
      mock.timers.reset();
    }
    assert.deepEqual(
      server.requests.map(({ connection }) => connection),
      [0, 0, 1],
    );
  });

  for (const [hint, limit] of [
    [undefined, 4000],
    ['timeout=60', 4000],
    ['timeout=3, max=100', 2000],
    ['max=100, Timeout=2', 1000],
    ['timeout=1', 0],
    ['timeout=0', -1000],
  ] as const) {
    it(`keeps an idle connection for ${limit} ms when the server says ${hint}`, () => {
      assert.equal(idleLimit(hint === undefined ? {} : { 'keep-alive': hint }), limit);
    });
  }

  it('keeps nothing that the server will close before the next event', async () => {
    const brief = answer(202, '', { 'keep-alive': 'timeout=1' });
    await start({ answers: [[brief], [brief], [answer(202, '', { 'keep-alive': 'timeout=2' })]] });
    await inTurn(4);
    assert.deepEqual(
      server.requests.map(({ connection }) => connection),
      [0, 1, 2, 2],
    );
  });

  it('closes an idle connection a second before the server would', async () => {
    await start({ answers: [[answer(202, '', { 'keep-alive': 'timeout=2' })]] });
    await sender.send(event(1));
    await server.nextClose();
    await sender.send(event(2));
    assert.equal(server.connections(), 2);
  });

  it('reports everything that faults do to an event as one event', async () => {
    for (const [name, kind] of [
      ['dripsAcceptance', 'accepted'],
      ['resetsBeforeHeaders', 'unknown'],
      ['switchesProtocols', 'unknown'],
      ['gzippedError', 'rejected'],
      ['refuses', 'notSent'],
    ] as const) {
      await start(faults[name]);
      const result = await sender.send(event(1));
      assert.equal(result.kind, kind, name);
      assert.equal(result.resend, name === 'refuses', name);
      sender.close();
      await server.stop();
    }
  });
});
