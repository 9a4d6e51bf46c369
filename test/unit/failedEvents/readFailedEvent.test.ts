import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { longestBody, readFailedEvent } from '../../../src/core/failedEvents/readFailedEvent';
import {
  batchRecord,
  failureRecord,
  functionArn,
  letterAttributes,
  notification,
  requestId,
} from './records';

const payload = '{ "id": 9007199254740993,\n  "amount": 1.10 }\n';
const error = { name: 'OutOfStock', message: 'No stock for O-1' };

describe('readFailedEvent', () => {
  it('takes the body of a dead letter as the event', () => {
    assert.deepEqual(readFailedEvent({ body: payload, attributes: letterAttributes }), {
      kind: 'event',
      payload,
      details: { requestId, error: { name: '', message: 'No stock for O-1' } },
    });
  });

  it('names the status of a dead letter that never ran', () => {
    const attributes = { ...letterAttributes, ErrorCode: '429', ErrorMessage: 'Rate exceeded' };
    const { details } = readFailedEvent({ body: '{}', attributes });
    assert.deepEqual(details.error, { name: '429', message: 'Rate exceeded' });
  });

  it('cuts the event out of a record as text', () => {
    assert.deepEqual(readFailedEvent({ body: failureRecord(payload.trim()) }), {
      kind: 'event',
      payload: payload.trim(),
      details: {
        requestId,
        functionArn: `${functionArn}:$LATEST`,
        error,
        attempts: 3,
        failedAt: Date.parse('2019-11-14T18:16:05.568Z'),
      },
    });
  });

  it('is not misled by an event that holds a record', () => {
    const inner = failureRecord('{"inner":true}');
    const read = readFailedEvent({ body: failureRecord(inner) });
    assert.equal(read.kind === 'event' && read.payload, inner);
  });

  it('takes the last of two payloads, as every parser does', () => {
    const body = failureRecord('1').replace(/\}$/, ',"requestPayload":2}');
    const read = readFailedEvent({ body });
    assert.equal(read.kind === 'event' && read.payload, '2');
  });

  it('reads what a topic has wrapped', () => {
    const record = readFailedEvent({ body: notification(failureRecord(payload)) });
    const letter = readFailedEvent({ body: notification(payload, letterAttributes) });
    assert.equal(record.kind === 'event' && record.payload, payload.trim());
    assert.equal(letter.kind === 'event' && letter.payload, payload);
    assert.equal(letter.details.requestId, requestId);
  });

  it('says why an event never ran', () => {
    const body = failureRecord('{}', {
      requestContext: { requestId, functionArn, condition: 'EventAgeExceeded' },
      responseContext: undefined,
      responsePayload: undefined,
    });
    assert.deepEqual(readFailedEvent({ body }).details.error, {
      name: 'EventAgeExceeded',
      message: '',
    });
  });

  it('reads an error that is text of JSON', () => {
    const responsePayload = JSON.stringify({
      errorType: 'OutOfStock',
      errorMessage: error.message,
    });
    const { details } = readFailedEvent({ body: failureRecord('{}', { responsePayload }) });
    assert.deepEqual(details.error, error);
  });

  const others = {
    'a batch of an event source mapping': [batchRecord, 'eventSourceMapping'],
    'an event that succeeded': [
      failureRecord('{}', {
        requestContext: { requestId, functionArn, condition: 'Success', approximateInvokeCount: 1 },
      }),
      'succeeded',
    ],
    'a record without its event': [
      JSON.stringify({ version: '1.0', requestContext: { requestId, functionArn } }),
      'noPayload',
    ],
    text: ['Hello', 'notJson'],
    nothing: ['', 'notJson'],
    'half a record': [failureRecord('{}').slice(0, -9), 'notJson'],
    'JSON of somebody else': ['{"order":1}', 'notFailedEvent'],
    'a request of API Gateway': [
      '{"version":"2.0","requestContext":{"requestId":"x"}}',
      'notFailedEvent',
    ],
    'text in a notification': [notification('Hello'), 'notJson'],
    'a notification in a notification': [
      notification(notification(failureRecord('{}'))),
      'notFailedEvent',
    ],
    'more than anybody reads': ['1'.repeat(longestBody + 1), 'tooLarge'],
  } as const;

  for (const [what, [body, reason]] of Object.entries(others)) {
    it(`does not send ${what}`, () => {
      const read = readFailedEvent({ body });
      assert.equal(read.kind === 'other' && read.reason, reason);
    });
  }

  it('does not send a dead letter that is no JSON', () => {
    const read = readFailedEvent({ body: '{"a":', attributes: letterAttributes });
    assert.equal(read.kind === 'other' && read.reason, 'notJson');
    assert.equal(read.details.requestId, requestId);
  });

  it('keeps the beginning of a long message', () => {
    const responsePayload = { errorType: 'E', errorMessage: 'x'.repeat(5000) };
    const { details } = readFailedEvent({ body: failureRecord('{}', { responsePayload }) });
    assert.equal(details.error?.message.length, 1024);
  });

  it('reads a record of 7 MB, and one that is nested a million times', () => {
    const large = JSON.stringify('x'.repeat(1024 * 1024));
    const responsePayload = { errorMessage: 'y'.repeat(6 * 1024 * 1024) };
    const read = readFailedEvent({ body: failureRecord(large, { responsePayload }) });
    assert.equal(read.kind === 'event' && read.payload === large, true);
    const nested = '['.repeat(1e6) + ']'.repeat(1e6);
    for (const body of [nested, failureRecord(nested), notification(nested)]) {
      const deep = readFailedEvent({ body });
      assert.equal(deep.kind === 'other' && deep.reason, 'tooLarge');
    }
  });
});

describe('readFailedEvent, for any text', () => {
  /** Any JSON as somebody may have written it. */
  const anyEvent = fc
    .tuple(fc.json(), fc.constantFrom(undefined, 2, '\t'))
    .map(([json, indent]) => JSON.stringify(JSON.parse(json), null, indent));

  it('gives back each event as it was put in, in every wrapping', () => {
    const wrappings: ((event: string) => Parameters<typeof readFailedEvent>[0])[] = [
      (event) => ({ body: event, attributes: letterAttributes }),
      (event) => ({ body: failureRecord(event) }),
      (event) => ({ body: notification(failureRecord(event)) }),
      (event) => ({ body: notification(event, letterAttributes) }),
    ];
    fc.assert(
      fc.property(anyEvent, fc.constantFrom(...wrappings), (event, wrap) => {
        const read = readFailedEvent(wrap(event));
        assert.equal(read.kind === 'event' && read.payload, event);
      }),
    );
  });

  it('gives back numbers of any length', () => {
    const anyNumber = fc.bigInt().map(String);
    fc.assert(
      fc.property(anyNumber, (number) => {
        const read = readFailedEvent({ body: failureRecord(number) });
        assert.equal(read.kind === 'event' && read.payload, number);
      }),
    );
  });

  it('never throws, and sends nothing that is no JSON', () => {
    const nearly = fc.oneof(
      fc.string(),
      fc.json(),
      fc.tuple(fc.nat(), fc.string({ maxLength: 3 })).map(([at, text]) => {
        const whole = notification(failureRecord(payload), letterAttributes);
        return whole.slice(0, at % whole.length) + text + whole.slice((at % whole.length) + 1);
      }),
    );
    const attributes = fc.option(
      fc.dictionary(fc.constantFrom('RequestID', 'ErrorCode'), fc.string()),
      {
        nil: undefined,
      },
    );
    fc.assert(
      fc.property(nearly, attributes, (body, given) => {
        const read = readFailedEvent({ body, ...(given && { attributes: given }) });
        if (read.kind === 'event') JSON.parse(read.payload);
      }),
    );
  });
});
