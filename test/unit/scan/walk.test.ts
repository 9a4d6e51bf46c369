import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { walk } from '../../../src/server/search/walk';

describe('a walk through a folder', () => {
  it('says which folder cannot be read', async function () {
    // Windows says of a name that is too long that there is none.
    if (process.platform === 'win32') this.skip();
    const unread: string[] = [];
    const folder = join(tmpdir(), 'x'.repeat(300));
    const files = walk(
      folder,
      () => true,
      (path, reason) => unread.push(`${path === folder}: ${reason}`),
    );
    assert.equal((await files.next()).done, true);
    assert.match(unread.join('\n'), /^true: It cannot be read: ENAMETOOLONG/);
  });

  it('tells of a folder that holds very many files in small batches', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'invoke-async-many-'));
    try {
      await Promise.all(
        Array.from({ length: 1000 }, async (_, at) => writeFile(join(folder, `${at}.json`), '')),
      );
      const batches: number[] = [];
      for await (const files of walk(folder, () => true)) batches.push(files.length);
      assert.equal(
        batches.reduce((all, one) => all + one),
        1000,
      );
      assert.ok(Math.max(...batches) <= 64, String(batches));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says nothing of a folder that is gone', async () => {
    const files = walk(
      join(tmpdir(), 'invoke-async-gone'),
      () => true,
      (path) => assert.fail(path),
    );
    assert.equal((await files.next()).done, true);
  });
});
