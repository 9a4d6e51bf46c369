import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { withKeysAlone } from '../../support/awsKeys';
import { type Answer, type EventServer, startEventServer } from '../../support/eventServer';
import { PayloadTree } from '../../../src/client/payloads/payloadTree';
import { standIn } from '../../support/vscode';
import { type Client, startClient } from './client';

/** Several payloads, over HTTP and with nobody at the window. */
describe('several payloads', () => {
  let client: Client;
  let server: EventServer;
  let answer: (body: string) => Answer | undefined;
  withKeysAlone();
  beforeEach(async () => {
    client = await startClient();
    answer = () => undefined;
    server = await startEventServer((body) => answer(body));
    standIn.set('endpoint', server.url);
    standIn.set('region', 'eu-west-1');
    client.write('.lambda/targets.json', targets({ a: 'alpha', b: 'beta' }));
  });
  afterEach(async () => {
    await server.stop();
    await client.dispose();
  });

  const payloads = (letter: string, count: number) =>
    Array.from({ length: count }, (_, n) => client.write(`${letter}/${n}.json`, `"${letter}${n}"`));
  const sendAll = async (uris: readonly Uri[]) =>
    (await client.commands['invokeAsync.invoke'](uris[0], uris)) as Outcome[];
  const kinds = (outcomes: readonly Outcome[]) => outcomes.map(({ kind }) => kind).join(' ');
  const bodies = () => [...server.bodies.keys()].toSorted();

  it('are sent at once, each with its bytes and a row of its own', async () => {
    // None is answered before all have come.
    const allHaveCome = server.until(4);
    answer = () => ({ status: 202, after: allHaveCome });
    const outcomes = await sendAll(payloads('a', 4));
    assert.equal(kinds(outcomes), 'accepted accepted accepted accepted');
    assert.deepEqual(bodies(), ['"a0"', '"a1"', '"a2"', '"a3"']);
    const entries = await client.history.entries();
    assert.deepEqual(entries.map(({ kind, payload }) => `${payload.label} ${kind}`).toSorted(), [
      'a/0.json accepted',
      'a/1.json accepted',
      'a/2.json accepted',
      'a/3.json accepted',
    ]);
    assert.equal(client.user.shown.at(-1), '4 payloads: 4 accepted.');
  });

  it('are those of a sub-folder, at whatever depth', async () => {
    for (const name of ['a', 'eu/b', 'eu/west/c', 'europe/d'])
      client.write(`.lambda/payloads/orders/${name}.json`, JSON.stringify(name));
    const [orders] = new PayloadTree().build(await client.library.payloads());
    const [eu] = orders?.children() ?? [];
    assert.equal(eu?.item().label, 'eu');
    const outcomes = (await client.commands['invokeAsync.invokeAll'](eu)) as Outcome[];
    assert.equal(kinds(outcomes), 'accepted accepted');
    assert.deepEqual(bodies(), ['"eu/b"', '"eu/west/c"']);
    client.write('.lambda/payloads/orders/eu/b.json', '"again"');
    await client.commands['invokeAsync.invokeSelected']([eu?.children()[1]]);
    assert.deepEqual(bodies(), ['"again"', '"eu/b"', '"eu/west/c"']);
  });

  it('are asked about one after the other, and end with the first no', async () => {
    standIn.set('confirm', ['*']);
    client.user.answer('Send', undefined);
    assert.equal(kinds(await sendAll(payloads('a', 4))), 'accepted');
    assert.deepEqual(bodies(), ['"a0"']);
    assert.equal(client.user.shown.at(-1), '4 payloads: 1 accepted, 3 skipped.');
  });

  for (const [code, status, why] of [
    ['AccessDeniedException', 403, 'access is denied'],
    ['ResourceNotFoundException', 404, 'the function does not exist'],
    ['ExpiredTokenException', 403, 'the credentials are missing or have expired'],
  ] as const) {
    it(`of one function are not sent any more after ${code}`, async () => {
      answer = (body) => (body.startsWith('"a') ? { status, code } : undefined);
      client.user.answer('Send');
      const outcomes = await sendAll([...payloads('a', 12), ...payloads('b', 2)]);
      const ofAlpha = outcomes.filter(({ functionName }) => functionName === 'alpha');
      assert.ok(ofAlpha.length <= 4 && ofAlpha.every(({ kind }) => kind === 'rejected'));
      assert.equal(outcomes.length - ofAlpha.length, 2);
      assert.equal(server.received, outcomes.length);
      const skipped = 14 - outcomes.length;
      assert.equal(
        client.user.shown.at(-1),
        `14 payloads: ${ofAlpha.length} rejected, 2 accepted, ${skipped} skipped. Stopped: ${why}.`,
      );
    });
  }

  it('that may have been queued are counted, never sent again, and end the rest', async () => {
    answer = () => ({ status: 202, hangUp: true });
    client.user.answer('Send');
    const outcomes = await sendAll(payloads('a', 20));
    assert.ok(outcomes.length >= 5 && outcomes.length <= 8);
    assert.ok(outcomes.every(({ kind }) => kind === 'unknown'));
    assert.ok([...server.bodies.values()].every((count) => count === 1));
    assert.match(
      client.user.shown.at(-1) ?? '',
      /^20 payloads: \d unknown, \d+ skipped\. Stopped: the outcome of several events in a row/,
    );
  });

  it('are stopped by a wish to, after those that are under way', async () => {
    const title = 'Sending 9 payloads to alpha';
    answer = () => {
      client.user.progress.get(title)?.cancel();
      return undefined;
    };
    client.user.answer('Send');
    const outcomes = await sendAll(payloads('a', 9));
    assert.ok(outcomes.length <= 4 && outcomes.every(({ kind }) => kind === 'accepted'));
    assert.equal(server.received, outcomes.length);
  });
});

function targets(functions: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    targets: Object.entries(functions).map(([folder, name]) => ({
      payloads: `${folder}/*.json`,
      function: name,
    })),
  });
}
