import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import {
  buildHandlerProcess,
  bundle,
  type LocalWorkspace,
  sendRaw,
  startLocalWorkspace,
} from '../../support/localLambda';

/** Each process that is to end connects to the test: the system closes the connection when the process is gone. */
const connected = `
  import { spawn } from 'node:child_process';
  import { once } from 'node:events';
  import { connect } from 'node:net';
  const { PORT } = process.env;
  const child = "require('node:net').connect(" + PORT + ", '127.0.0.1', () => console.log('connected'))";
  const start = async (options, program = child) => {
    const started = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'], ...options });
    await once(started.stdout, 'data');
  };
  await once(connect(PORT, '127.0.0.1'), 'connect');`;

const endless = 'export const handler = () => { for (;;); };';

/** The daemon's parent is gone once it has said that the daemon is connected. */
const daemon = `
  const options = { detached: true, stdio: ['ignore', 'pipe', 'inherit'] };
  const started = require('node:child_process').spawn(process.execPath, ['-e', \${JSON.stringify(child)}], options);
  started.stdout.once('data', (text) => { console.log(String(text)); process.exit(); });`;

const handlers = [
  { what: 'loops', connections: 1, source: endless },
  { what: 'loops while it loads', connections: 1, source: 'for (;;);' },
  { what: 'has a child', connections: 2, source: `await start({}); ${endless}` },
  {
    what: 'has a child in a session of its own',
    connections: 2,
    source: `await start({ detached: true }); ${endless}`,
  },
  {
    what: 'has a child in a session of its own, with an empty environment',
    connections: 2,
    source: `await start({ detached: true, env: {} }); ${endless}`,
  },
  {
    what: 'has left a daemon',
    connections: 2,
    source: `await start({}, \`${daemon}\`); ${endless}`,
  },
  {
    what: 'returns, and has a child in a session of its own',
    connections: 2,
    source: 'await start({ detached: true }); export const handler = () => {};',
  },
];

describe('a handler ends with all that it has started', () => {
  // Windows has neither sessions nor groups.
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  let server: Server;
  let sockets: Socket[];
  let workspace: LocalWorkspace;

  beforeEach(async () => {
    sockets = [];
    server = createServer((socket) => {
      socket.on('error', () => {}).resume();
      sockets.push(socket);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(async () => {
    await workspace.stop();
    server.close();
  });

  async function prepare(source: string, timeout: number): Promise<void> {
    const { port } = server.address() as AddressInfo;
    const environment = { PORT: String(port) };
    workspace = await startLocalWorkspace({
      functions: { one: { handler: 'one.handler', timeout, environment } },
      files: { 'one.mjs': connected + source },
      retryDelaysMs: [],
    });
  }

  async function invoke(endpoint: string, connections: number): Promise<void> {
    const answer = await sendRaw(endpoint, { path: '/2014-11-13/functions/one/invoke-async' });
    assert.equal(answer.status, 202);
    while (sockets.length < connections) await once(server, 'connection');
  }

  const allGone = (): Promise<unknown> =>
    Promise.all(sockets.filter(({ closed }) => !closed).map((socket) => once(socket, 'close')));

  for (const { what, connections, source } of handlers) {
    it(`when the editor is killed, and it ${what}`, async () => {
      await prepare(source, 900);
      const files = await Promise.all([bundle('test/support/localHost.ts'), buildHandlerProcess()]);
      const [host, handlerProcess] = files;
      const editor = spawn(process.execPath, [host, workspace.folder, handlerProcess], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [endpoint] = await once(editor.stdout, 'data');
      await invoke(String(endpoint), connections);
      editor.kill('SIGKILL');
      await allGone();
    });

    it(`when Local Lambda stops, and it ${what}`, async () => {
      await prepare(source, 900);
      await invoke(workspace.local.endpoint, connections);
      await workspace.local.stop();
      await allGone();
    });
  }

  it('when its time is up, and it has a child in a session of its own', async () => {
    await prepare(`await start({ detached: true }); ${endless}`, 1);
    await invoke(workspace.local.endpoint, 2);
    await allGone();
    await workspace.log.until(/^Dead letter.*timed out/);
  });

  it('when its process ends, and it has left a daemon', async () => {
    await prepare(
      `await start({}, \`${daemon}\`); export const handler = () => process.exit();`,
      900,
    );
    await invoke(workspace.local.endpoint, 2);
    await allGone();
    await workspace.log.until(/^Dead letter.*exit status 0/);
  });
});
