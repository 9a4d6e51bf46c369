import assert from 'node:assert/strict';
import { explainError, invokeAndWait, resolveConnection } from '../../../src/aws/main';
import {
  answer,
  errorAnswer,
  type Fault,
  type FaultServer,
  reset,
  startFaultServer,
} from '../../support/faultServer';
import { faults } from '../../support/faults';
import { expectedSignature } from '../../support/signature';

describe('waiting for a function', () => {
  let server: FaultServer;
  afterEach(() => server.stop());

  async function connect(fault: Fault, timeoutMs = 10_000) {
    server = await startFaultServer(fault);
    const environment = { HOME: '/nowhere' };
    return resolveConnection({ endpoint: server.url, timeoutMs, environment });
  }
  const request = { functionName: 'f', payload: '{ "n": 12345678901234567890 }' };

  it('makes one signed RequestResponse request that asks for the log, byte for byte', async () => {
    const connection = await connect({ answers: [[answer(200, '1')]] });
    await invokeAndWait(connection, { ...request, qualifier: 'live', tenantId: 'blue' });
    const [received] = server.requests;
    assert.ok(received);
    assert.equal(received.path, '/2015-03-31/functions/f/invocations?Qualifier=live');
    assert.equal(received.headers['x-amz-invocation-type'], 'RequestResponse');
    assert.equal(received.headers['x-amz-log-type'], 'Tail');
    assert.equal(received.headers['x-amz-tenant-id'], 'blue');
    assert.equal(received.body.toString(), request.payload);
    const signature = /Signature=(\w+)/.exec(received.headers['authorization'] ?? '')?.[1];
    assert.equal(signature, expectedSignature(received, 'local'));
  });

  it('tells what the function returned, its version, and the end of its log', async () => {
    const tail = 'START RequestId: 1\ngrün\n';
    const headers = {
      'x-amz-executed-version': '7',
      'x-amz-log-result': Buffer.from(tail).toString('base64'),
    };
    const connection = await connect({ answers: [[answer(200, '{"ü":1}', headers)]] });
    const { durationMs, requestId, ...outcome } = await invokeAndWait(connection, request);
    assert.ok(durationMs > 0 && requestId);
    assert.deepEqual(outcome, {
      kind: 'accepted',
      api: 'Invoke',
      functionName: 'f',
      waits: true,
      status: 200,
      response: { payload: '{"ü":1}', executedVersion: '7', logTail: tail },
      payloadBytes: 29,
      attempts: 1,
    });
  });

  it('takes a function that failed for one that ran', async () => {
    const body = '{"errorType":"TypeError","errorMessage":"no"}';
    const headers = { 'x-amz-function-error': 'Unhandled' };
    const connection = await connect({ answers: [[answer(200, body, headers)]] });
    const { kind, response, error } = await invokeAndWait(connection, request);
    assert.deepEqual([kind, error], ['accepted', undefined]);
    assert.deepEqual(response, { payload: body, functionError: 'Unhandled' });
  });

  const failures: readonly {
    readonly of: string;
    readonly fault: Fault;
    readonly kind: 'rejected' | 'notSent' | 'unknown';
    readonly name: string;
    readonly attempts?: number;
  }[] = [
    {
      of: 'throttling',
      fault: faults.throttlesAlways,
      kind: 'rejected',
      name: 'TooManyRequestsException',
    },
    {
      of: 'nobody there',
      fault: { refuses: true },
      kind: 'notSent',
      name: 'ECONNREFUSED',
      attempts: 0,
    },
    { of: 'a reset', fault: { answers: [[reset]] }, kind: 'unknown', name: 'ECONNRESET' },
    {
      of: 'a service error',
      fault: { answers: [[errorAnswer(500, 'ServiceException', 'failed')]] },
      kind: 'unknown',
      name: 'ServiceException',
    },
    {
      of: 'a response that breaks off',
      fault: { answers: [[answer(200, '{"a":1}').replace('{"a":1}', '{"a'), reset]] },
      kind: 'unknown',
      name: 'ECONNRESET',
    },
    {
      of: 'a page in the place of a response',
      fault: { answers: [[answer(200, '<html>Sign in</html>', { 'x-amzn-requestid': '' })]] },
      kind: 'unknown',
      name: 'NotLambda',
    },
  ];
  for (const { of, fault, kind, name, attempts = 1 } of failures) {
    it(`makes one request and no more after ${of}`, async () => {
      const connection = await connect(fault);
      const outcome = await invokeAndWait(connection, request);
      assert.deepEqual(
        [outcome.kind, outcome.error?.name, outcome.attempts, outcome.response],
        [kind, name, attempts, undefined],
      );
      assert.equal(server.requests.length, attempts);
    });
  }

  it('says after a time-out that the function may still be running', async () => {
    const connection = await connect({ answers: [[]] }, 1000);
    const outcome = await invokeAndWait(connection, request);
    assert.deepEqual([outcome.kind, outcome.error?.name], ['unknown', 'TimedOut']);
    const { cause, remedy } = explainError(outcome, connection);
    assert.match(cause, /did not respond within 1 s/);
    assert.match(remedy, /^The function may still be running, .*invokeAsync\.timeout/);
  });

  it('ends when it is cancelled, and the function may go on', async () => {
    const connection = await connect({ answers: [[]] });
    const cancel = new AbortController();
    const arrived = server.nextRequest();
    const waiting = invokeAndWait(connection, request, { signal: cancel.signal });
    await arrived;
    cancel.abort();
    const { kind, error } = await waiting;
    assert.deepEqual([kind, error?.name], ['unknown', 'Cancelled']);
  });

  it('sends nothing when it is cancelled before', async () => {
    const connection = await connect({ answers: [[]] });
    const { kind, attempts } = await invokeAndWait(connection, request, {
      signal: AbortSignal.abort(),
    });
    assert.deepEqual([kind, attempts, server.requests.length], ['notSent', 0, 0]);
  });
});
