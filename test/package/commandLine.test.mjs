import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { npmCommand } from '../../scripts/editorHost/npm.mjs';

const use = `const AWS = require('aws-sdk');
new AWS.Lambda().invokeAsync({ FunctionName: 'orders', InvokeArgs: '{}' }, done);
`;

describe('the npm package of the command line', () => {
  let folder;
  let program;
  let server;
  let bodies;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-npm-'));
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    const [command, prefix, shell] = npmCommand();
    const { status, stderr } = spawnSync(
      command,
      [...prefix, 'install', '--offline', '--no-audit', '--no-fund', process.env.TARBALL],
      { cwd: folder, shell, encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
    program = join(folder, 'node_modules/.bin/lambda-invoke-async');
    server = createServer(async (request, response) => {
      // What a function wants of its events is asked for, too.
      if (request.method !== 'POST') {
        response.writeHead(404).end();
        return;
      }
      bodies.push(await text(request));
      response.writeHead(202, { 'x-amzn-requestid': 'request' }).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  beforeEach(() => {
    bodies = [];
  });
  after(async () => {
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is installed alone, and runs nothing while it is', async () => {
    assert.deepEqual(
      (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.')),
      ['lambda-invoke-async'],
    );
    const path = join(folder, 'node_modules/lambda-invoke-async/package.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    assert.equal(manifest.scripts, undefined);
    assert.equal(manifest.dependencies, undefined);
    for (const name of ['README.md', 'LICENSE', 'THIRD_PARTY_NOTICES.txt'])
      assert.ok(existsSync(join(path, '..', name)), name);
  });

  it('checks code, payloads and identifiers', async () => {
    await write('send.js', use);
    await write('.lambda/payloads/orders/created.json', '{ id: 1 }');
    await write('events/s3.json', '{ "Records": [{ "eventSource": "aws:s3", "s3": 1 }] }');
    await write('deploy.tf', 'arn = "arn:aws:lambda:eu-central-1:12345678901:function:orders"\n');
    const { code, stdout, stderr } = await run(['check', '.', '--payloads', '--identifiers']);
    assert.equal(code, 1, stderr);
    assert.deepEqual(
      new Set(stdout.match(/^\S+(?=:\d+:\d+ )/gm)),
      new Set(['.lambda/payloads/orders/created.json', 'deploy.tf', 'events/s3.json', 'send.js']),
    );
  });

  it('sends an event', async () => {
    const { code, stdout, stderr } = await run(['invoke', '-', ...destination()], '{"n": 1}');
    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout).kind, 'accepted');
    assert.deepEqual(bodies, ['{"n": 1}']);
  });

  it('sends a file of events', async () => {
    await write('events.jsonl', '{"n": 1}\n{"n": 2}\n');
    const journal = ['--journal', join(folder, 'runs')];
    const { code, stdout, stderr } = await run([
      'send',
      'events.jsonl',
      ...destination(),
      ...journal,
    ]);
    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout).progress.counts.accepted, 2);
    assert.deepEqual(bodies.toSorted(), ['{"n": 1}', '{"n": 2}']);
  });

  it('is a language server', async () => {
    const child = start(['lsp']);
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    const { serverInfo } = await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
    });
    assert.equal(serverInfo.name, 'lambda-invoke-async');
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    await once(child, 'exit');
    assert.equal(child.exitCode, 0);
  });

  it('serves tools to an agent, and sends nothing for it', async () => {
    const client = new Client({ name: 'test', version: '1' });
    const env = environment();
    await client.connect(
      new StdioClientTransport({ command: program, args: ['mcp'], cwd: folder, env }),
    );
    try {
      await write('events/a.json', '{ id: 1 }');
      const input = { path: 'events/a.json' };
      const checked = await client.callTool({ name: 'check_payload', arguments: input });
      assert.equal(JSON.parse(checked.content[0].text).lambdaAccepts, false);
      const event = { functionName: 'orders', payload: '{}' };
      const sent = await client.callTool({ name: 'send_event', arguments: event });
      assert.equal(JSON.parse(sent.content[0].text).kind, 'notSent');
      assert.deepEqual(bodies, []);
    } finally {
      await client.close();
    }
  });

  const destination = () => [
    '--function',
    'orders',
    '--endpoint',
    `http://127.0.0.1:${server.address().port}`,
  ];

  async function write(path, content) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), content);
  }

  function start(words) {
    const shell = process.platform === 'win32';
    return spawn(program, words, { cwd: folder, shell, env: environment() });
  }

  /** Made-up credentials, and nothing else of this process's environment. */
  function environment() {
    const { PATH, SystemRoot = '' } = process.env;
    return {
      PATH,
      SystemRoot,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    };
  }

  async function run(words, input) {
    const child = start(words);
    child.stdin.end(input);
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code: child.exitCode, stdout, stderr };
  }
});
