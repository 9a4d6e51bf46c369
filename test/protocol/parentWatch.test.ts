import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../support/repository';

/** Blocks the main thread for ever on a signal, as a loop in its code would. */
const blocks = `process.on('SIGUSR2', () => {
  require('node:fs').writeSync(2, 'blocked\\n');
  for (;;);
});`;

/** The parent of a server: says its process id once it has answered \`initialize\`, and lives on. */
const overIpc = `const { fork } = require('node:child_process');
const [preload, server] = process.argv.slice(2);
const child = fork(server, ['--node-ipc'], { execArgv: ['--require', preload] });
child.once('message', () => console.log(child.pid));
child.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: process.pid, capabilities: {} } });`;

const overStdio = `const { spawn } = require('node:child_process');
const [preload, server] = process.argv.slice(2);
const stdio = ['pipe', 'pipe', 'inherit'];
const child = spawn(process.execPath, ['--require', preload, server, '--stdio'], { stdio });
child.stdout.once('data', () => console.log(child.pid));
const params = { processId: process.pid, capabilities: {} };
const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
child.stdin.write('Content-Length: ' + body.length + '\\r\\n\\r\\n' + body);`;

describe('a language server whose main thread is blocked', () => {
  let folder: string;
  let server = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-parent-'));
    await writeFile(join(folder, 'blocks.cjs'), blocks);
    await writeFile(join(folder, 'ipc.cjs'), overIpc);
    await writeFile(join(folder, 'stdio.cjs'), overStdio);
  });
  afterEach(() => {
    if (server > 0) process.kill(server, 'SIGKILL');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const transport of ['ipc', 'stdio']) {
    it(`ends when the process that started it is killed: ${transport}`, async () => {
      const parent = start(transport);
      const [line] = (await once(parent.stdout ?? assert.fail(), 'data')) as [Buffer];
      server = Number(line.toString());
      process.kill(server, 'SIGUSR2');
      const errors = parent.stderr ?? assert.fail();
      const [said] = (await once(errors, 'data')) as [Buffer];
      assert.match(said.toString(), /blocked/);
      // The pipe is the server's, too: it closes when both are gone.
      const gone = once(errors, 'close');
      parent.kill('SIGKILL');
      await gone;
      server = 0;
    });
  }

  function start(transport: string): ChildProcess {
    const words = [`${transport}.cjs`, 'blocks.cjs'].map((name) => join(folder, name));
    return spawn(process.execPath, [...words, join(repository, 'dist/server.js')]);
  }
});
