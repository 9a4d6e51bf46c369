import { gzipSync } from 'node:zlib';
import { answer, end, errorAnswer, type Fault, reset } from './faultServer';

const page = '<html><head><title>Sign in</title></head><body><h1>Guest network</h1></body></html>';
const html = { 'content-type': 'text/html' };
const withoutId = { 'x-amzn-requestid': '' };
const packed = gzipSync('{"Type":"User","message":"Packed"}');

const throttled = errorAnswer(429, 'TooManyRequestsException', 'Rate Exceeded.');

/** A reset right behind other bytes can overtake them. */
const resetLater = [{ pauseMs: 30 }, reset] as const;

/** Ways in which an endpoint misbehaves, by name; every test of sending draws on them. */
export const faults = {
  accepts: { answers: [[answer(202)]] },
  /** Its answer to InvokeAsync. */
  acceptsLikeServerlessOffline: {
    answers: [[answer(200, '{"StatusCode":202}', withoutId)]],
  },
  /** Its answer to Invoke with Event. */
  acceptsEventLikeServerlessOffline: { answers: [[answer(202, '', { ...html, ...withoutId })]] },
  /** moto 5 hands out what the function returned, as text/html. */
  acceptsLikeMoto: {
    answers: [[answer(202, '{"items": "<b>2</b>"}', { ...html, ...withoutId })]],
  },
  refuses: { refuses: true },
  resetsWhileReceiving: { early: true, answers: [[reset]] },
  resetsBeforeHeaders: { answers: [[reset]] },
  closesBeforeHeaders: { answers: [[end]] },
  resetsInHeaders: { answers: [['HTTP/1.1 202 Accepted\r\nx-amzn-req', ...resetLater]] },
  resetsBeforeBody: { answers: [[answer(202, '', { 'content-length': '20' }), ...resetLater]] },
  resetsInErrorBody: {
    answers: [
      [
        answer(404, '{"Type":"User","mess', {
          'content-length': '90',
          'x-amzn-errortype': 'ResourceNotFoundException',
        }),
        ...resetLater,
      ],
    ],
  },
  dripsAcceptance: {
    answers: [
      [...(answer(202).match(/[^]{1,40}/g) ?? [])].flatMap((text) => [{ pauseMs: 2 }, text]),
    ],
  },
  dripsWithoutEnd: {
    answers: [
      [
        'HTTP/1.1 202 Accepted\r\n',
        ...Array.from({ length: 500 }, () => [`x: y\r\n`, { pauseMs: 10 }]).flat(),
      ],
    ],
  },
  acceptsAndNeverEnds: { answers: [[answer(202, '', { 'content-length': '10' })]] },
  neverAnswers: { answers: [[]] },
  answersGarbage: { answers: [['\u0000\u0001 not HTTP at all\r\n\r\n', end]] },
  answersTooLong: { answers: [[answer(202, '', { 'content-length': '0' }), 'and more', end]] },
  errorShorterThanItsLength: {
    answers: [[answer(500, '{"Type":"Service","message":"x"}', { 'content-length': '500' }), end]],
  },
  redirects: {
    answers: [[answer(307, '', { location: 'https://elsewhere.example/' })]],
  },
  switchesProtocols: {
    answers: [['HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n']],
  },
  continuesThenAccepts: {
    answers: [['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n', answer(202)]],
  },
  gzippedError: {
    answers: [
      [
        answer(400, '', {
          'content-encoding': 'gzip',
          'content-length': String(packed.length),
          'x-amzn-errortype': 'InvalidParameterValueException',
        }),
        packed,
      ],
    ],
  },
  signInPage: { answers: [[answer(200, page, { ...html, ...withoutId })]] },
  errorPage: { answers: [[answer(403, page, html)]] },
  badGatewayPage: { answers: [[answer(502, page, html)]] },
  emptyError: { answers: [[answer(403, '', { 'x-amzn-requestid': '' })]] },
  jsonThatIsNoError: { answers: [[answer(400, '[1, 2]')]] },
  messageThatIsNoText: {
    answers: [[answer(500, '{"__type":"ServiceException","message":{"reason":7}}')]],
  },
  codeThatIsNone: { answers: [[answer(500, '{"__type":["x"]}')]] },
  codeOfNoService: { answers: [[errorAnswer(500, 'constructor')]] },
  nullMessage: { answers: [[errorAnswer(403, 'AccessDeniedException', null)]] },
  knowsNoInvokeAsync404: { answers: [[answer(404, '{"statusCode":404,"error":"Not Found"}')]] },
  knowsNoInvokeAsync405: { answers: [[answer(405, page, html)]] },
  knowsNoInvokeAsync501: {
    answers: [[errorAnswer(501, 'InternalFailure', 'The API action has not been emulated.')]],
  },
  throttlesOnceThenAccepts: { answers: [[throttled], [answer(202)]] },
  throttlesTwiceThenAccepts: { answers: [[throttled], [throttled], [answer(202)]] },
  throttlesAlways: { answers: [[throttled]] },
  throttlesForLong: {
    answers: [
      [answer(429, '{}', { 'x-amzn-errortype': 'TooManyRequestsException', 'retry-after': '600' })],
    ],
  },
  throttlesThenResets: { answers: [[throttled], [reset]] },
  refusesLargePayloadEarly: {
    early: true,
    answers: [
      [
        errorAnswer(
          413,
          'RequestEntityTooLargeException',
          '300000 byte payload is too large for the Event invocation type (limit 262144 bytes)',
        ),
        end,
      ],
    ],
  },
  neverFinishesHandshake: { certificate: 'trusted', deaf: true },
  selfSigned: { certificate: 'selfSigned', answers: [[answer(202)]] },
  unknownAuthority: { certificate: 'trusted', answers: [[answer(202)]] },
  expiredCertificate: { certificate: 'expired', answers: [[answer(202)]] },
  certificateOfAnother: { certificate: 'otherHost', answers: [[answer(202)]] },
} as const satisfies Readonly<Record<string, Fault>>;
