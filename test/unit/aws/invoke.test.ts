import assert from 'node:assert/strict';
import {
  explainError,
  invoke,
  type InvokeHooks,
  type InvokeRequest,
  listFunctions,
  resolveConnection,
} from '../../../src/aws/main';
import {
  answer,
  errorAnswer,
  type Fault,
  type FaultServer,
  startFaultServer,
} from '../../support/faultServer';
import { faults } from '../../support/faults';
import { expectedSignature } from '../../support/signature';

describe('sending an event', () => {
  let server: FaultServer;
  afterEach(() => server.stop());

  async function connect(fault: Fault) {
    server = await startFaultServer(fault);
    return resolveConnection({
      endpoint: server.url,
      timeoutMs: 5000,
      environment: { HOME: '/nowhere' },
    });
  }
  async function send(fault: Fault, request: Partial<InvokeRequest> = {}, hooks?: InvokeHooks) {
    const connection = await connect(fault);
    return invoke(
      connection,
      { api: 'InvokeAsync', functionName: 'f', payload: '{}', ...request },
      hooks,
    );
  }

  it('sends the payload byte for byte', async () => {
    const payload = '\n{ "a":\t"ü 😀", "big": 12345678901234567890 }\r\n';
    const outcome = await send(faults.accepts, { payload });
    assert.equal(server.requests[0]?.body.toString('utf8'), payload);
    assert.equal(outcome.payloadBytes, Buffer.byteLength(payload));
  });

  const asynchronous = '/2014-11-13/functions/NAME/invoke-async/';
  const forms: readonly (readonly [string, Partial<InvokeRequest>, string, string | undefined])[] =
    [
      ['InvokeAsync', {}, asynchronous.replace('NAME', 'f'), undefined],
      [
        'InvokeAsync with a qualifier',
        { qualifier: 'live' },
        asynchronous.replace('NAME', 'f%3Alive'),
        undefined,
      ],
      [
        'InvokeAsync with a qualifier in the name',
        { functionName: 'f:live', qualifier: 'live' },
        asynchronous.replace('NAME', 'f%3Alive'),
        undefined,
      ],
      [
        'InvokeAsync with a qualifier after a name that reads like an account',
        { functionName: '123456789012', qualifier: '1' },
        asynchronous.replace('NAME', 'function%3A123456789012%3A1'),
        undefined,
      ],
      ['Invoke', { api: 'Invoke' }, '/2015-03-31/functions/f/invocations', 'Event'],
      [
        'Invoke with a qualifier',
        { api: 'Invoke', qualifier: '7' },
        '/2015-03-31/functions/f/invocations?Qualifier=7',
        'Event',
      ],
      [
        'a dry run',
        { dryRun: true, qualifier: '7' },
        '/2015-03-31/functions/f/invocations?Qualifier=7',
        'DryRun',
      ],
    ];
  for (const [what, request, path, type] of forms) {
    it(`forms and signs the request of ${what}`, async () => {
      await send(faults.accepts, request);
      const [received] = server.requests;
      assert.equal(received?.method, 'POST');
      assert.equal(received.path, path);
      assert.equal(received.headers['x-amz-invocation-type'], type);
      const signature = /Signature=(\w+)/.exec(received.headers['authorization'] ?? '')?.[1];
      assert.equal(signature, expectedSignature(received, 'local'));
    });
  }

  it('names a dry run’s API, and its 204', async () => {
    const outcome = await send({ answers: [[answer(204)]] }, { dryRun: true });
    assert.deepEqual([outcome.kind, outcome.api, outcome.status], ['accepted', 'Invoke', 204]);
  });

  it('tells before each further attempt why it is made, and after which pause', async () => {
    const told: unknown[] = [];
    await send(
      faults.throttlesAlways,
      {},
      {
        backoffMs: (n) => n,
        onAttempt: (...words) => told.push(words),
      },
    );
    assert.deepEqual(told, [
      [2, 2, 'TooManyRequestsException: Rate Exceeded.'],
      [3, 3, 'TooManyRequestsException: Rate Exceeded.'],
    ]);
  });

  it('keeps the session token out of what it reports', async () => {
    const outcome = await send(answersWithToken);
    assert.equal(outcome.error?.message, 'The signature does not match.');
  });

  it('cancelled before it left: not sent', async () => {
    const outcome = await send(faults.accepts, {}, { signal: AbortSignal.abort() });
    assert.deepEqual(
      [outcome.kind, outcome.error?.name, outcome.attempts],
      ['notSent', 'Cancelled', 0],
    );
    assert.equal(server.requests.length, 0);
  });

  it('cancelled on the wire: unknown, and says so', async () => {
    const connection = await connect(faults.neverAnswers);
    const cancelling = new AbortController();
    const received = server.nextRequest();
    const sending = invoke(
      connection,
      { api: 'InvokeAsync', functionName: 'f', payload: '{}' },
      { signal: cancelling.signal },
    );
    await received;
    cancelling.abort();
    const outcome = await sending;
    assert.deepEqual(
      [outcome.kind, outcome.error?.name, outcome.attempts],
      ['unknown', 'Cancelled', 1],
    );
    assert.match(explainError(outcome, connection).remedy, /may have been queued/);
  });

  it('cancelled while it waits to be sent again: what was refused stays refused', async () => {
    const cancelling = new AbortController();
    const outcome = await send(
      faults.throttlesAlways,
      {},
      {
        signal: cancelling.signal,
        backoffMs: () => 10_000,
        onAttempt: () => cancelling.abort(),
      },
    );
    assert.deepEqual([outcome.kind, outcome.status, outcome.attempts], ['rejected', 429, 1]);
  });
});

describe('listing functions', () => {
  let server: FaultServer;
  afterEach(() => server.stop());

  const list = async (fault: Fault) => {
    server = await startFaultServer(fault);
    const connection = await resolveConnection({
      endpoint: server.url,
      timeoutMs: 5000,
      environment: { HOME: '/nowhere' },
    });
    const pages: string[][] = [];
    for await (const page of listFunctions(connection)) pages.push(page.map(({ name }) => name));
    return pages;
  };

  it('gives them page by page', async () => {
    assert.deepEqual(await list({ answers: [[functionPage('a', 'next')], [functionPage('b')]] }), [
      ['a'],
      ['b'],
    ]);
    assert.match(server.requests[1]?.path ?? '', /Marker=next/);
  });

  it('keeps the session token out of what it reports', async () => {
    await assert.rejects(list(answersWithToken), ({ message }: Error) => {
      assert.match(message, /The signature does not match/);
      assert.doesNotMatch(message, /TOKEN/);
      return true;
    });
  });

  it('says which permission is missing', async () => {
    const message =
      'User: x is not authorized to perform: lambda:ListFunctions on resource: * because';
    await assert.rejects(
      list({ answers: [[errorAnswer(403, 'AccessDeniedException', message)]] }),
      {
        name: 'ListFailed',
        message: /lacks the permission lambda:ListFunctions/,
      },
    );
  });
});

/** What Lambda answers to a wrong signature. */
const answersWithToken: Fault = {
  answers: [
    [
      errorAnswer(
        403,
        'InvalidSignatureException',
        "The signature does not match.\n\nThe Canonical String for this request should have been\n'POST\nx-amz-security-token:TOKEN'",
      ),
    ],
  ],
};

function functionPage(name: string, NextMarker?: string): string {
  return answer(200, JSON.stringify({ Functions: [{ FunctionName: name }], NextMarker }));
}
