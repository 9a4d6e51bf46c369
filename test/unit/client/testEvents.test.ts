import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withKeysAlone } from '../../support/awsKeys';
import { standIn } from '../../support/vscode';
import { type SchemasServer, startSchemasServer } from '../../support/schemasServer';
import { type Client, startClient } from './client';

const schema = '_orders-schema';
const registry = 'lambda-testevent-schemas';

/** The way of test events in both directions, with the real SDK over HTTP. */
describe('test events', () => {
  let client: Client;
  let server: SchemasServer;
  withKeysAlone();

  beforeEach(async () => {
    client = await startClient();
    server = await startSchemasServer();
    standIn.set('region', 'eu-west-1');
    // A loopback endpoint stands in for all of AWS.
    standIn.set('endpoint', server.url, 'user');
    client.write('.lambda/payloads/orders/created.json', '{ "id": 1 }\n');
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  const payload = (name: string, text: string) =>
    client.write(`.lambda/payloads/orders/${name}.json`, text);
  const created = () => payload('created', '{ "id": 1 }\n');
  const document = (examples: Readonly<Record<string, string>>, type = 'Event') =>
    `{"openapi":"3.0.0","components":{"examples":{${Object.entries(examples)
      .map(
        ([name, value]) =>
          `${JSON.stringify(name)}:{"value":${value},"x-metadata":{"invocationType":"${type}"}}`,
      )
      .join()}}}}`;
  const seed = (examples: Readonly<Record<string, string>>, type?: string) => {
    server.registries.add(registry);
    server.write(schema, document(examples, type));
  };
  const importFrom = async () => client.commands['invokeAsync.importTestEvents'](created());
  const share = async (uri = created()) => client.commands['invokeAsync.shareTestEvent'](uri);
  const folder = () => join(client.folder.uri.fsPath, '.lambda/payloads/orders');
  const read = (name: string) => readFileSync(join(folder(), name), 'utf8');
  const valueOf = (name: string) => {
    const { components } = JSON.parse(server.content(schema) ?? '') as {
      components: { examples: Record<string, { value: unknown }> };
    };
    return components.examples[name]?.value;
  };

  it('are shown before anything is written, on either side', async () => {
    seed({ created: '{"id":1}', other: '[]' });
    client.user.answer(undefined);
    assert.equal(await importFrom(), undefined);
    assert.deepEqual(
      client.user.rows.map(({ label }) => label),
      ['Import 1 test event', 'Only in AWS', 'other', 'The same on both sides', 'created'],
    );
    assert.deepEqual(readdirSync(folder()), ['created.json']);
    assert.ok(server.requests.every((request) => request.startsWith('GET')));
  });

  it('are imported with their numbers, names and API', async () => {
    seed({ 'a/b: ü': '{"id":12345678901234567890}', big: `"${'x'.repeat(300 * 1024)}"` });
    client.user.answer('Import 2 test events');
    assert.equal(await importFrom(), 2);
    assert.equal(read('a%2Fb%3A ü.json'), '{\n  "id": 12345678901234567890\n}\n');
    assert.ok(read('big.json').length > 300 * 1024);
    const targets = readFileSync(join(client.folder.uri.fsPath, '.lambda/targets.json'), 'utf8');
    assert.equal([...targets.matchAll(/"api": "Invoke"/g)].length, 2);
    client.user.answer('No new test events to import');
    assert.equal(await importFrom(), undefined);
  });

  it('that the console invokes synchronously get no API of their own', async () => {
    seed({ other: '[]' }, 'RequestResponse');
    client.user.answer('Import 1 test event');
    await importFrom();
    assert.ok(!existsSync(join(client.folder.uri.fsPath, '.lambda/targets.json')));
  });

  it('are shared into a registry and a schema that are made for the first one', async () => {
    client.user.answer('Share 1 payload');
    assert.equal(await share(payload('a%2Fb', '{ "id": 12345678901234567890 }')), 1);
    assert.match(server.content(schema) ?? '', /"a\/b":\{"value":\{"id":12345678901234567890\}/);
    assert.match(server.content(schema) ?? '', /"required":\["id"\]/);
    assert.deepEqual(server.requests.slice(-5), [
      `GET /v1/registries/name/${registry}/schemas/name/${schema}`,
      `GET /v1/registries/name/${registry}`,
      `POST /v1/registries/name/${registry}`,
      'POST /v1/discover',
      `POST /v1/registries/name/${registry}/schemas/name/${schema}`,
    ]);
  });

  it('of a value that AWS derives no schema from are shared all the same', async () => {
    client.user.answer('Share 1 payload');
    assert.equal(await share(payload('list', '[1]')), 1);
    assert.deepEqual(valueOf('list'), [1]);
  });

  it('are kept in five versions', async () => {
    for (let n = 0; n < 8; n++) seed({ [`n${n}`]: '1' });
    client.user.answer('Share 1 payload');
    await share();
    assert.deepEqual([...(server.schemas.get(schema)?.keys() ?? [])], [5, 6, 7, 8, 9]);
  });

  it('that are different are looked at, and one of them holds', async () => {
    seed({ created: '{"id":2}' });
    client.user.answer('created', 'Replace Test Event');
    assert.equal(await share(), 1);
    assert.equal(client.user.ran.at(-1)?.id, 'vscode.diff');
    assert.deepEqual(valueOf('created'), { id: 1 });
    server.write(schema, document({ created: '{"id":3}' }));
    client.user.answer('created', 'Replace File');
    assert.equal(await importFrom(), 1);
    assert.equal(read('created.json'), '{\n  "id": 3\n}\n');
  });

  it('that somebody else adds at the same moment stay', async () => {
    seed({ other: '1' });
    server.beforeUpdate = () => server.write(schema, document({ other: '1', theirs: '2' }));
    client.user.answer('Share 1 payload');
    assert.equal(await share(), 1);
    assert.deepEqual(['other', 'theirs', 'created'].map(valueOf), [1, 2, { id: 1 }]);
  });

  it('that somebody else changes at the same moment are not overwritten, and the user is told', async () => {
    seed({ other: '1' });
    server.beforeUpdate = () => server.write(schema, document({ other: '1', created: '"theirs"' }));
    client.user.answer('Share 1 payload');
    assert.equal(await share(), undefined);
    assert.equal(valueOf('created'), 'theirs');
    assert.match(
      client.user.shown.at(-1) ?? '',
      /Somebody else has changed the test event created meanwhile/,
    );
  });

  it('that are too large for the service, or no JSON, are not shared', async () => {
    seed({});
    client.user.answer('Share 1 payload');
    assert.equal(await share(payload('big', `"${'x'.repeat(300 * 1024)}"`)), undefined);
    assert.match(client.user.shown.at(-1) ?? '', /Content is larger than 100000 characters/);
    client.user.answer('Share 1 payload');
    assert.equal(await share(payload('broken', '{')), 0);
    assert.match(client.user.shown.at(-2) ?? '', /broken was not shared: it is not valid JSON/);
    assert.equal(server.schemas.get(schema)?.size, 1);
  });

  it('in a document of somebody else that cannot be read are left alone', async () => {
    server.registries.add(registry);
    server.write(schema, 'openapi: 3.0.0');
    assert.equal(await share(), undefined);
    assert.match(client.user.shown.at(-1) ?? '', /_orders-schema .* It is not a JSON object\./);
    assert.equal(server.schemas.get(schema)?.size, 1);
  });

  it('are not touched from a workspace that is not trusted', async () => {
    client.user.trusts = false;
    assert.equal(await share(), undefined);
    assert.deepEqual(server.requests, []);
  });
});
