import assert from 'node:assert/strict';
import type { CancellationToken, Uri } from 'vscode';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { payloadLimitBytes } from '../../../src/core/limits';
import { withKeysAlone } from '../../support/awsKeys';
import { answer, type FaultServer, startFaultServer } from '../../support/faultServer';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';
import { standIn } from '../../support/vscode';
import { type Client, startClient } from './client';

const neverCancelled = { isCancellationRequested: false } as CancellationToken;

/** Lambda: Invoke and Wait, with the real SDK over HTTP, Local Lambda, and nobody at the window. */
describe('Invoke and Wait', () => {
  let client: Client;
  let local: LocalWorkspace;
  withKeysAlone();
  before(async () => {
    local = await startLocalWorkspace({
      files: {
        'orders.js': `
          exports.price = async ({ n }) => { console.log('one order'); return { total: n, big: '1' }; };
          exports.fail = async () => { throw new TypeError('no such order'); };
          exports.size = async (event) => event.length;`,
      },
      functions: {
        price: { handler: 'orders.price' },
        'price-prod': { handler: 'orders.price' },
        fail: { handler: 'orders.fail' },
        // As long as 6 MB take on a busy machine.
        size: { handler: 'orders.size', timeout: 60 },
      },
    });
  });
  after(() => local.stop());
  beforeEach(async () => {
    client = await startClient();
  });
  afterEach(() => client.dispose());

  const wait = async (argument: unknown) =>
    (await client.commands['invokeAsync.invokeAndWait'](argument)) as Outcome | undefined;
  const event = (functionName: string, more: object = {}) => ({
    functionName,
    payload: '{"n":2}',
    region: 'us-east-1',
    endpoint: local.local.endpoint,
    ...more,
  });
  const pages = () =>
    client.user.ran.filter(({ id }) => id === 'showBeside').map(({ given }) => given[0] as Uri);
  const textOf = async (page: Uri | undefined) => {
    assert.ok(page);
    const provider = standIn.pages.get(page.scheme);
    return (await provider?.provideTextDocumentContent(page, neverCancelled)) ?? '';
  };

  it('shows what the function returned, formatted, with its outcome and the end of its log', async () => {
    const outcome = await wait(event('price'));
    assert.equal(outcome?.kind, 'accepted');
    assert.equal(outcome.response?.payload, '{"total":2,"big":"1"}');
    const [page] = pages();
    assert.equal(page?.path, '/1/price response.jsonc');
    const [head, value, log] = (await textOf(page)).split('\n\n');
    assert.match(
      head ?? '',
      /^\/\/ typed JSON → price\n\/\/ 200 OK, succeeded · version \$LATEST · request ID \S+ · 7 bytes · \d+ ms$/,
    );
    assert.equal(value, '{\n  "total": 2,\n  "big": "1"\n}');
    assert.match(log ?? '', /^\/\/ The end of its log, 4 KB at most:\n\/\/ START RequestId: /);
    assert.match(log ?? '', /one order\n\/\/ END RequestId: .*\n\/\/ REPORT /);
    const [sending, ended, ...others] = client.user.lines;
    assert.match(sending ?? '', /^Invoke \(RequestResponse\) → price · typed JSON · us-east-1/);
    assert.match(ended ?? '', /^200 OK, succeeded/);
    assert.deepEqual(others, [], 'nothing of a queue');
  });

  it('shows the error of a function with its stack on lines', async () => {
    const outcome = await wait(event('fail'));
    assert.equal(outcome?.response?.functionError, 'Unhandled');
    const text = await textOf(pages()[0]);
    const [, second, third, fourth] = text.split('\n');
    assert.match(second ?? '', /^\/\/ 200 OK, but the function failed \(Unhandled\)/);
    assert.equal(third, '// TypeError: no such order');
    assert.match(fourth ?? '', /^\/\/ {5}at .*orders\.js:3:/);
    assert.match(text, /"errorMessage": "no such order"/);
  });

  it('is kept as what it is, and waits again when it is sent again', async () => {
    await wait(event('fail'));
    const [entry] = await client.history.entries();
    assert.deepEqual(
      [entry?.waits, entry?.kind, entry?.followed, entry?.status],
      [true, 'accepted', 'failed', 200],
    );
    // The last one comes right after the one before.
    client.user.answer('Send Again');
    for (const again of ['invokeAsync.rerun', 'invokeAsync.invokeAgain'] as const) {
      const outcome = (await client.commands[again]()) as Outcome | undefined;
      assert.equal(outcome?.response?.functionError, 'Unhandled');
    }
    assert.equal(pages().length, 3);
    await client.commands['invokeAsync.copyAsCli']();
    assert.match(
      client.user.copied.at(-1) ?? '',
      /--invocation-type RequestResponse --log-type Tail .* response\.json$/,
    );
    const [newest] = await client.history.entries();
    const state = await client.commands['invokeAsync.followLogs']({ entry: newest });
    assert.equal(state, 'failed', 'and not one that Lambda will retry');
    assert.match(client.user.lines.at(-1) ?? '', /\[fail\] Failed\.$/);
  });

  it('asks before production as for every event, and sends nothing without consent', async () => {
    client.user.answer(undefined);
    assert.equal(await wait(event('price-prod')), undefined);
    assert.match(
      client.user.shown.join('\n'),
      /Send this event to price-prod\?\ntyped JSON, with Invoke \(RequestResponse\)/,
    );
    assert.deepEqual(pages(), []);
    client.user.answer('Send');
    assert.equal((await wait(event('price-prod')))?.kind, 'accepted');
  });

  for (const [content, payload, result] of [
    ['one string', `"${'x'.repeat(payloadLimitBytes.RequestResponse - 2)}"`, '6291454'],
    ['one number', '1'.repeat(payloadLimitBytes.RequestResponse), 'null'],
    ['white space', '1'.padEnd(payloadLimitBytes.RequestResponse), 'null'],
  ] as const) {
    it(`gives a function more than an event may hold: 6 MB of ${content}`, async () => {
      const outcome = await wait(event('size', { payload }));
      assert.equal(outcome?.response?.payload, result, JSON.stringify(outcome));
    });
  }

  it('sends nothing that is larger', async () => {
    const payload = '1'.padEnd(payloadLimitBytes.RequestResponse + 1);
    const outcome = await wait(event('size', { payload }));
    assert.match(
      JSON.stringify(outcome),
      /"notSent".*6,291,457 bytes; Invoke \(RequestResponse\) accepts at most 6,291,456\./,
    );
  });

  describe('from a server', () => {
    let server: FaultServer;
    const answering = async (
      ...steps: Parameters<typeof startFaultServer>[0]['answers'] & object
    ) => {
      server = await startFaultServer({ answers: steps });
      return event('orders', { endpoint: server.url });
    };
    afterEach(() => server.stop());

    it('ends when the user cancels, and says that the function may be running', async () => {
      const given = await answering([]);
      const arrived = server.nextRequest();
      const outcome = wait(given);
      await arrived;
      client.user.progress.get('Waiting for orders')?.cancel();
      assert.equal((await outcome)?.kind, 'unknown');
      assert.match(client.user.lines.at(-2) ?? '', /^Outcome unknown, the function may be running/);
      assert.equal(server.requests.length, 1);
      const [entry] = await client.history.entries();
      assert.deepEqual([entry?.waits, entry?.kind], [true, 'unknown']);
    });

    it('shows text that is no JSON as text, and none as nothing', async () => {
      await wait(await answering([answer(200, '\u001b[2Jhello')]));
      const [page] = pages();
      assert.equal(page?.path, '/1/orders response.txt');
      assert.match(await textOf(page), /^typed JSON → orders\n200 OK, .*\n\n.*hello\n$/s);
      await server.stop();
      await wait(await answering([answer(200, '')]));
      assert.match(await textOf(pages()[1]), /\n\nThe function returned nothing\.\n$/);
    });

    it('cuts a response that no editor shows well', async () => {
      await wait(await answering([answer(200, JSON.stringify('y'.repeat(3_000_000)))]));
      const text = await textOf(pages()[0]);
      assert.ok(text.length < 2_200_000, String(text.length));
      assert.match(text.slice(-60), /… 902,850 more characters are not shown\.\n$/);
    });
  });
});
