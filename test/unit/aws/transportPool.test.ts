import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { invoke, resolveConnection } from '../../../src/aws/main';
import type { Connection } from '../../../src/core/invocation/connection';
import { type AwsFiles, awsFiles } from '../../support/awsFiles';
import { answer, type Fault, type FaultServer, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { repository } from '../../support/repository';

describe('a single event soon after another', () => {
  let server: FaultServer;
  let files: AwsFiles;
  beforeEach(async () => {
    files = await awsFiles();
  });
  afterEach(async () => {
    await server.stop();
    await files.remove();
  });

  async function start(fault: Fault): Promise<void> {
    server = await startFaultServer(fault);
  }
  const connect = (more: Partial<Connection> = {}) =>
    resolveConnection({
      endpoint: server.url,
      region: 'eu-west-1',
      timeoutMs: 5000,
      environment: files.environment,
    }).then((connection): Connection => ({ ...connection, ...more }));
  const send = async (more?: Partial<Connection>) =>
    invoke(await connect(more), { api: 'Invoke', functionName: 'f', payload: '{}' });
  const used = () => server.requests.map(({ connection }) => connection);

  it('uses its connection', async () => {
    await start(faults.accepts);
    for (let n = 0; n < 3; n++) await send();
    assert.deepEqual(used(), [0, 0, 0]);
  });

  it('uses its connection after an error, too', async () => {
    await start(faults.throttlesOnceThenAccepts);
    assert.equal((await send()).attempts, 2);
    assert.deepEqual(used(), [0, 0]);
  });

  it('opens one of its own while the other is under way', async () => {
    await start({ answers: [[{ pauseMs: 100 }, answer(202)]] });
    await Promise.all([send(), send()]);
    await Promise.all([send(), send()]);
    assert.deepEqual(
      used().toSorted((a, b) => a - b),
      [0, 0, 1, 1],
    );
  });

  it('is unknown when that connection is closed in the moment of sending, and sent once', async () => {
    await start({ answers: [[answer(202)], [{ finish: 'reset' }], [answer(202)]] });
    const outcomes = [await send(), await send(), await send()];
    assert.deepEqual(
      outcomes.map(({ kind, attempts }) => [kind, attempts]),
      [
        ['accepted', 1],
        ['unknown', 1],
        ['accepted', 1],
      ],
    );
    assert.deepEqual(used(), [0, 0, 1]);
  });

  const differences: readonly (readonly [string, Partial<Connection>])[] = [
    ['another region', { region: 'us-east-1' }],
    ['another profile', { profile: 'p', profileSource: 'setting' }],
    ['a proxy', { proxy: { url: 'http://127.0.0.1:9' } }],
    ['other trust', { proxy: { strictSSL: false } }],
    ['another timeout', { timeoutMs: 4000 }],
    ['another environment', { environment: { HOME: '/elsewhere' } }],
  ];
  for (const [what, difference] of differences) {
    it(`opens a connection of its own for ${what}`, async () => {
      await start(faults.accepts);
      await send();
      await send(difference);
      assert.deepEqual(used(), [0, 1]);
    });
  }

  it('opens a connection of its own for other credentials', async () => {
    const keys = (id: string) =>
      `[default]\naws_access_key_id = ${id}\naws_secret_access_key = s\n`;
    await start(faults.accepts);
    for (const id of ['AKONE', 'AKTWO', 'AKTWO']) {
      await files.write({ credentials: keys(id) });
      await send();
    }
    assert.deepEqual(used(), [0, 1, 1]);
  });

  it('opens a connection of its own where the editor replaces the agent with a shared one', async () => {
    await start(faults.accepts);
    const shared = new http.Agent({ keepAlive: true });
    const { request } = http;
    http.request = ((options: http.RequestOptions) =>
      request({ ...options, agent: shared })) as typeof http.request;
    try {
      await send();
      await send();
    } finally {
      http.request = request;
      shared.destroy();
    }
    assert.deepEqual(used(), [0, 1]);
  });

  it('finds none after some seconds', async () => {
    await start(faults.accepts);
    const closed = server.nextClose();
    await send();
    await closed;
    await send();
    assert.deepEqual(used(), [0, 1]);
  });

  it('keeps no process alive for one that may follow', async () => {
    await start(faults.accepts);
    const folder = join(repository, `out/lone-event-${process.pid}`);
    try {
      await build({
        absWorkingDir: repository,
        entryPoints: ['src/aws/main.ts'],
        outdir: folder,
        bundle: true,
        packages: 'external',
        platform: 'node',
        target: 'node20',
        format: 'cjs',
      });
      const script = `
        const { invoke } = require(${JSON.stringify(join(folder, 'main.js'))});
        const request = { api: 'Invoke', functionName: 'f', payload: '{}' };
        invoke(${JSON.stringify(await connect())}, request).then(({ kind }) => setImmediate(() => {
          const holding = process.getActiveResourcesInfo().filter((one) => /TCP|TLS|Time/.test(one));
          console.log(kind, ...holding);
        }));`;
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
      assert.equal(stdout, 'accepted\n');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
