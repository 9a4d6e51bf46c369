import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { CheckPayloadParams, CheckPayloadResult } from '../../src/protocol/messages';
import { Session } from './session';

/** Targets that hold every event of `events/<name>.json` against a schema. */
function targets(schemas: Record<string, string>): string {
  return JSON.stringify({
    targets: Object.entries(schemas).map(([name, schema]) => ({
      payloads: `events/${name}.json`,
      function: 'orders',
      schema,
    })),
  });
}

const orderSchema = JSON.stringify({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['orderId'],
  properties: { orderId: { type: 'string' }, total: { $ref: 'money.json' } },
});

describe('payloads held against schemas', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      files: {
        '.lambda/targets.json': targets({
          queue: 'aws:sqs',
          order: 'schemas/order.json',
          named: 'schemas/named [1].schema',
          filed: 'filed/under/order.json',
          unknown: 'aws:sqq',
          gone: 'schemas/gone.json',
          outside: '../outside.json',
          linked: 'schemas/linked.json',
          leaking: 'schemas/leaking.json',
          remote: 'schemas/remote.json',
          hostile: 'schemas/hostile.json',
          hostile2: 'schemas/hostile.json',
          endless: 'schemas/endless.json',
          huge: 'schemas/huge.json',
          broken: 'schemas/broken.json',
        }),
        'schemas/order.json': orderSchema,
        'schemas/money.json': '{ "type": "number", "minimum": 0 }',
        'schemas/named [1].schema': '{ "required": ["id"] }',
        'filed/under/order.json': '{ "required": ["id"] }',
        'schemas/leaking.json': '{ "$ref": "file:///etc/passwd" }',
        'schemas/remote.json': '{ "$ref": "https://example.com/order.json" }',
        'schemas/hostile.json': '{ "additionalProperties": { "pattern": "^(a+)+$" } }',
        'schemas/endless.json':
          '{ "$ref": "#/$defs/a", "$defs": { "a": { "$ref": "#/$defs/a" } } }',
        'schemas/huge.json': JSON.stringify({ description: 'x'.repeat(5 * 1024 * 1024) }),
        'schemas/broken.json': '{ "type": ',
      },
    });
  });
  after(() => session.stop());

  it('marks the exact value, by the schema of an AWS event', async () => {
    const text = '{ "Records": [{ "messageId": 7 }] }';
    const found = await session.open('events/queue.json', 'json', text);
    assert.ok(found.length > 1, 'several at once');
    const number = found.find(({ message }) => JSON.stringify(message).includes('number'));
    assert.equal(number?.code, 'payload.schema');
    assert.equal(number.range.start.character, text.indexOf('7'));
  });

  it('follows a schema of the workspace, and the schema that it refers to, as they change', async () => {
    const text = '{ "orderId": "A1", "total": -1 }';
    const [found] = await session.open('events/order.json', 'json', text);
    assert.equal(found?.code, 'payload.schema');
    assert.equal(found.range.start.character, text.indexOf('-1'));
    await session.write('schemas/money.json', '{ "type": "number" }');
    await session.eventually('events/order.json', none);
    await session.open('schemas/order.json', 'json', '{ "required": ["customer"] }');
    const [unsaved] = await session.eventually('events/order.json', some);
    assert.match(words(unsaved), /customer/, 'the schema as it stands in the editor');
  });

  it('follows a schema whose name does not end in .json', async () => {
    const [found] = await session.open('events/named.json', 'json', '{ "total": 1 }');
    assert.match(words(found), /"id" is missing/);
    await session.write('schemas/named [1].schema', '{}');
    await session.eventually('events/named.json', none);
  });

  it('follows the folder of a schema', async () => {
    await session.open('events/filed.json', 'json', '{ "total": 1 }');
    await session.eventually('events/filed.json', (found) => /is missing/.test(words(found[0])));
    await session.remove('filed');
    await session.eventually('events/filed.json', (found) => /no such file/.test(words(found[0])));
  });

  for (const [name, reason] of [
    ['unknown', /aws:sqq/],
    ['gone', /no such file/],
    ['outside', /outside the workspace folder/],
    ['leaking', /no schema file:\/\/\/etc\/passwd/],
    ['remote', /no schema https:\/\/example\.com/],
    ['endless', /itself endlessly/],
    ['huge', /larger than 4 MB/],
    ['broken', /not JSON/],
  ] as const) {
    it(`says why a schema cannot be used, as a warning: ${name}`, async () => {
      const [found] = await session.open(`events/${name}.json`, 'json', '{ "id": 1 }\n');
      assert.equal(found?.severity, 2);
      assert.match(words(found), reason);
      assert.equal(found.range.start.line, 0);
    });
  }

  it('follows no symbolic link out of the folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'invoke-async-outside-'));
    try {
      await writeFile(join(outside, 'schema.json'), '{ "type": "string" }');
      await symlink(join(outside, 'schema.json'), join(session.folder, 'schemas/linked.json'));
      const [found] = await session.open('events/linked.json', 'json', '{}');
      assert.match(words(found), /outside the workspace folder/);
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it('stops a pattern that would run for years, and answers others meanwhile', async () => {
    const hostile = JSON.stringify({ text: `${'a'.repeat(60)}!` });
    const stopped = session.open('events/hostile.json', 'json', hostile);
    await session.open('notes.txt', 'plaintext', 'arn:aws:lambda:us-east-1:1:function:f');
    const [found] = await stopped;
    assert.match(words(found), /took longer than 3 s/);
    const [wrong] = await session.open('events/hostile2.json', 'json', '{ "text": "b" }');
    assert.match(words(wrong), /pattern/, 'the next payload is checked by the same schema');
    const [onSchema] = await session.open('schemas/hostile.json', 'json', '{}');
    assert.equal(onSchema, undefined, 'the schema changed: it is tried again');
    await session.eventually('events/hostile.json', none);
  });

  it('says it on the schema document, too', async () => {
    await session.open('events/broken.json', 'json', '{}');
    const [found] = await session.open('schemas/broken.json', 'json', '{ "type": "text" }');
    const [known] = found ? [found] : await session.eventually('schemas/broken.json', some);
    assert.equal(known?.code, 'payload.unchecked');
  });

  it('answers before sending with the problems of the schema', async () => {
    const params: CheckPayloadParams = {
      uri: session.uri('events/queue.json'),
      text: '{ "Records": {} }',
      api: 'Invoke',
    };
    const problems = await session.connection.sendRequest<CheckPayloadResult>(
      'invokeAsync/checkPayload',
      params,
    );
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['payload.schema', 'warning']],
    );
  });
});

describe('payloads beyond payloads.include', () => {
  it('checks a document that was invoked from, from then on', async () => {
    const session = await Session.start();
    try {
      assert.deepEqual(await session.open('docs/a.json', 'json', '{ "id": 1, }'), []);
      await session.connection.sendNotification('invokeAsync/payloadInvoked', {
        uri: session.uri('docs/a.json'),
      });
      const [found] = await session.eventually('docs/a.json', some);
      assert.equal(found?.code, 'payload.syntax');
      assert.deepEqual(await session.change('docs/a.json', '{ "id": 1 }'), []);
    } finally {
      await session.stop();
    }
  });

  it('says of a payload of 50 MB that it is too large, and scans no more of it', async () => {
    const session = await Session.start();
    try {
      const text = `[${'{"id":1,},'.repeat(5_000_000)}`;
      const found = await session.open('events/large.json', 'json', text);
      assert.deepEqual(
        found.map(({ code }) => code),
        ['payload.too-large'],
      );
      assert.match(words(found[0]), /only the size is checked/);
    } finally {
      await session.stop();
    }
  });
});

function none(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.length === 0;
}

function some(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.length > 0;
}

function words(diagnostic: Diagnostic | undefined): string {
  return typeof diagnostic?.message === 'string' ? diagnostic.message : '';
}
