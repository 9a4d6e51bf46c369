import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { RememberedSet } from '../../../src/client/rememberedSet';
import { Runs } from '../../../src/client/runs/runs';
import { noCounts, type RunSummary } from '../../../src/core/fileRun/run';
import { RunLock } from '../../../src/sendFile/runLock';
import { memory } from './fakeUi';

describe('the runs that earlier windows have left', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'runs-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('are those of files of this window, and of the lines that these runs have left', async () => {
    await keep('1/a', '/ours/orders.jsonl');
    await keep('2/a', join(root, '1/a/orders.rejected.jsonl'));
    await keep('3/a', join(root, '2/a/orders.rejected.rejected.jsonl'));
    await keep('4/a', '/theirs/orders.jsonl');
    await keep('5/a', join(root, '4/a/orders.rejected.jsonl'));
    const local = new RememberedSet(memory(), 'localRuns');
    const concerns = (path: string) => path.startsWith('/ours/');
    const runs = new Runs(root, concerns, local, { set: () => undefined });
    const found = (await runs.all()).map(({ folder }) => basename(dirname(folder)));
    assert.deepEqual(found.toSorted(), ['1', '2', '3']);
  });

  it('are found once the process that carries one on has ended', async () => {
    await keep('1/a', '/ours/orders.jsonl');
    await keep('2/a', '/ours/refunds.jsonl');
    const lock = await RunLock.take(join(root, '1/lock'));
    assert.ok(lock instanceof RunLock);
    const local = new RememberedSet(memory(), 'localRuns');
    const runs = new Runs(root, () => true, local, { set: () => undefined }, 10);
    assert.equal((await runs.all()).length, 1);
    const changed = new Promise((resolve) => {
      runs.onDidChange(resolve);
    });
    await lock.release();
    assert.equal(await changed, undefined);
    assert.equal((await runs.all()).length, 2);
  });

  async function keep(name: string, path: string): Promise<void> {
    const summary: RunSummary = {
      target: { api: 'Invoke', functionName: 'orders', region: 'eu-west-1' },
      file: { path, size: 2, sha256: '', lines: 1 },
      startedAt: new Date(0).toISOString(),
      progress: { state: 'stopped', lines: 1, counts: noCounts, errors: [], perSecond: 0 },
    };
    await mkdir(join(root, name), { recursive: true });
    await writeFile(join(root, name, 'summary.json'), JSON.stringify(summary));
  }
});
