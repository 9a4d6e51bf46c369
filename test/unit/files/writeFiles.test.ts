import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { copyToNewFile, createFile } from '../../../src/files/createFile';
import { unwrittenText } from '../../../src/files/fileWriting';
import { moveFile } from '../../../src/files/moveFile';
import { replaceFile } from '../../../src/files/replaceFile';
import { repository } from '../../support/repository';

const bytesOf = (text: string) => Buffer.from(text);

describe('files of the user', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-write-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const at = (name: string) => join(folder, name);
  const text = (name: string) => readFile(at(name), 'utf8');
  const names = async () => (await readdir(folder)).toSorted();

  describe('replaceFile', () => {
    const replace = (name: string, expected: string, next: string) =>
      replaceFile(at(name), bytesOf(expected), bytesOf(next));

    it('replaces what was read, with mode and owner', async () => {
      await writeFile(at('a.js'), 'old');
      await chmod(at('a.js'), 0o751);
      // An administrator alone can see that the owner stays.
      if (process.getuid?.() === 0) await chown(at('a.js'), 1234, 1235);
      const before = await stat(at('a.js'));
      assert.deepEqual(await replace('a.js', 'old', 'new'), { kind: 'written' });
      const after = await stat(at('a.js'));
      assert.equal(await text('a.js'), 'new');
      assert.deepEqual([after.mode, after.uid, after.gid], [before.mode, before.uid, before.gid]);
      assert.deepEqual(await names(), ['a.js']);
    });

    it('leaves what somebody has saved since', async () => {
      await writeFile(at('a.js'), 'theirs');
      assert.deepEqual(await replace('a.js', 'old', 'new'), { kind: 'changed' });
      assert.equal(await text('a.js'), 'theirs');
      assert.deepEqual(await names(), ['a.js']);
    });

    it('lets one of many at once win, and tells the others', async () => {
      await writeFile(at('a.js'), 'old');
      const writings = await Promise.all(
        Array.from({ length: 20 }, (_, index) => replace('a.js', 'old', `new ${index}`)),
      );
      const won = writings.findIndex(({ kind }) => kind === 'written');
      assert.equal(writings.filter(({ kind }) => kind === 'written').length, 1);
      assert.equal(writings.filter(({ kind }) => kind === 'changed').length, 19);
      assert.equal(await text('a.js'), `new ${won}`);
      assert.deepEqual(await names(), ['a.js']);
    });

    it('keeps a symbolic link and replaces its target', async () => {
      await mkdir(at('real'));
      await writeFile(at('real/a.js'), 'old');
      await symlink('real/a.js', at('link.js'));
      assert.deepEqual(await replace('link.js', 'old', 'new'), { kind: 'written' });
      assert.equal(await readlink(at('link.js')), 'real/a.js');
      assert.equal(await text('real/a.js'), 'new');
      assert.deepEqual(await readdir(at('real')), ['a.js']);
    });

    it('separates no names of one file', async () => {
      await writeFile(at('a.js'), 'old');
      await link(at('a.js'), at('b.js'));
      assert.deepEqual(await replace('a.js', 'old', 'new'), { kind: 'linked', names: 2 });
      assert.deepEqual([await text('a.js'), await text('b.js')], ['old', 'old']);
    });

    it('leaves a read-only file, also as an administrator', async () => {
      await writeFile(at('a.js'), 'old');
      await chmod(at('a.js'), 0o444);
      assert.deepEqual(await replace('a.js', 'old', 'new'), { kind: 'readOnly' });
      assert.equal(await text('a.js'), 'old');
    });

    it('replaces no folder, and says that it is one', async () => {
      await mkdir(at('a.js'));
      const writing = await replace('a.js', 'old', 'new');
      assert.deepEqual(writing, { kind: 'notAFile', what: 'folder' });
      assert.equal(unwrittenText(writing), 'It is a folder, not a file.');
    });

    it('does not bring back a file that is gone', async () => {
      assert.equal((await replace('gone.js', 'old', 'new')).kind, 'failed');
      assert.deepEqual(await names(), []);
    });
  });

  describe('createFile', () => {
    it('makes the folders above', async () => {
      assert.deepEqual(await createFile(at('a/b/c.json'), bytesOf('{}')), { kind: 'written' });
      assert.equal(await text('a/b/c.json'), '{}');
      assert.deepEqual(await readdir(at('a/b')), ['c.json']);
    });

    it('lets one of many at once win, and tells the others', async () => {
      const writings = await Promise.all(
        Array.from({ length: 20 }, (_, index) => createFile(at('a.json'), bytesOf(`${index}`))),
      );
      const won = writings.findIndex(({ kind }) => kind === 'written');
      assert.equal(writings.filter(({ kind }) => kind === 'exists').length, 19);
      assert.equal(await text('a.json'), `${won}`);
      assert.deepEqual(await names(), ['a.json']);
    });

    it('writes through no link', async () => {
      await symlink('elsewhere.json', at('a.json'));
      assert.deepEqual(await createFile(at('a.json'), bytesOf('{}')), { kind: 'exists' });
      assert.deepEqual(await names(), ['a.json']);
    });
  });

  it('copies bytes and mode to a new file only', async () => {
    await writeFile(at('a.json'), '\ufeff{}\r\n');
    await chmod(at('a.json'), 0o640);
    assert.deepEqual(await copyToNewFile(at('a.json'), at('b.json')), { kind: 'written' });
    assert.equal(await text('b.json'), '\ufeff{}\r\n');
    assert.equal((await stat(at('b.json'))).mode & 0o777, 0o640);
    await writeFile(at('c.json'), 'theirs');
    assert.deepEqual(await copyToNewFile(at('a.json'), at('c.json')), { kind: 'exists' });
    assert.equal(await text('c.json'), 'theirs');
    assert.deepEqual(await names(), ['a.json', 'b.json', 'c.json']);
  });

  describe('moveFile', () => {
    it('gives a file another name, and leaves one that exists', async () => {
      await writeFile(at('a.json'), 'a');
      assert.deepEqual(await moveFile(at('a.json'), at('b.json')), { kind: 'written' });
      await writeFile(at('a.json'), 'other');
      assert.deepEqual(await moveFile(at('a.json'), at('b.json')), { kind: 'exists' });
      assert.deepEqual([await text('a.json'), await text('b.json')], ['other', 'a']);
    });

    it('loses none of many that move to one name', async () => {
      for (let round = 0; round < 20; round++) {
        const texts = ['a', 'b', 'c', 'd'].map((name) => `${name}${round}`);
        for (const name of texts) await writeFile(at(name), name);
        const writings = await Promise.all(
          texts.map((name) => moveFile(at(name), at(`to${round}`))),
        );
        assert.equal(writings.filter(({ kind }) => kind === 'written').length, 1);
        const kept = await Promise.all((await names()).map(text));
        assert.deepEqual(kept.toSorted(), texts);
        for (const name of await names()) await rm(at(name));
      }
    });

    it('moves to one of two names that are wanted at once', async () => {
      await writeFile(at('a.json'), 'a');
      await Promise.all([
        moveFile(at('a.json'), at('b.json')),
        moveFile(at('a.json'), at('c.json')),
      ]);
      const [name = '', ...others] = await names();
      assert.deepEqual(others, []);
      assert.equal(await text(name), 'a');
    });

    it('moves a symbolic link as it is', async () => {
      await writeFile(at('real.json'), 'real');
      await symlink('real.json', at('a.json'));
      assert.deepEqual(await moveFile(at('a.json'), at('b.json')), { kind: 'written' });
      assert.ok((await lstat(at('b.json'))).isSymbolicLink());
      await writeFile(at('taken.json'), 'taken');
      assert.deepEqual(await moveFile(at('b.json'), at('taken.json')), { kind: 'exists' });
      assert.deepEqual(await names(), ['b.json', 'real.json', 'taken.json']);
      assert.equal(await text('taken.json'), 'taken');
    });

    it('moves to another disk', async function () {
      const other = await mkdtemp('/dev/shm/invoke-async-').catch(() => this.skip());
      try {
        if ((await stat(other)).dev === (await stat(folder)).dev) this.skip();
        await writeFile(at('a.json'), 'a');
        const to = join(other, 'a.json');
        assert.deepEqual(await moveFile(at('a.json'), to), { kind: 'written' });
        assert.equal(await readFile(to, 'utf8'), 'a');
        await writeFile(at('a.json'), 'b');
        assert.deepEqual(await moveFile(at('a.json'), to), { kind: 'exists' });
        assert.deepEqual([await text('a.json'), await readFile(to, 'utf8')], ['b', 'a']);
        assert.deepEqual(await readdir(other), ['a.json']);
      } finally {
        await rm(other, { recursive: true, force: true });
      }
    });
  });

  it('leaves the old file, and no other, when a file may not become that large', async function () {
    // As on a full disk: the kernel refuses what is written beyond the limit of the shell, to everybody.
    if (process.platform === 'win32') this.skip();
    const script = join(folder, '..', `${process.pid}-write.cjs`);
    await build({
      stdin: {
        contents: `
          import { replaceFile } from './src/files/replaceFile';
          import { createFile } from './src/files/createFile';
          const large = Buffer.alloc(100_000, 'x');
          const [folder] = process.argv.slice(2);
          console.log(JSON.stringify([
            await replaceFile(folder + '/a.js', Buffer.from('old'), large),
            await createFile(folder + '/b.js', large),
          ]));`,
        resolveDir: repository,
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: script.replace('.cjs', '.mjs'),
      logLevel: 'warning',
    });
    try {
      await writeFile(at('a.js'), 'old');
      const { stdout } = await promisify(execFile)('sh', [
        '-c',
        'ulimit -f 20 && exec "$@"',
        'sh',
        process.execPath,
        script.replace('.cjs', '.mjs'),
        folder,
      ]);
      const writings = JSON.parse(stdout) as { kind: string; reason: string }[];
      for (const { kind, reason } of writings) {
        assert.equal(kind, 'failed');
        assert.match(reason, /EFBIG/);
      }
      assert.deepEqual(await names(), ['a.js']);
      assert.equal(await text('a.js'), 'old');
    } finally {
      await rm(script.replace('.cjs', '.mjs'), { force: true });
    }
  });
});
