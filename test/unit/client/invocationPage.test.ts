import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import type { HistoryEntry } from '../../../src/client/invocations/historyEntry';
import { sha256 } from '../../../src/client/invocations/historyEntry';
import { invocationPage } from '../../../src/client/invocations/invocationPage';
import { invocationPageUri } from '../../../src/client/invocations/invocationPages';
import type { LogProgress } from '../../../src/core/invocation/logProgress';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { withKeysAlone } from '../../support/awsKeys';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';
import { type Client, startClient } from './client';

const entry: HistoryEntry = {
  id: '1-a',
  sentAt: new Date().setHours(14, 3, 12, 0),
  api: 'Invoke',
  functionName: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
  qualifier: 'live',
  tenantId: 'blue',
  payload: { label: 'events/created.json', bytes: 7, text: '{"n":1}' },
  region: 'eu-west-1',
  accountId: '123456789012',
  profile: 'shop',
  kind: 'accepted',
  status: 202,
  requestId: '7f0c2b1e',
};

describe('the page of an invocation', () => {
  let client: Client;
  withKeysAlone();
  beforeEach(async () => {
    client = await startClient();
  });
  afterEach(() => client.dispose());

  interface Known {
    readonly steps?: readonly LogProgress[];
    readonly isFollowing?: boolean;
    readonly fate?: string;
  }
  const pageOf = (one: HistoryEntry, { steps = [], isFollowing = false, fate }: Known = {}) =>
    invocationPage(
      {
        entries: async () => [one],
        get: (id) => (id === one.id ? one : undefined),
        payloadText: ({ payload }) => payload.text,
      },
      { isFollowing: () => isFollowing, stepsOf: () => steps },
      { fate: () => fate },
    );
  const textOf = async (one: HistoryEntry, known?: Known) =>
    pageOf(one, known).text(invocationPageUri(one));

  it('tells what was sent where, what came back, and where to look further', async () => {
    const text = await textOf(entry, { fate: '2 retries within 6 hours' });
    const [title, facts, payload, hint] = text.split('\n\n');
    assert.equal(title, 'orders:live · events/created.json · Queued; see the log for the result');
    const rows = new Map(facts?.split('\n').map((row) => row.split(/ {2,}/) as [string, string]));
    assert.equal(rows.get('Function'), `${entry.functionName} (live)`);
    assert.equal(rows.get('Call'), 'Invoke (Event)');
    assert.equal(rows.get('Where'), 'eu-west-1 · account 123456789012 · profile shop');
    assert.equal(rows.get('Tenant'), 'blue');
    assert.equal(rows.get('Request ID'), '7f0c2b1e');
    assert.equal(rows.get('Size'), '7 bytes');
    assert.equal(rows.get('If it fails'), '2 retries within 6 hours');
    assert.match(rows.get('Function in AWS') ?? '', /^https:\/\/eu-west-1\.console\.aws\./);
    assert.match(rows.get('Log in AWS') ?? '', /7f0c2b1e/);
    assert.equal(payload, 'Payload as sent\n{"n":1}');
    assert.match(hint ?? '', /^Its log has not been read/);
  });

  it('explains in words why an event was not accepted', async () => {
    const { requestId: _, ...rejected } = { ...entry, kind: 'rejected', status: 404 } as const;
    const text = await textOf({ ...rejected, errorName: 'ResourceNotFoundException' });
    assert.match(text, /\nOutcome +Rejected: There is no function .*orders in eu-west-1/);
    assert.doesNotMatch(text, /Its log has not been read/);
    const refused = { ...rejected, kind: 'notSent', endpoint: 'local' } as const;
    const other = await textOf({ ...refused, errorName: 'ECONNREFUSED' });
    assert.match(other, /\nOutcome +Not sent: Nothing is listening on 127\.0\.0\.1/);
    assert.doesNotMatch(other, /console\.aws/);
  });

  it('lays out the attempts with the lines of their logs', async () => {
    const time = new Date().setHours(14, 3, 13, 7);
    const error = {
      errorType: 'TypeError',
      errorMessage: 'no',
      stackTrace: ['TypeError: no', '    at f (a.js:1:1)'],
    };
    const event = (attempt: number, text: string) =>
      ({ kind: 'event', attempt, time, text }) as const;
    const text = await textOf(entry, {
      steps: [
        { kind: 'group', group: '/aws/lambda/orders' },
        event(1, 'START RequestId: 7f0c2b1e'),
        event(1, JSON.stringify({ level: 'ERROR', message: error })),
        { kind: 'attempt', attempt: 1, state: 'failed' },
        event(2, '{"level":"INFO","message":"\\u001b[2Jfine","order":7}'),
        { kind: 'attempt', attempt: 2, state: 'running' },
        { kind: 'attempt', attempt: 2, state: 'succeeded' },
      ],
    });
    const [first, second] = text.split('\n\n').slice(-2);
    assert.equal(
      first,
      [
        'Attempt 1: Failed',
        '14:03:13.007 [info] START RequestId: 7f0c2b1e',
        '14:03:13.007 [error] TypeError: no',
        '                         at f (a.js:1:1)',
      ].join('\n'),
    );
    assert.equal(
      second,
      String.raw`Attempt 2: Succeeded
14:03:13.007 [info] \u001b[2Jfine {"order":7}
`,
    );
  });

  it('shows the file of a payload that was not kept only while it is the same', async () => {
    const uri = client.write('a.json', '{"n":2}');
    const payload = { label: 'a.json', bytes: 7, uri: uri.toString(), sha256: sha256('{"n":2}') };
    const same = await textOf({ ...entry, payload });
    assert.match(same, /Payload as sent\n\{"n":2\}\n/);
    client.write('a.json', '{"n":3}');
    const changed = await textOf({ ...entry, payload });
    assert.match(changed, /Payload as sent\na\.json has changed since it was sent\.\n/);
    const typed = await textOf({ ...entry, payload: { label: 'typed JSON', bytes: 7 } });
    assert.match(typed, /Payload as sent\nIt was typed in and not saved\./);
  });

  it('offers what can be done about it', async () => {
    const titles = async (one: HistoryEntry, known?: Known) =>
      (await pageOf(one, known).lenses(invocationPageUri(one))).map((lens) => lens.command?.title);
    assert.deepEqual(await titles(entry), [
      'Follow Logs',
      'Re-Run',
      'Edit and Re-Run…',
      'Open Payload',
      'Copy as AWS CLI Command',
      'Copy Request ID',
    ]);
    assert.equal((await titles(entry, { isFollowing: true }))[0], 'Stop Following Logs');
    const { requestId: _, ...unanswered } = { ...entry, kind: 'unknown' } as const;
    assert.equal((await titles(unanswered))[0], 'Re-Run');
  });

  it('says that an invocation is gone', async () => {
    const page = Uri.parse('invoke-async-invocation:/2-b/x.log');
    assert.match(await pageOf(entry).text(page), /no longer in the history/);
    assert.deepEqual(await pageOf(entry).lenses(page), []);
  });
});

describe('the menu of an invocation', () => {
  let client: Client;
  let local: LocalWorkspace;
  withKeysAlone();
  before(async () => {
    local = await startLocalWorkspace({
      files: { 'orders.js': 'exports.handler = async () => ({ ok: true });' },
      functions: { orders: { handler: 'orders.handler' } },
    });
  });
  after(() => local.stop());
  beforeEach(async () => {
    client = await startClient();
  });
  afterEach(() => client.dispose());

  const send = async (more: object) => {
    const { endpoint } = local.local;
    const given = { functionName: 'orders', region: 'us-east-1', endpoint, ...more };
    return (await client.commands['invokeAsync.invoke'](given)) as Outcome;
  };
  const newest = async () => ({ entry: (await client.history.entries())[0] });
  const shown = () => client.user.ran.map(({ id, given }) => `${id} ${String(given[0])}`);

  it('opens the payload: its file, or the text that was typed', async () => {
    const uri = client.write('a.json', '{}');
    await send({ uri });
    await client.commands['invokeAsync.openPayload'](await newest());
    assert.deepEqual(shown(), [`show ${uri.toString()}`]);
    await send({ payload: '{"typed":1}' });
    await client.commands['invokeAsync.openPayload'](await newest());
    assert.match(shown()[1] ?? '', /^show invoke-async-payload:/);
  });

  it('shows it in the output, or says that nothing is left there', async () => {
    const { requestId } = await send({ payload: '{}' });
    await client.commands['invokeAsync.showInOutput'](await newest());
    assert.deepEqual(shown(), [`showInOutput ${requestId}`]);
    client.user.lines.length = 0;
    await client.commands['invokeAsync.showInOutput'](await newest());
    assert.match(client.user.shown.at(-1) ?? '', /The output says nothing more/);
  });

  it('removes one, or all that are selected', async () => {
    for (const payload of ['1', '2', '3']) await send({ payload });
    const rows = (await client.history.entries()).map((one) => ({ entry: one }));
    await client.commands['invokeAsync.removeInvocation'](rows[0]);
    const left = async () => (await client.history.entries()).map(({ id }) => id);
    assert.deepEqual(await left(), [rows[1]?.entry.id, rows[2]?.entry.id]);
    await client.commands['invokeAsync.removeInvocation'](rows[1], rows.slice(1));
    assert.deepEqual(await left(), []);
  });
});
