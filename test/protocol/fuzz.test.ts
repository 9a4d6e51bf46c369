import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fuzzRun } from '../support/fuzzRun';
import { randomOf } from '../support/random';
import { RawClient, type Received } from './rawClient';

const { seconds, seed } = fuzzRun(20);
/** Far above the slowest answer on any machine, and a hang all the same. */
const limitMs = 60_000;
const batchSize = 40;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

describe('malformed and half-valid messages', () => {
  const random = randomOf(seed);
  const counts = new Map<string, number>();
  let slowestMs = 0;
  let folder: string;
  before(async () => {
    folder = pathToFileURL(await mkdtemp(join(tmpdir(), 'invoke-async-fuzz-'))).href;
  });
  after(async () => {
    await rm(new URL(folder), { recursive: true });
    const sum = [...counts.values()].reduce((total, count) => total + count, 0);
    process.stdout.write(
      `    ${sum} messages of ${counts.size} kinds; the slowest answer after a batch took ${Math.round(slowestMs)} ms\n`,
    );
  });

  it('do not keep the server from answering', async () => {
    const end = performance.now() + seconds * 1000;
    let last: readonly string[] = [];
    try {
      while (performance.now() < end) {
        const client = new RawClient(answered);
        try {
          await client.request('first', 'initialize', valid('initialize'), limitMs);
          client.send({ jsonrpc: '2.0', method: 'initialized', params: {} });
          for (let batch = 0; batch < 30 && performance.now() < end; batch++) {
            last = Array.from({ length: batchSize }, () => malformed());
            for (const text of last) client.sendText(text);
            await answersAsEver(client, batch);
          }
          await shutsDown(client);
        } finally {
          client.kill();
        }
      }
    } catch (error) {
      assert.fail(`FUZZ_SEED=${seed}: ${String(error)}\n${last.join('\n').slice(0, 20_000)}`);
    }
  }).timeout(seconds * 1000 + 4 * limitMs);

  it('are answered with an error when they are requests, before and after a right `initialize`', async () => {
    const client = new RawClient(answered);
    try {
      for (const params of [
        null,
        {},
        { capabilities: 1 },
        { ...initialize, workspaceFolders: [1] },
        { ...initialize, processId: 1e300 },
      ]) {
        const { error } = await client.request('wrong', 'initialize', params, limitMs);
        assert.equal(error?.code, -32602, JSON.stringify(params));
      }
      const { result } = await client.request('right', 'initialize', valid('initialize'), limitMs);
      assert.ok(result);
      const textDocument = { uri: null };
      const hover = { textDocument, position: { line: 0, character: 0 } };
      const { error } = await client.request('hover', 'textDocument/hover', hover, limitMs);
      assert.equal(error?.code, -32602);
    } finally {
      client.kill();
    }
  });

  /** A request is answered, and a document of its own has its problems published. */
  async function answersAsEver(client: RawClient, batch: number): Promise<void> {
    const started = performance.now();
    const uri = `${folder}/deploy-${batch}.sh`;
    const text =
      'aws lambda invoke --function-name arn:aws:lambda:us-east-1:12345:function:orders\n';
    const published = client.next(
      ({ method, params }) =>
        method === 'textDocument/publishDiagnostics' &&
        (params as { uri: unknown; version: unknown }).uri === uri &&
        (params as { version: unknown }).version === 7,
      limitMs,
    );
    client.send({
      jsonrpc: '2.0',
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'shellscript', version: 7, text } },
    });
    const params = { textDocument: { uri }, position: { line: 0, character: 50 } };
    const hover = await client.request(`hover ${batch}`, 'textDocument/hover', params, limitMs);
    assert.ok('result' in hover, JSON.stringify(hover));
    const { diagnostics } = (await published).params as { diagnostics: { code: string }[] };
    // Settings of wrong types are as good as none; a wrong one may have switched the check off, or made it milder.
    for (const { code } of diagnostics) assert.equal(code, 'identifier.malformed');
    slowestMs = Math.max(slowestMs, performance.now() - started);
  }

  async function shutsDown(client: RawClient): Promise<void> {
    const answer = client.request('shutdown', 'shutdown', undefined, limitMs);
    for (let count = 0; count < 5; count++) client.sendText(malformed());
    await answer;
    client.send({ jsonrpc: '2.0', method: 'exit' });
    await client.ended();
  }

  function valid(method: string): Json {
    const other = random() < 0.5 ? eventFileTemplates[method] : undefined;
    const text = JSON.stringify(other ?? templates[method] ?? null).replaceAll('FOLDER', folder);
    return JSON.parse(text) as Json;
  }

  /** What the client answers the server: right, wrong, or an error. */
  function answered({ id, method }: Received): unknown {
    const right: Json = method === 'workspace/configuration' ? [pick(settings)] : null;
    const result = random() < 0.5 ? right : pick(wrongValues);
    const error = { code: -32601, message: 'Unhandled' };
    return { jsonrpc: '2.0', id, ...(random() < 0.2 ? { error } : { result }) };
  }

  /** A message as text: a right one with one to three wrong places, or no message at all. */
  function malformed(): string {
    if (random() < 0.03) return pick(notMessages);
    const method = pick(Object.keys(templates));
    counts.set(method, (counts.get(method) ?? 0) + 1);
    const isRequest = requests.has(method) !== random() < 0.05;
    let message: Json = {
      jsonrpc: '2.0',
      ...(isRequest ? { id: pick([1, 2, 'a', Math.floor(random() * 1e6)]) } : {}),
      method,
      params: valid(method),
    };
    for (let places = Math.floor(random() * 4); places > 0; places--) {
      message = withWrongPlace(message, ['params']);
    }
    return JSON.stringify(message);
  }

  /** @param way the keys that are gone down for certain */
  function withWrongPlace(value: Json, [first, ...way]: readonly string[] = []): Json {
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    if (keys.length === 0 || (first === undefined && random() < 0.25)) return pick(wrongValues);
    const key = first !== undefined && keys.includes(first) ? first : pick(keys);
    if (Array.isArray(value)) {
      return value.map((item: Json, index) =>
        String(index) === key ? withWrongPlace(item, way) : item,
      );
    }
    const { [key]: old = null, ...others } = value as { readonly [key: string]: Json };
    // Without it, or with a wrong one.
    return random() < 0.15 ? others : { ...others, [key]: withWrongPlace(old, way) };
  }

  function pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(random() * values.length)];
    assert.ok(value !== undefined);
    return value;
  }
});

const initialize = {
  processId: process.pid,
  rootUri: null,
  workspaceFolders: [{ uri: 'FOLDER', name: 'fuzz' }],
  initializationOptions: { answersAccountRequests: true, commandLinks: true },
  capabilities: {
    workspace: {
      configuration: true,
      workspaceFolders: true,
      didChangeConfiguration: { dynamicRegistration: true },
      didChangeWatchedFiles: { dynamicRegistration: true },
    },
  },
};

const document = { uri: 'FOLDER/events/a.json' };
const code =
  "const { Lambda } = require('aws-sdk');\nnew Lambda().invokeAsync({ FunctionName: 'f', InvokeArgs: '{}' });\n";
const targets =
  '{ "targets": [{ "payloads": "events/*.json", "function": "orders", "schema": "aws:sqs" }] }';
const range = { start: { line: 0, character: 1 }, end: { line: 1, character: 5 } };

const eventFile = { uri: 'FOLDER/events/a.jsonl' };
/** With lines that cannot be sent. */
const lines = '{ "id": 1 }\r\n\n{ "id": 2, }\n{ "id": 3 } {}\r\n\ufeff[';

/** What is right for some methods, too. */
const eventFileTemplates: Readonly<Record<string, Json>> = {
  'textDocument/didOpen': {
    textDocument: { ...eventFile, languageId: 'jsonl', version: 1, text: lines },
  },
  'textDocument/didChange': {
    textDocument: { ...eventFile, version: 2 },
    contentChanges: [{ range, text: lines }, { text: lines.repeat(200) }],
  },
  'textDocument/didClose': { textDocument: eventFile },
  'textDocument/codeAction': {
    textDocument: eventFile,
    range,
    context: { diagnostics: [], only: ['quickfix'] },
  },
  'invokeAsync/checkPayload': { ...eventFile, text: lines, api: 'InvokeAsync' },
  'invokeAsync/payloadInvoked': eventFile,
};

/** A right set of parameters for each method. */
const templates: Readonly<Record<string, Json>> = {
  initialize,
  initialized: {},
  'textDocument/didOpen': {
    textDocument: { ...document, languageId: 'json', version: 1, text: '{ "Records": [1, }' },
  },
  'textDocument/didChange': {
    textDocument: { ...document, version: 2 },
    contentChanges: [{ range, text: code }, { text: targets }],
  },
  'textDocument/didClose': { textDocument: document },
  'textDocument/didSave': { textDocument: document },
  'textDocument/willSave': { textDocument: document, reason: 1 },
  'textDocument/hover': { textDocument: document, position: range.start },
  'textDocument/completion': {
    textDocument: { uri: 'FOLDER/.lambda/targets.json' },
    position: { line: 0, character: 60 },
  },
  'textDocument/codeAction': {
    textDocument: document,
    range,
    context: { diagnostics: [], only: ['quickfix', 'source.fixAll'] },
  },
  'textDocument/definition': { textDocument: document, position: range.start },
  'workspace/didChangeConfiguration': { settings: { invokeAsync: { api: 'Invoke' } } },
  'workspace/didChangeWatchedFiles': {
    changes: [{ uri: 'FOLDER/.lambda/targets.json', type: 2 }],
  },
  'workspace/didChangeWorkspaceFolders': {
    event: { added: [{ uri: 'FOLDER/app', name: 'app' }], removed: [] },
  },
  'workspace/executeCommand': { command: 'invokeAsync.invoke', arguments: [] },
  '$/cancelRequest': { id: 1 },
  '$/setTrace': { value: 'verbose' },
  '$/progress': { token: 1, value: {} },
  'invokeAsync/checkPayload': { ...document, text: '{}', api: 'Invoke' },
  'invokeAsync/payloadInvoked': document,
  'invokeAsync/functionAt': { ...document, version: 1, offset: 0 },
  'invokeAsync/findDeprecated': null,
  'invokeAsync/migrateDeprecated': null,
  'invokeAsync/unknown': { any: ['thing'] },
};

const requests = new Set([
  'initialize',
  'textDocument/hover',
  'textDocument/completion',
  'textDocument/codeAction',
  'textDocument/definition',
  'workspace/executeCommand',
  'invokeAsync/checkPayload',
  'invokeAsync/functionAt',
  'invokeAsync/findDeprecated',
  'invokeAsync/migrateDeprecated',
  'invokeAsync/unknown',
]);

const settings: readonly Json[] = [
  null,
  {},
  { api: 1, payloads: null, identifiers: 'off', deprecation: [] },
  { payloads: { include: [1] }, identifiers: { enable: 'no', severity: 'fatal' } },
];

const wrongValues: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  2 ** 31,
  '',
  'text',
  'x'.repeat(100_000),
  '\u0000\ud800',
  '__proto__',
  [],
  {},
  [null],
  [[[[]]]],
  { uri: null },
  { start: { line: 9, character: 9 }, end: { line: 0, character: 0 } },
  { line: 1e9, character: 1e9 },
  { line: -1, character: -1 },
  'file:///%zz/%',
  'file://host/share/a%2Fb.json',
  'untitled:Untitled-1',
  'https://example.com/a.json',
  'file:',
  'C:\\a.json',
  code,
  targets,
  '['.repeat(50_000),
];

const notMessages: readonly string[] = [
  '',
  ' ',
  'null',
  '[]',
  '1',
  '{',
  '{}',
  '"text"',
  '{"jsonrpc":"2.0"}',
  '{"jsonrpc":"2.0","id":null,"method":"textDocument/hover"}',
  '{"jsonrpc":"2.0","id":{},"method":"textDocument/hover"}',
  '{"jsonrpc":"2.0","id":77,"result":{}}',
  '{"jsonrpc":"2.0","id":78,"error":null}',
  '{"jsonrpc":"2.0","id":79,"error":{"code":"x"}}',
  '{"jsonrpc":"2.0","method":5,"params":{}}',
  `{"jsonrpc":"2.0","method":"textDocument/didOpen","params":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  '\ufeff{"jsonrpc":"2.0","method":"initialized"}',
];
