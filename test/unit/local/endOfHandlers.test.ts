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
import { hasPython, needsPython } from '../../support/python';

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

/** The same for Python. */
const connectedPython = `
import os, re, socket, subprocess, sys, time
address = ("127.0.0.1", int(os.environ["PORT"]))
own = socket.create_connection(address)
child = f"import socket, time; s = socket.create_connection({address!r}); time.sleep(1e6)"
def start(**options):
    subprocess.Popen([sys.executable, "-c", child], **options)
`;

const endlessPython = 'def handler(event, context):\n    while True: pass';

const handlers: readonly {
  readonly what: string;
  readonly connections: number;
  readonly source: string;
  readonly language?: Language;
}[] = [
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
  { what: 'loops, in Python', connections: 1, source: endlessPython, language: 'python' },
  {
    what: 'loops in code that lets no other thread run, in Python',
    connections: 1,
    source: 'def handler(event, context):\n    re.match("(a+)+$", "a" * 50 + "b")',
    language: 'python',
  },
  {
    what: 'loops while it loads, in Python',
    connections: 1,
    source: 'while True: pass',
    language: 'python',
  },
  {
    what: 'has a child, in Python',
    connections: 2,
    source: `start()\n${endlessPython}`,
    language: 'python',
  },
  {
    what: 'has a child in a session of its own, with an empty environment, in Python',
    connections: 2,
    source: `start(start_new_session=True, env={})\n${endlessPython}`,
    language: 'python',
  },
  {
    what: 'has forked itself, in Python',
    connections: 2,
    source: `
if os.fork() == 0:
    os.setsid()
    own = socket.create_connection(address)
    while True: pass
${endlessPython}`,
    language: 'python',
  },
  {
    what: 'returns, and has a child in a session of its own, in Python',
    connections: 2,
    source: 'start(start_new_session=True)\ndef handler(event, context): pass',
    language: 'python',
  },
];

type Language = 'node' | 'python';

const preludes: Readonly<Record<Language, { readonly file: string; readonly source: string }>> = {
  node: { file: 'one.mjs', source: connected },
  python: { file: 'one.py', source: connectedPython },
};

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

  async function prepare(
    source: string,
    timeout: number,
    language: Language = 'node',
  ): Promise<void> {
    const prelude = preludes[language];
    const { port } = server.address() as AddressInfo;
    const environment = { PORT: String(port) };
    workspace = await startLocalWorkspace({
      functions: { one: { handler: 'one.handler', timeout, environment } },
      files: { [prelude.file]: prelude.source + source },
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

  for (const { what, connections, source, language } of handlers) {
    const isSkipped = language === 'python' && !hasPython;
    const note = isSkipped ? needsPython : '';
    const test = isSkipped ? it.skip : it;
    test(`when the editor is killed, and it ${what}${note}`, async () => {
      await prepare(source, 900, language);
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

    test(`when Local Lambda stops, and it ${what}${note}`, async () => {
      await prepare(source, 900, language);
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
