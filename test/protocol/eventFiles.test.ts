import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode-languageserver/node';
import { checkPayload, payloadInvoked, ping } from '../../src/protocol/messages';
import { Session } from './session';

const codes = (found: readonly Diagnostic[]) => found.map(({ code }) => code);
const lines = (found: readonly Diagnostic[]) => found.map(({ range }) => range.start.line + 1);

describe('files of JSON Lines', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      files: {
        '.gitignore': 'build/\n',
        '.git/HEAD': 'ref: refs/heads/main\n',
        '.lambda/targets.json': JSON.stringify({
          targets: [{ payloads: 'backfill/*.jsonl', function: 'orders', api: 'Invoke' }],
        }),
      },
    });
  });
  after(() => session.stop());

  const text = '{"id":1}\n\n{"id":2,}\r\n{"id":3}\n{"id":4';

  for (const path of [
    'events/orders.jsonl',
    'services/orders/events/all.ndjson',
    '.lambda/payloads/orders/replay.jsonl',
    'backfill/2026.jsonl',
  ]) {
    it(`are checked line by line where payloads lie, or with a target: ${path}`, async () => {
      const found = await session.open(path, 'jsonl', text);
      assert.deepEqual(codes(found), ['payload.syntax', 'payload.syntax']);
      assert.deepEqual(lines(found), [3, 5]);
    });
  }

  for (const path of [
    'data/train.jsonl',
    'build/events/a.jsonl',
    'node_modules/a/events/b.ndjson',
  ]) {
    it(`are left alone elsewhere: ${path}`, async () => {
      assert.deepEqual(await session.open(path, 'jsonl', text), []);
    });
  }

  it('are event files by their name, whatever the editor calls their language', async () => {
    assert.deepEqual(lines(await session.open('events/b.jsonl', 'plaintext', text)), [3, 5]);
    assert.deepEqual(lines(await session.open('events/c.ndjson', 'json', text)), [3, 5]);
    assert.deepEqual(lines(await session.open('events/d.log', 'jsonl', text)), [3, 5]);
  });

  it('are checked once events were sent from them', async () => {
    const path = 'data/sent.jsonl';
    assert.deepEqual(await session.open(path, 'jsonl', text), []);
    await session.connection.sendNotification(payloadInvoked, { uri: session.uri(path) });
    const found = await session.eventually(path, (diagnostics) => diagnostics.length > 0);
    assert.deepEqual(lines(found), [3, 5]);
  });

  it('follow what is typed, and offer the fix of a line', async () => {
    const path = 'events/typed.jsonl';
    await session.open(path, 'jsonl', '{"id":1}\r\n{"id":2}\r\n');
    const end = { line: 1, character: 7, length: 0 };
    const found = await session.type(path, end, ',');
    assert.deepEqual(lines(found), [2]);
    const [fix] = await session.fixes(path, found[0] ?? assert.fail());
    const [change] = fix?.edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change);
    assert.deepEqual(change.edits, [
      { range: { start: { line: 1, character: 7 }, end: { line: 1, character: 8 } }, newText: '' },
    ]);
    assert.deepEqual(await session.type(path, { ...end, length: 1 }, ''), []);
  });

  it('are held against the size limit of the API that their target names', async () => {
    const large = `${JSON.stringify('x'.repeat(300 * 1024))}\n{}\n`;
    assert.deepEqual(await session.open('backfill/large.jsonl', 'jsonl', large), []);
    const found = await session.open('events/large.jsonl', 'jsonl', large);
    assert.deepEqual(codes(found), ['payload.too-large']);
  });

  it('offer Invoke for a file when a line is too large for InvokeAsync alone', async () => {
    const path = '.lambda/payloads/orders/large.jsonl';
    const line = (kilobytes: number) => JSON.stringify('x'.repeat(kilobytes * 1024));
    const large = [line(300), line(1100), ...Array.from({ length: 5 }, () => line(200))].join(
      '\r\n',
    );
    const found = await session.open(path, 'jsonl', large);
    assert.deepEqual(codes(found), ['payload.too-large', 'payload.too-large']);
    const titles = found.map(async (problem) =>
      (await session.fixes(path, problem)).map(({ title }) => title),
    );
    assert.deepEqual(await Promise.all(titles), [['Use Invoke for this file'], []]);
  });

  it('may begin with a byte order mark, which is skipped', async () => {
    await session.write('events/mark.jsonl', '\ufeff{}\n', 'created');
    assert.deepEqual(await session.open('events/mark.jsonl', 'jsonl', '{}\n'), []);
    assert.deepEqual(await session.open('events/mark2.jsonl', 'jsonl', '\ufeff{}\n'), []);
  });

  it('do not keep the server from answering, however large they are', async () => {
    const path = 'events/huge.jsonl';
    const line = `${JSON.stringify({ text: 'x'.repeat(2000), id: 1 })}\n`;
    const opened = session.open(path, 'jsonl', line.repeat(50e6 / line.length));
    await session.connection.sendRequest(ping);
    assert.deepEqual(codes(await opened), ['payload.unchecked']);
    const typed = session.type(path, { line: 0, character: 0, length: 0 }, 'x');
    await session.connection.sendRequest(ping);
    assert.deepEqual(codes(await typed), ['payload.syntax', 'payload.unchecked']);
    await session.close(path);
  });

  it('change nothing of how one payload is checked that is about to be sent', async () => {
    const params = { uri: session.uri('events/orders.jsonl'), text: '{}\n{}', api: 'Invoke' };
    const problems = await session.connection.sendRequest<{ code: string }[]>(checkPayload, params);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['payload.syntax'],
    );
  });
});

describe('a payload that git ignores', () => {
  it('is checked as soon as git no longer ignores it, and no longer when it does', async () => {
    const files = { '.git/HEAD': 'ref: refs/heads/main\n', '.gitignore': 'build/\n' };
    const session = await Session.start({ files });
    await session.eventuallyWatches((globs) => globs.includes('**/.gitignore'));
    const path = 'build/events/a.json';
    assert.deepEqual(await session.open(path, 'json', '{"id":}'), []);
    await session.write('.gitignore', 'dist/\n');
    await session.eventually(path, (found) => found.length === 1);
    await session.write('.gitignore', 'build/\n');
    await session.eventually(path, (found) => found.length === 0);
    await session.stop();
  });
});
