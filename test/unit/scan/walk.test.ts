import assert from 'node:assert/strict';
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

  it('says nothing of a folder that is gone', async () => {
    const files = walk(
      join(tmpdir(), 'invoke-async-gone'),
      () => true,
      (path) => assert.fail(path),
    );
    assert.equal((await files.next()).done, true);
  });
});
