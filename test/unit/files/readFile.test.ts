import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unreadText } from '../../../src/files/fileReading';
import { readFileIn } from '../../../src/files/readFile';
import { readFileInSync, readStartSync } from '../../../src/files/readFileSync';

const limit = 1000;

const readers = {
  readFileIn,
  readFileInSync: async (...given: Parameters<typeof readFileInSync>) => readFileInSync(...given),
};

for (const [name, read] of Object.entries(readers)) {
  describe(name, () => {
    let root: string;
    let folder: string;
    before(async () => {
      root = await mkdtemp(join(tmpdir(), 'invoke-async-files-'));
      folder = join(root, 'folder');
      await mkdir(join(folder, 'inner'), { recursive: true });
      await writeFile(join(folder, 'a.json'), '{"ü": 1}');
      await writeFile(join(folder, 'limit'), 'x'.repeat(limit));
      await writeFile(join(folder, 'over'), 'x'.repeat(limit + 1));
      await writeFile(join(root, 'outside.json'), '{}');
      await mkdir(join(root, 'folder-beside'));
      await writeFile(join(root, 'folder-beside', 'b.json'), '{}');
    });
    after(() => rm(root, { recursive: true, force: true }));

    const kindOf = async (path: string) => (await read(folder, join(folder, path), limit)).kind;

    it('reads a regular file, up to the limit', async () => {
      const reading = await read(folder, join(folder, 'a.json'), limit);
      assert.ok(reading.kind === 'content');
      assert.equal(new TextDecoder().decode(reading.bytes), '{"ü": 1}');
      assert.equal(await kindOf('limit'), 'content');
    });

    it('tells the sizes of a file over the limit', async () => {
      const reading = await read(folder, join(folder, 'over'), limit);
      assert.deepEqual(reading, { kind: 'tooLarge', size: limit + 1, limit });
    });

    it('looks at no byte of a file of gigabytes', async () => {
      await writeFile(join(folder, 'sparse'), '');
      await truncate(join(folder, 'sparse'), 60e9);
      assert.equal(await kindOf('sparse'), 'tooLarge');
      await rm(join(folder, 'sparse'));
    });

    it('says missing only of what is not there', async () => {
      assert.equal(await kindOf('none'), 'missing');
      assert.equal(await kindOf('a.json/none'), 'missing');
      assert.equal(await kindOf('x'.repeat(300)), 'unreadable');
      assert.equal(await kindOf('a\0b'), 'unreadable');
    });

    it('reads no folder, and says that it is one', async () => {
      const reading = await read(folder, join(folder, 'inner'), limit);
      assert.deepEqual(reading, { kind: 'notAFile', what: 'folder' });
      assert.equal(unreadText(reading), 'It is a folder, not a file.');
    });

    it('stays in the folder, whatever the path says', async () => {
      assert.equal(await kindOf('../outside.json'), 'outside');
      assert.equal(await kindOf('../folder-beside/b.json'), 'outside');
      assert.equal(await kindOf('inner/../a.json'), 'content');
    });

    describe('with links and special files', () => {
      before(function () {
        if (process.platform === 'win32') this.skip();
      });

      it('follows links that stay in the folder, and no others', async () => {
        await symlink('../a.json', join(folder, 'inner', 'in'));
        await symlink('../outside.json', join(folder, 'out'));
        await symlink('..', join(folder, 'up'));
        await symlink('loop', join(folder, 'loop'));
        assert.equal(await kindOf('inner/in'), 'content');
        assert.equal(await kindOf('out'), 'outside');
        assert.equal(await kindOf('up/outside.json'), 'outside');
        assert.equal(await kindOf('up/folder/a.json'), 'content');
        assert.equal(await kindOf('loop'), 'unreadable');
      });

      it('reads in a folder that is a link itself', async () => {
        await symlink('folder', join(root, 'link'));
        const linked = join(root, 'link');
        assert.equal((await read(linked, join(linked, 'a.json'), limit)).kind, 'content');
      });

      it('reads no device, no socket, and no pipe, for which it does not wait', async () => {
        execFileSync('mkfifo', [join(folder, 'pipe')]);
        await symlink('/dev/zero', join(folder, 'zero'));
        const server = createServer().listen(join(folder, 'socket'));
        const pipe = await read(folder, join(folder, 'pipe'), limit);
        assert.deepEqual(pipe, { kind: 'notAFile', what: 'special' });
        assert.equal(unreadText(pipe), 'It is not a regular file.');
        assert.equal(await kindOf('zero'), 'outside');
        assert.equal((await read('/dev', '/dev/zero', limit)).kind, 'notAFile');
        assert.equal(await kindOf('socket'), 'notAFile');
        server.close();
      });

      it('reads what says that it is empty and is not, such as files of /proc', async function () {
        if (process.platform !== 'linux') this.skip();
        const reading = await read('/proc/self', '/proc/self/status', 100_000);
        assert.ok(reading.kind === 'content');
        assert.match(new TextDecoder().decode(reading.bytes), /^Name:/);
        assert.equal((await read('/proc/self', '/proc/self/status', 10)).kind, 'tooLarge');
      });
    });
  });
}

describe('readFileIn', () => {
  it('reads at most the limit of a file that grows while it is read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'invoke-async-files-'));
    const path = join(folder, 'log');
    await writeFile(path, 'x'.repeat(limit));
    const readings = Array.from({ length: 20 }, () => readFileIn(folder, path, limit));
    await appendFile(path, 'y'.repeat(limit));
    for (const reading of await Promise.all(readings)) {
      if (reading.kind === 'content') assert.ok(reading.bytes.length <= limit);
      else assert.equal(reading.kind, 'tooLarge');
    }
    await rm(folder, { recursive: true });
  });
});

describe('readStartSync', () => {
  it('fills the buffer from a file, and from nothing else', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = await mkdtemp(join(tmpdir(), 'invoke-async-files-'));
    await writeFile(join(folder, 'file'), 'abcdef');
    const start = readStartSync(join(folder, 'file'), Buffer.alloc(4));
    assert.ok(start.kind === 'content');
    assert.equal(start.bytes.toString(), 'abcd');
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    assert.equal(readStartSync(join(folder, 'pipe'), Buffer.alloc(4)).kind, 'notAFile');
    assert.equal(readStartSync('/dev/zero', Buffer.alloc(4)).kind, 'notAFile');
    assert.equal(readStartSync(join(folder, 'none'), Buffer.alloc(4)).kind, 'missing');
    await rm(folder, { recursive: true });
  });
});

describe('unreadText', () => {
  it('says why, with the limit in megabytes or kilobytes', () => {
    const tooLarge = { kind: 'tooLarge', size: 5e6 } as const;
    assert.equal(unreadText({ ...tooLarge, limit: 4 * 1024 * 1024 }), 'It is larger than 4 MB.');
    assert.equal(unreadText({ ...tooLarge, limit: 512 * 1024 }), 'It is larger than 512 KB.');
    assert.match(unreadText({ kind: 'unreadable', reason: 'EACCES' }), /EACCES/);
  });
});
