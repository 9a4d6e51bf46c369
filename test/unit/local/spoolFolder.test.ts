import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  buildHandlerProcess,
  bundle,
  type LocalWorkspace,
  sendEvents,
  startLocalWorkspace,
} from '../../support/localLambda';

const forever = { forever: { handler: 'one.forever', timeout: 900 } };
const files = {
  'one.js': 'exports.forever = () => new Promise(() => setInterval(() => {}, 1000));',
};

/** More than are held in memory. */
const events = Array.from({ length: 1200 }, () => '{}');

describe('the folder of the queue of Local Lambda', () => {
  let temporaryFolder: string;
  let workspace: LocalWorkspace;
  beforeEach(async () => {
    temporaryFolder = await mkdtemp(join(tmpdir(), 'queue-'));
    workspace = await startLocalWorkspace({ functions: forever, files, temporaryFolder });
  });
  afterEach(async () => {
    await workspace.stop();
    await rm(temporaryFolder, { recursive: true });
  });

  /** A program that embeds Local Lambda as the editor does, with events on disk. */
  async function startEditor(): Promise<ChildProcess> {
    const program = await Promise.all([bundle('test/support/localHost.ts'), buildHandlerProcess()]);
    const [host, handlerProcess] = program;
    const editor = spawn(process.execPath, [host, workspace.folder, handlerProcess], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: temporaryFolder, TEMP: temporaryFolder },
    });
    const [endpoint] = await once(editor.stdout, 'data');
    await sendEvents(String(endpoint), 'forever', events);
    assert.equal((await readdir(temporaryFolder)).length, 1);
    return editor;
  }

  it('can be read by nobody else', async function () {
    if (process.platform === 'win32') this.skip();
    await sendEvents(workspace.local.endpoint, 'forever', events);
    const [name = '', ...others] = await readdir(temporaryFolder);
    assert.deepEqual(others, []);
    assert.match(name, /^lambda-invoke-async-queue-/);
    assert.equal((await stat(join(temporaryFolder, name))).mode & 0o777, 0o700);
    const [file = ''] = await readdir(join(temporaryFolder, name));
    assert.equal((await stat(join(temporaryFolder, name, file))).mode & 0o777, 0o600);
  });

  it('is deleted by the next start when the editor was killed, and by none while it runs', async () => {
    const editor = await startEditor();
    const left = await readdir(temporaryFolder);
    // What only looks alike is not ours.
    const others = ['lambda-invoke-async-queue-', 'lambda-invoke-async-queue-0-1-x', 'other'];
    for (const other of others) await mkdir(join(temporaryFolder, other));
    const startAndStop = async (): Promise<string[]> => {
      const next = await startLocalWorkspace({ functions: forever, files, temporaryFolder });
      await next.stop();
      return (await readdir(temporaryFolder)).toSorted();
    };
    assert.deepEqual(await startAndStop(), [...others, ...left].toSorted());
    editor.kill('SIGKILL');
    await once(editor, 'exit');
    assert.deepEqual(await startAndStop(), others.toSorted());
  });

  it('is deleted when the editor ends without a stop', async function () {
    // Windows ends a process without asking it.
    if (process.platform === 'win32') this.skip();
    const editor = await startEditor();
    editor.kill('SIGTERM');
    await once(editor, 'exit');
    assert.deepEqual(await readdir(temporaryFolder), []);
  });

  it('is made again when somebody deletes it', async () => {
    const { endpoint } = workspace.local;
    await sendEvents(endpoint, 'forever', events);
    const [name = ''] = await readdir(temporaryFolder);
    await rm(join(temporaryFolder, name), { recursive: true });
    // The file that is open goes on; the next one needs a folder.
    const body = JSON.stringify('x'.repeat(250_000));
    let accepted = 0;
    while (accepted < 70) {
      const [status] = await sendEvents(endpoint, 'forever', [body]);
      assert.ok(status === 202 || status === 429, `${status}`);
      if (status === 202) accepted += 1;
      else await wait(100);
    }
    assert.equal((await readdir(temporaryFolder)).length, 1);
    assert.equal(workspace.local.queued(), events.length + accepted);
  });
});
