import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Thread } from '../../../src/server/thread/thread';

describe('a thread', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-thread-'));
    await build({
      entryPoints: ['test/support/slowStartWorker.ts'],
      outfile: join(folder, 'worker.js'),
      bundle: true,
      platform: 'node',
    });
  });
  after(() => rm(folder, { recursive: true }));

  it('has the time of its first request begin when it has started', async () => {
    const thread = new Thread<string, never, string>(join(folder, 'worker.js'), {
      memoryLimitMb: 256,
    });
    try {
      assert.equal(await thread.ask('first', 500), 'first');
      assert.equal(await thread.ask('second', 500), 'second');
    } finally {
      thread.dispose();
    }
  });

  it('may be started before its first request', async () => {
    const thread = new Thread<string, never, string>(join(folder, 'worker.js'), {
      memoryLimitMb: 256,
    });
    try {
      thread.prepare();
      assert.equal(await thread.ask('first', 500), 'first');
    } finally {
      thread.dispose();
    }
  });
});
