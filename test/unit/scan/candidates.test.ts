import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { findCandidates, type FolderToRead } from '../../../src/server/search/candidates';

const use = 'lambda.invokeAsync({});\n';

describe('candidates in folders', () => {
  let top: string;

  beforeEach(async () => {
    top = await realpath(await mkdtemp(join(tmpdir(), 'invoke-async-candidates-')));
  });

  afterEach(async () => {
    await rm(top, { recursive: true });
  });

  async function write(files: Record<string, string>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(top, path)), { recursive: true });
      await writeFile(join(top, path), text);
    }
  }

  /** Looks folder by folder until nothing is left, as threads do that tell each other plain values. */
  function lookThrough(except: readonly string[] = []) {
    const found = new Map<string, string | undefined>();
    let filesDone = 0;
    const leftOut = new Set(except.map((path) => join(top, path)));
    for (let folders: readonly FolderToRead[] = [{ path: top }]; folders.length > 0; ) {
      const looked = structuredClone(findCandidates(folders, leftOut, 0));
      for (const { path, grammar } of looked.candidates) {
        const name = relative(top, path).split(sep).join('/');
        assert.ok(!found.has(name), `${name} is found once`);
        found.set(name, grammar);
      }
      filesDone += looked.filesDone;
      ({ folders } = looked);
    }
    return { found: Object.fromEntries(found), filesDone };
  }

  it('are the files with a word of the deprecated call, with the grammar that they take', async () => {
    await write({
      'send.js': use,
      'clean.js': 'lambda.invoke({});\n',
      'deep/er/send.py': 'client.invoke_async()\n',
      'notes.md': use,
      'deep/deploy': '#!/bin/sh\naws lambda invoke-async\n',
      'image.png': use,
    });
    const { found, filesDone } = lookThrough();
    assert.deepEqual(found, {
      'send.js': 'javascript',
      'deep/er/send.py': 'python',
      'notes.md': undefined,
      'deep/deploy': 'bash',
    });
    assert.equal(filesDone, 1);
  });

  it('are none that git ignores, however often folders were handed on', async () => {
    const files: Record<string, string> = { '.gitignore': '/built/\n*.old.js\n' };
    for (let at = 0; at < 30; at++) {
      files[`app/part${at}/deep/send.js`] = use;
      files[`app/part${at}/deep/send.old.js`] = use;
      files[`app/part${at}/deep/.gitignore`] = '!kept.old.js\n';
      files[`app/part${at}/deep/kept.old.js`] = use;
      files[`built/part${at}/send.js`] = use;
    }
    await write(files);
    const { found } = lookThrough();
    const names = Object.keys(found);
    assert.equal(names.filter((name) => name.endsWith('/send.js')).length, 30);
    assert.equal(names.filter((name) => name.endsWith('/kept.old.js')).length, 30);
    assert.equal(names.length, 60);
  });

  it('are all files of a folder that holds very many', async () => {
    await write(Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`f${at}.js`, use])));
    assert.equal(Object.keys(lookThrough().found).length, 1000);
  });

  it('are none of the files and folders that are left out', async () => {
    await write({ 'a/send.js': use, 'a/named.js': use, 'b/send.js': use });
    assert.deepEqual(Object.keys(lookThrough(['a/named.js', 'b']).found), ['a/send.js']);
  });
});
