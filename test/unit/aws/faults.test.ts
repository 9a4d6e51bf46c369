import assert from 'node:assert/strict';
import { explainError, invoke, resolveConnection } from '../../../src/aws/main';
import type { Connection } from '../../../src/core/invocation/connection';
import type { InvokeApi, Outcome, OutcomeKind } from '../../../src/core/invocation/outcome';
import {
  certificateFile,
  errorAnswer,
  type Fault,
  startFaultServer,
} from '../../support/faultServer';
import { faults } from '../../support/faults';

interface Expected {
  readonly kind: OutcomeKind;
  readonly requests: number;
  readonly attempts?: number;
  readonly status?: number;
  /** The error's name. */
  readonly name?: string;
  /** What the explanation must say. */
  readonly words?: RegExp;
  readonly action?: string;
  readonly trusted?: boolean;
}

const lost = { kind: 'unknown', requests: 1, words: /may have been queued/ } as const;
const untrusted = { kind: 'notSent', requests: 0, attempts: 0 } as const;

const trustingTestCa = { proxy: { caFile: certificateFile('ca') } };

/** By fault: what becomes of one event, and how often it was received. */
const expectations: Readonly<Record<keyof typeof faults, Expected>> = {
  accepts: { kind: 'accepted', requests: 1, status: 202 },
  acceptsLikeServerlessOffline: { kind: 'accepted', requests: 1, status: 200 },
  acceptsEventLikeServerlessOffline: { kind: 'accepted', requests: 1, status: 202 },
  acceptsLikeMoto: { kind: 'accepted', requests: 1, status: 202 },
  refuses: {
    kind: 'notSent',
    requests: 0,
    attempts: 0,
    name: 'ECONNREFUSED',
    words: /Nothing is listening on 127/,
    action: 'retry',
  },
  resetsWhileReceiving: { ...lost },
  resetsBeforeHeaders: { ...lost, name: 'ECONNRESET', action: 'retry' },
  closesBeforeHeaders: { ...lost, name: 'ECONNRESET' },
  resetsInHeaders: { ...lost, name: 'ECONNRESET' },
  resetsBeforeBody: { kind: 'accepted', requests: 1, status: 202 },
  resetsInErrorBody: {
    kind: 'rejected',
    requests: 1,
    status: 404,
    name: 'ResourceNotFoundException',
    words: /no function orders in eu-west-1/,
  },
  dripsAcceptance: { kind: 'accepted', requests: 1, status: 202 },
  dripsWithoutEnd: { ...lost, name: 'TimedOut' },
  acceptsAndNeverEnds: { kind: 'accepted', requests: 1, status: 202 },
  neverAnswers: {
    ...lost,
    name: 'TimedOut',
    words: /did not respond within 1 s.*invokeAsync.timeout/,
    action: 'openSettings',
  },
  answersGarbage: { ...lost, name: 'HPE_INVALID_CONSTANT', words: /not HTTP/ },
  answersTooLong: { kind: 'accepted', requests: 1, status: 202 },
  errorShorterThanItsLength: { ...lost, status: 500 },
  redirects: {
    kind: 'rejected',
    requests: 1,
    status: 307,
    name: 'Redirected',
    words: /elsewhere\.example.*not followed/,
  },
  switchesProtocols: { ...lost, name: 'ECONNRESET' },
  continuesThenAccepts: { kind: 'accepted', requests: 1, status: 202 },
  gzippedError: {
    kind: 'rejected',
    requests: 1,
    status: 400,
    name: 'InvalidParameterValueException',
    words: /Packed/,
  },
  signInPage: {
    ...lost,
    status: 200,
    name: 'NotLambda',
    words: /HTTP 200: Sign in Guest network \(a web page\).*sign-in page/,
  },
  errorPage: {
    kind: 'rejected',
    requests: 1,
    status: 403,
    name: 'NotLambda',
    words: /HTTP 403: Sign in Guest network/,
  },
  badGatewayPage: { ...lost, status: 502, name: 'NotLambda', words: /HTTP 502/ },
  emptyError: {
    kind: 'rejected',
    requests: 1,
    status: 403,
    name: 'NotLambda',
    words: /without a message/,
  },
  jsonThatIsNoError: { kind: 'rejected', requests: 1, status: 400, name: 'NotLambda' },
  messageThatIsNoText: { ...lost, status: 500, name: 'ServiceException' },
  codeThatIsNone: { ...lost, status: 500, name: 'NotLambda' },
  codeOfNoService: { ...lost, status: 500, name: 'NotLambda', words: /constructor/ },
  nullMessage: {
    kind: 'rejected',
    requests: 1,
    status: 403,
    name: 'AccessDeniedException',
    words: /lambda:InvokeFunction on arn:aws:lambda:eu-west-1:ACCOUNT:function:orders/,
    action: 'copyPolicy',
  },
  knowsNoInvokeAsync404: {
    kind: 'rejected',
    requests: 1,
    status: 404,
    name: 'InvokeAsyncNotImplemented',
    words: /does not implement the deprecated call/,
    action: 'useInvoke',
  },
  knowsNoInvokeAsync405: {
    kind: 'rejected',
    requests: 1,
    status: 405,
    name: 'InvokeAsyncNotImplemented',
    action: 'useInvoke',
  },
  knowsNoInvokeAsync501: {
    kind: 'rejected',
    requests: 1,
    status: 501,
    name: 'InvokeAsyncNotImplemented',
    action: 'useInvoke',
  },
  throttlesOnceThenAccepts: { kind: 'accepted', requests: 2, status: 202 },
  throttlesTwiceThenAccepts: { kind: 'accepted', requests: 3, status: 202 },
  throttlesAlways: {
    kind: 'rejected',
    requests: 3,
    status: 429,
    name: 'TooManyRequestsException',
    words: /throttled/,
    action: 'retry',
  },
  throttlesForLong: { kind: 'rejected', requests: 1, status: 429 },
  throttlesThenResets: { ...lost, requests: 2, name: 'ECONNRESET' },
  refusesLargePayloadEarly: {
    kind: 'rejected',
    requests: 1,
    status: 413,
    words: /300000 byte/,
    action: 'useInvoke',
  },
  neverFinishesHandshake: { kind: 'notSent', requests: 0, attempts: 0, name: 'TimedOut' },
  selfSigned: {
    ...untrusted,
    name: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    words: /certificate of localhost.*AWS_CA_BUNDLE/,
  },
  unknownAuthority: {
    ...untrusted,
    name: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    words: /issued by Example Company, Example Root.*NODE_EXTRA_CA_CERTS/,
  },
  expiredCertificate: {
    ...untrusted,
    name: 'CERT_HAS_EXPIRED',
    words: /valid from .* to Jan +1 .*2021/,
  },
  certificateOfAnother: {
    ...untrusted,
    trusted: true,
    name: 'ERR_TLS_CERT_ALTNAME_INVALID',
    words: /orders\.example\.com/,
  },
};

/** The status of each of Lambda's errors, and what it leaves certain. */
const statuses: readonly (readonly [number, string, OutcomeKind])[] = [
  [400, 'InvalidRequestContentException', 'rejected'],
  [400, 'ValidationException', 'rejected'],
  [400, 'RecursiveInvocationException', 'rejected'],
  [402, 'ServiceQuotaExceededException', 'rejected'],
  [403, 'ExpiredTokenException', 'rejected'],
  [403, 'InvalidSignatureException', 'rejected'],
  [403, 'UnrecognizedClientException', 'rejected'],
  [408, 'EFSMountTimeoutException', 'rejected'],
  [408, 'UnheardOfException', 'unknown'],
  [409, 'ResourceConflictException', 'rejected'],
  [410, 'EFSIOException', 'rejected'],
  [413, 'RequestTooLargeException', 'rejected'],
  [415, 'UnsupportedMediaTypeException', 'rejected'],
  [418, 'UnheardOfException', 'rejected'],
  [500, 'ServiceException', 'unknown'],
  [500, 'UnheardOfException', 'unknown'],
  [502, 'EC2ThrottledException', 'rejected'],
  [502, 'InvalidRuntimeException', 'rejected'],
  [502, 'KMSDisabledException', 'rejected'],
  [503, 'ServiceUnavailableException', 'unknown'],
];

describe('an event meets', () => {
  for (const [name, expected] of Object.entries(expectations)) {
    it(`${name}: ${expected.kind} after ${expected.requests}`, () =>
      meets(faults[name as keyof typeof faults], expected));
  }

  for (const [status, code, kind] of statuses) {
    it(`${status} ${code}: ${kind}`, () =>
      meets({ answers: [[errorAnswer(status, code)]] }, { kind, status, name: code, requests: 1 }));
  }

  it('the same faults with Invoke', async () => {
    const answers = [faults.knowsNoInvokeAsync404, faults.accepts, faults.resetsBeforeHeaders];
    const outcomes = await Promise.all(answers.map((fault) => sendTo(fault, 'Invoke')));
    assert.deepEqual(
      outcomes.map(({ outcome }) => [outcome.kind, outcome.error?.name]),
      [
        ['rejected', 'NotLambda'],
        ['accepted', undefined],
        ['unknown', 'ECONNRESET'],
      ],
    );
  });

  it('a certificate that a setting trusts, and one that a setting lets pass', async () => {
    const trusting = await sendTo(faults.unknownAuthority, 'InvokeAsync', trustingTestCa);
    const careless = await sendTo(faults.expiredCertificate, 'InvokeAsync', {
      proxy: { strictSSL: false },
    });
    assert.deepEqual([trusting.outcome.kind, careless.outcome.kind], ['accepted', 'accepted']);
  });
});

async function meets(fault: Fault, expected: Expected): Promise<void> {
  const { outcome, explanation, requests } = await sendTo(fault, 'InvokeAsync', {
    ...(expected.trusted && trustingTestCa),
    ...(expected.name === 'TimedOut' && { timeoutMs: 1000 }),
  });
  assert.equal(outcome.kind, expected.kind, JSON.stringify(outcome));
  assert.equal(requests, expected.requests);
  assert.equal(outcome.attempts, expected.attempts ?? Math.max(1, expected.requests));
  assert.equal(outcome.status, expected.status);
  if (outcome.kind === 'accepted') return;
  if (expected.name) assert.equal(outcome.error?.name, expected.name);
  const words = `${explanation.cause} ${explanation.remedy}`;
  if (expected.words) assert.match(words, expected.words);
  assert.doesNotMatch(words, /\{\w+\}|undefined|\[object/);
  if (outcome.kind === 'unknown') assert.match(words, /may have been queued/);
  if (expected.action) assert.equal(explanation.action, expected.action);
}

async function sendTo(fault: Fault, api: InvokeApi, more: Partial<Connection> = {}) {
  const server = await startFaultServer(fault);
  const connection = {
    ...(await resolveConnection({
      endpoint: server.url,
      region: 'eu-west-1',
      timeoutMs: 10_000,
      environment: { HOME: '/nowhere' },
    })),
    ...more,
  };
  const payload = JSON.stringify({ text: 'x'.repeat(300_000) });
  const outcome: Outcome = await invoke(
    connection,
    { api, functionName: 'orders', payload },
    { backoffMs: () => 0 },
  );
  await server.stop();
  return {
    outcome,
    explanation: explainError(outcome, connection),
    requests: server.requests.length,
  };
}
