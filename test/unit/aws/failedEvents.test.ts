import assert from 'node:assert/strict';
import { resolveConnection } from '../../../src/aws/main';
import { findFailedEventPlaces, openFailedEvents } from '../../../src/aws/failedEvents/main';
import type { FailedEventPlace } from '../../../src/core/failedEvents/place';
import { readFailedEvent } from '../../../src/core/failedEvents/readFailedEvent';
import type { FailedEventStore, StoredEvent } from '../../../src/core/failedEvents/store';
import type { Connection } from '../../../src/core/invocation/connection';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';

const fails = 'exports.handler = async () => { throw new RangeError("No stock for O-1"); };';
const payload = '{ "id": 9007199254740993,\n\t"amount": 1.10, "name": "Zoë ✓" }\n';

describe('failed events of Local Lambda, by the clients of AWS', () => {
  let workspace: LocalWorkspace;
  let connection: Connection;
  const stores: FailedEventStore[] = [];

  beforeEach(async () => {
    const handler = 'fails.handler';
    workspace = await startLocalWorkspace({
      functions: {
        letters: { handler, deadLetter: true },
        queue: { handler, onFailure: 'queue' },
        bucket: { handler, onFailure: 'bucket' },
        both: { handler, deadLetter: true, onFailure: 'bucket' },
        nothing: { handler },
        old: { handler: 'slow.handler', onFailure: 'queue', maximumEventAge: 1 },
      },
      files: {
        'fails.js': fails,
        'slow.js':
          'exports.handler = async () => { await new Promise((done) => setTimeout(done, 1100)); throw new Error(); };',
      },
    });
    connection = await resolveConnection({
      endpoint: workspace.local.endpoint,
      region: workspace.local.region,
      timeoutMs: 10_000,
      environment: { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    });
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await workspace.stop();
  });

  /** Sends an event, and resolves to its request id when its last attempt has failed. */
  const fail = async (functionName: string, text = payload): Promise<string> => {
    const { $metadata } = await workspace.sdk.invoke({
      FunctionName: functionName,
      InvocationType: 'Event',
      Payload: Buffer.from(text),
    });
    await workspace.log.until(/^Dead letter/, $metadata.requestId);
    return $metadata.requestId ?? '';
  };
  const placesOf = async (functionName: string) => {
    const found = await findFailedEventPlaces(connection, { functionName });
    const { deadLetters, failureDestination } = found;
    return { deadLetters, failureDestination };
  };
  const placeOf = async (functionName: string): Promise<FailedEventPlace> => {
    const { deadLetters, failureDestination } = await placesOf(functionName);
    const places = [deadLetters, failureDestination].flatMap((reading) =>
      reading.kind === 'known' && reading.value ? [reading.value] : [],
    );
    assert.ok(places[0]);
    return places[0];
  };
  const open = async (functionName: string): Promise<FailedEventStore> => {
    const place = await placeOf(functionName);
    const store = await openFailedEvents(connection, place, functionName);
    stores.push(store);
    return store;
  };
  const eventIn = ({ message }: StoredEvent) => {
    assert.ok(message);
    return readFailedEvent(message);
  };

  it('go where the function is configured to send them', async () => {
    const found = await placesOf('both');
    assert.deepEqual(found, {
      deadLetters: {
        kind: 'known',
        value: {
          kind: 'deadLetters',
          service: 'queue',
          arn: 'arn:aws:sqs:us-east-1:123456789012:both-dead-letters',
          name: 'both-dead-letters',
          region: 'us-east-1',
          accountId: '123456789012',
        },
      },
      failureDestination: {
        kind: 'known',
        value: {
          kind: 'failureDestination',
          service: 'bucket',
          arn: 'arn:aws:s3:::failed-events',
          name: 'failed-events',
        },
      },
    });
    const none = { kind: 'known', value: undefined };
    assert.deepEqual(await placesOf('nothing'), { deadLetters: none, failureDestination: none });
  });

  for (const functionName of ['letters', 'queue', 'bucket']) {
    it(`lie there as they were sent, with why they failed (${functionName})`, async () => {
      const requestId = await fail(functionName);
      const store = await open(functionName);
      const [found, more] = await store.next();
      assert.ok(found && !more);
      const event = eventIn(found);
      const sent = functionName === 'letters' ? payload : payload.trim();
      assert.equal(event.kind === 'event' && event.payload, sent);
      assert.equal(event.details.requestId, requestId);
      assert.equal(event.details.error?.message, 'No stock for O-1');
      assert.ok(Math.abs(found.storedAt - Date.now()) < 60_000);
      assert.deepEqual(await store.next(), []);
    });

    it(`are gone once they are removed (${functionName})`, async () => {
      await fail(functionName);
      const store = await open(functionName);
      const [found] = await store.next();
      assert.ok(found);
      assert.equal(await store.claim(found.id), true);
      await store.remove(found.id);
      await store.remove(found.id);
      assert.equal(await store.claim(found.id), false);
      await store.close();
      assert.deepEqual(await (await open(functionName)).next(), []);
    });
  }

  it('are held back from others while they are looked at, and given back', async () => {
    await fail('letters');
    const first = await open('letters');
    assert.equal((await first.next()).length, 1);
    const second = await open('letters');
    assert.deepEqual(await second.next(), []);
    await first.close();
    assert.equal((await second.next()).length, 1);
  });

  it('are not sent once they were held for too long', async () => {
    await fail('letters');
    const place = await placeOf('letters');
    let now = Date.now();
    const options = { holdSeconds: 60, now: () => now };
    const store = await openFailedEvents(connection, place, 'letters', options);
    stores.push(store);
    const [found] = await store.next();
    assert.ok(found);
    now += 61_000;
    assert.equal(await store.claim(found.id), false);
  });

  it('are not sent once another consumer has taken them', async () => {
    await fail('letters');
    const store = await open('letters');
    const [found] = await store.next();
    const thief = await open('letters');
    await store.close();
    const [stolen] = await thief.next();
    assert.equal(stolen?.id, found?.id);
    assert.equal(await store.claim(found?.id ?? ''), false);
  });

  it('say so when they were given up for their age', async () => {
    await fail('old');
    const [found] = await (await open('old')).next();
    assert.ok(found);
    const event = eventIn(found);
    assert.equal(event.kind, 'event');
    assert.deepEqual([event.details.error?.name, event.details.attempts], ['EventAgeExceeded', 1]);
  });

  it('come by page, the newest first where the keys tell', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 60; index++) ids.push(await fail('bucket', `${index}`));
    const store = await open('bucket');
    const first = await store.next();
    const second = await store.next();
    assert.deepEqual([first.length, second.length, store.hasMore], [50, 10, false]);
    const seen = [...first, ...second].map((one) => eventIn(one).details.requestId ?? '');
    assert.deepEqual(seen.toSorted(), ids.toSorted());
    const keys = [...first, ...second].map(({ id }) => id);
    assert.deepEqual(keys, keys.toSorted().toReversed());
  });

  it('of a queue that was deleted meanwhile say so', async () => {
    const store = await open('letters');
    await workspace.configure({ nothing: { handler: 'fails.handler' } });
    await assert.rejects(store.next(), /The queue does not exist/);
  });
});
