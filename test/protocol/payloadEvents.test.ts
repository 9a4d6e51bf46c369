import assert from 'node:assert/strict';
import type { CompletionItem } from 'vscode-languageserver/node';
import { positionAt, Session } from './session';

const record =
  '{ "messageId": "a", "receiptHandle": "b", "body": "c", "attributes": {}, "eventSource": "aws:sqs" }';
const sqs = `{ "Records": [${record}] }`;

describe('a payload that looks like an AWS event', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      files: {
        '.lambda/targets.json': JSON.stringify({
          targets: [
            { payloads: 'events/order.json', function: 'orders', schema: 'schemas/order.json' },
            { payloads: 'events/hostile.json', function: 'orders', schema: 'schemas/hostile.json' },
          ],
        }),
        'schemas/order.json': '{ "properties": { "lines": { "items": { "$ref": "line.json" } } } }',
        'schemas/line.json':
          '{ "required": ["sku"], "properties": { "note": {}, "sku": { "description": "Of *us*." } } }',
        'schemas/hostile.json': '{ "properties": { "a": { "$ref": "#/properties/a" } } }',
      },
      initializationOptions: { invokeAsync: { events: { ignore: ['events/ignored.json'] } } },
    });
  });
  after(() => session.stop());

  it('is validated as one, and a hint says so', async () => {
    const [hint, ...others] = await session.open('events/queue.json', 'json', sqs);
    assert.deepEqual([hint?.code, hint?.severity], ['payload.event', 4]);
    assert.match(JSON.stringify(hint?.message), /SQS.*aws:sqs/);
    assert.deepEqual(
      others.map(({ severity }) => severity),
      [3, 3],
    );
    await session.change('events/queue.json', '{ "orderId": 1 }');
    await session.eventually('events/queue.json', (found) => found.length === 0);
  });

  it('is left alone where the settings say so', async () => {
    assert.deepEqual(await session.open('events/ignored.json', 'json', sqs), []);
  });

  it('gets the event as the schema of its target by an edit', async () => {
    const path = '.lambda/payloads/orders/queue.json';
    const [hint] = await session.open(path, 'json', sqs);
    assert.ok(hint);
    const [fix, ...others] = await session.fixes(path, hint);
    assert.equal(fix?.title, 'Set Schema: aws:sqs');
    assert.match(JSON.stringify(fix?.edit), /\\"schema\\": \\"aws:sqs\\"/);
    assert.deepEqual(others, []);
  });

  it('gets it by a command of a client that writes the file itself, or is ignored by another', async () => {
    const other = await Session.start({ initializationOptions: { eventCommands: true } });
    try {
      const [hint] = await other.open('events/queue.json', 'json', sqs);
      assert.ok(hint);
      const fixes = await other.fixes('events/queue.json', hint);
      const argument = { uri: other.uri('events/queue.json'), schema: 'aws:sqs' };
      assert.deepEqual(
        fixes.map(({ command }) => [command?.command, command?.arguments]),
        [
          ['invokeAsync.setSchema', [argument]],
          ['invokeAsync.ignoreEvent', [argument]],
        ],
      );
    } finally {
      await other.stop();
    }
  });

  it('is completed as one while it is half typed', async () => {
    await session.open('events/typed.json', 'json', sqs);
    const half = `{ "Records": [{ "eventSource": "aws:sqs", "mess`;
    await session.change('events/typed.json', half);
    const labels = (await items('events/typed.json', half, half.length)).map(({ label }) => label);
    assert.equal(labels[0], 'messageId');
  });

  it('is completed by a schema of the workspace, with what it refers to, and told in a hover', async () => {
    const text = '{ "lines": [{ "sku": 1 },  { } ] }';
    await session.open('events/order.json', 'json', text);
    const found = await items('events/order.json', text, text.indexOf('{ }') + 1);
    assert.deepEqual(
      found.map(({ label, detail }) => [label, detail]),
      [
        ['sku', 'required'],
        ['note', ''],
      ],
    );
    const hover = await session.hover('events/order.json', text, 'sku');
    assert.match(JSON.stringify(hover?.contents), /`sku` · required.*Of \\\\\*us/);
  });

  it('is completed by a schema that refers to itself without end', async () => {
    await session.open('events/hostile.json', 'json', '{ }');
    assert.deepEqual(
      (await items('events/hostile.json', '{ }', 1)).map(({ label }) => label),
      ['a'],
    );
  });

  async function items(path: string, text: string, offset: number): Promise<CompletionItem[]> {
    return session.connection.sendRequest<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri: session.uri(path) },
      position: positionAt(text, offset),
    });
  }
});
