import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { resolveConnection } from '../../../src/aws/main';
import { findFailedEventPlaces, openFailedEvents } from '../../../src/aws/failedEvents/main';
import { Sender, type SentEvent } from '../../../src/aws/sender';
import { readFailedEvent } from '../../../src/core/failedEvents/readFailedEvent';
import {
  type EventToSendAgain,
  sendAgain,
  type SendAgainResult,
} from '../../../src/sendFile/failedEvents/sendAgain';
import {
  readSendAgainStates,
  sendAgainFolder,
  SendAgainJournal,
} from '../../../src/sendFile/failedEvents/sendAgainJournal';
import { bundle, startLocalWorkspace } from '../../support/localLambda';

const accepted: SentEvent = { kind: 'accepted', sent: true, resend: false, status: 202 };
const failure = (kind: 'rejected' | 'notSent' | 'unknown', name: string, more = {}): SentEvent => ({
  kind,
  sent: kind !== 'notSent',
  resend: false,
  error: { name, message: `${name}.` },
  ...more,
});

describe('sending failed events again', () => {
  let folder: string;
  let path: string;
  const sent: string[] = [];
  const removed: string[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'send-again-'));
    path = join(folder, 'journal');
    sent.splice(0);
    removed.splice(0);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const store = {
    claim: async (_id: string) => true,
    remove: async (id: string) => void removed.push(id),
  };
  const event = (key: string, own: EventToSendAgain['store'] = store) => ({
    id: `m-${key}`,
    key,
    store: own,
  });

  /** One run as a window does it; resolves to the results by key. */
  const run = async (
    events: readonly EventToSendAgain[],
    send: (event: EventToSendAgain) => SentEvent | Promise<SentEvent> = () => accepted,
    { sendsUnknown = false, signal }: { sendsUnknown?: boolean; signal?: AbortSignal } = {},
  ): Promise<Record<string, SendAgainResult>> => {
    const journal = await SendAgainJournal.open(path);
    const results: Record<string, SendAgainResult> = {};
    await sendAgain(events, {
      journal,
      rate: 1000,
      sendsUnknown,
      signal,
      onResult: ({ key }, result) => {
        results[key] = result;
      },
      send: async (one) => {
        sent.push(one.key);
        return send(one);
      },
    });
    await journal.close();
    return results;
  };

  it('removes what was accepted, and nothing else', async () => {
    const answers: Record<string, SentEvent> = {
      a: accepted,
      b: failure('rejected', 'InvalidRequestContentException', { status: 400 }),
      c: failure('unknown', 'ECONNRESET'),
    };
    const results = await run(
      ['a', 'b', 'c'].map((key) => event(key)),
      ({ key }) => answers[key] ?? accepted,
    );
    assert.deepEqual(removed, ['m-a']);
    assert.deepEqual(
      Object.values(results).map(({ kind }) => kind),
      ['accepted', 'rejected', 'unknown'],
    );
  });

  it('has the intent on disk before the first byte leaves, and the outcome before the removal', async () => {
    const seen: unknown[] = [];
    const watching = {
      ...store,
      remove: async () => void seen.push((await readSendAgainStates(path)).get('a')?.state),
    };
    await run([event('a', watching)], async () => {
      seen.push((await readSendAgainStates(path)).get('a')?.state);
      return accepted;
    });
    assert.deepEqual(seen, ['sending', 'accepted']);
  });

  it('only removes what was accepted before and has come back', async () => {
    const stuck = { ...store, remove: async () => Promise.reject(new Error('No network.')) };
    const first = await run([event('a', stuck)]);
    assert.deepEqual(first['a'], {
      kind: 'accepted',
      wasSentBefore: false,
      notRemoved: 'No network.',
    });
    assert.deepEqual(await run([event('a')]), { a: { kind: 'accepted', wasSentBefore: true } });
    assert.deepEqual([sent, removed], [['a'], ['m-a']]);
  });

  it('sends what is unknown only when the user says so', async () => {
    await run([event('a')], () => failure('unknown', 'TimedOut'));
    assert.equal((await run([event('a')]))['a']?.kind, 'unknown');
    assert.deepEqual(sent, ['a']);
    assert.equal(
      (await run([event('a')], undefined, { sendsUnknown: true }))['a']?.kind,
      'accepted',
    );
  });

  it('sends an event once that lies in a queue and in a bucket', async () => {
    await run([
      { ...event('a'), id: 'in the queue' },
      { ...event('a'), id: 'in the bucket' },
    ]);
    assert.deepEqual([sent, removed], [['a'], ['in the queue', 'in the bucket']]);
  });

  it('sends an event once whose first copy may have been queued, whatever was said of earlier runs', async () => {
    const timedOut = () => failure('unknown', 'TimedOut');
    await run([event('a')], timedOut);
    await run([event('a'), event('a')], timedOut, { sendsUnknown: true });
    assert.deepEqual([sent, removed], [['a', 'a'], []]);
  });

  it('takes an intent without an outcome for unknown', async () => {
    const journal = await SendAgainJournal.open(path);
    await journal.intend('a');
    await journal.close();
    assert.equal((await run([event('a')]))['a']?.kind, 'unknown');
    assert.deepEqual(sent, []);
  });

  it('does not send what another consumer has', async () => {
    const results = await run([event('a', { ...store, claim: async () => false })]);
    assert.deepEqual([results, sent], [{ a: { kind: 'taken' } }, []]);
  });

  it('sends again what was throttled', async () => {
    let calls = 0;
    const throttled = failure('rejected', 'TooManyRequestsException', {
      status: 429,
      resend: true,
    });
    const results = await run([event('a')], () => (calls++ === 0 ? throttled : accepted));
    assert.equal(results['a']?.kind, 'accepted');
  });

  it('leaves the others when the first says that none can be sent', async () => {
    const keys = Array.from({ length: 50 }, (_, index) => String(index));
    const denied = failure('rejected', 'AccessDeniedException', { status: 403 });
    const results = await run(
      keys.map((key) => event(key)),
      () => denied,
    );
    assert.ok(sent.length <= 8, `${sent.length} were sent`);
    assert.equal(results['49']?.kind, 'skipped');
    assert.deepEqual(removed, []);
  });

  it('leaves the others when a right is missing to hold them', async () => {
    const denied = { ...store, claim: async () => Promise.reject(new Error('Denied.')) };
    const results = await run(Array.from({ length: 20 }, (_, index) => event(`${index}`, denied)));
    assert.deepEqual(results['0'], {
      kind: 'notSent',
      error: { name: 'Error', message: 'Denied.' },
    });
    assert.equal(results['19']?.kind, 'skipped');
  });

  it('sends nothing more when the user stops', async () => {
    const stop = new AbortController();
    const keys = Array.from({ length: 100 }, (_, index) => String(index));
    const results = await run(
      keys.map((key) => event(key)),
      () => {
        stop.abort();
        return accepted;
      },
      { signal: stop.signal },
    );
    assert.equal(results['99']?.kind, 'skipped');
    assert.deepEqual(removed.toSorted(), sent.map((key) => `m-${key}`).toSorted());
  });

  it('keeps the tenant and the execution name of what may be queued', async () => {
    const answers = [
      failure('rejected', 'InvalidParameterValueException'),
      failure('unknown', 'X'),
    ];
    const headers = { tenantId: 'blue', durableName: 'one' };
    const named = { ...event('a'), headers };
    const kept = async () => ({ ...(await readSendAgainStates(path)).get('a') });
    await run([named], () => answers[0] ?? accepted);
    assert.deepEqual(await kept(), { state: 'rejected' });
    await run([named], () => answers[1] ?? accepted);
    assert.deepEqual(await kept(), { ...headers, state: 'unknown' });
  });

  it('sends again what may be queued only under the execution name that it had', async () => {
    const named = (durableName: string) => ({ ...event('a'), headers: { durableName } });
    await run([named('one')], () => failure('unknown', 'ECONNRESET'));
    const { a: other } = await run([named('two')]);
    assert.deepEqual([other?.kind, sent.length], ['unknown', 1]);
    const { a: same } = await run([named('one')]);
    assert.deepEqual([same?.kind, sent.length, removed], ['accepted', 2, ['m-a']]);
  });

  it('sends thousands, each once', async () => {
    const keys = Array.from({ length: 2000 }, (_, index) => String(index));
    await run(keys.map((key) => event(key)));
    assert.deepEqual([new Set(sent).size, sent.length, removed.length], [2000, 2000, 2000]);
    const states = await readSendAgainStates(path);
    assert.ok(keys.every((key) => states.get(key)?.state === 'accepted'));
  });

  it('reads a journal past what a crash tore, and goes on', async () => {
    await run([event('a')]);
    await appendFile(path, Buffer.from([9, 0, 0, 0, 1, 2]));
    await run([event('b')]);
    assert.deepEqual([...(await readSendAgainStates(path)).keys()], ['a', 'b']);
  });

  it('does not send when it cannot know what was sent', async () => {
    await writeFile(path, 'something else entirely, which is no journal\n'.repeat(10));
    await assert.rejects(run([event('a')]));
    assert.deepEqual(sent, []);
  });

  it('has one journal for a function, however it is named and by whichever port it is reached', () => {
    const place = { region: 'us-east-1', accountId: '123456789012' };
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:orders:live';
    const one = sendAgainFolder(folder, { ...place, functionName: 'orders' });
    assert.deepEqual(sendAgainFolder(folder, { ...place, functionName: arn }), one);
    const other = sendAgainFolder(folder, {
      ...place,
      region: 'eu-west-1',
      functionName: 'orders',
    });
    assert.notDeepEqual(other, one);
    const at = (port: number) =>
      sendAgainFolder(folder, {
        ...place,
        functionName: 'f',
        endpoint: `http://127.0.0.1:${port}`,
      });
    assert.deepEqual(at(1), at(2));
  });

  it('sends once what was killed between the response and the removal', async () => {
    const workspace = await startLocalWorkspace({
      functions: { orders: { handler: 'orders.handler', onFailure: 'queue' } },
      files: { 'orders.js': 'exports.handler = async () => { throw new Error("broken"); };' },
    });
    try {
      const { endpoint, region } = workspace.local;
      await workspace.sdk.invoke({
        FunctionName: 'orders',
        InvocationType: 'Event',
        Payload: Buffer.from('{"order":1}'),
      });
      await workspace.log.until(/^Dead letter/);
      await workspace.write('orders.js', 'exports.handler = async () => {};');
      const started = () =>
        workspace.log.lines.filter(({ text }) => text.startsWith('START RequestId')).length;
      const before = started();

      const module = await bundle('test/support/sendAgainChild.ts');
      const child = fork(module, [endpoint, 'orders', path], { execArgv: [] });
      assert.deepEqual(await once(child, 'message').then(([message]) => message), 'removing');
      child.kill('SIGKILL');
      await once(child, 'exit');

      const connection = await resolveConnection({
        endpoint,
        region,
        timeoutMs: 10_000,
        environment: { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
      });
      const { failureDestination } = await findFailedEventPlaces(connection, {
        functionName: 'orders',
      });
      assert.ok(failureDestination.kind === 'known' && failureDestination.value);
      const queue = await openFailedEvents(connection, failureDestination.value, 'orders');
      // The queue gives back what the dead process has held when its time is over.
      let [found] = await queue.next();
      while (!found) {
        await sleep(200);
        [found] = await queue.next();
      }
      const { details } = readFailedEvent(found.message ?? { body: '' });
      const sender = new Sender(connection);
      const again = { id: found.id, key: details.requestId ?? '', store: queue };
      const results = await run([again], async () =>
        sender.send({ api: 'Invoke', functionName: 'orders', payload: Buffer.from('{"order":1}') }),
      );
      assert.deepEqual(Object.values(results), [{ kind: 'accepted', wasSentBefore: true }]);
      assert.deepEqual([sent, await queue.next()], [[], []]);
      sender.close();
      await queue.close();
      assert.equal(started(), before + 1);
    } finally {
      await workspace.stop();
    }
  });
});
