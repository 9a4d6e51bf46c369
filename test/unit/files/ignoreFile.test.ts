import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ignore from 'ignore';
import { IgnoreFile } from '../../../src/files/ignoreFile';
import { oneAtRandom, randomOf } from '../../support/random';

const random = randomOf(7);
const some = (from: readonly string[], most: number) =>
  Array.from({ length: 1 + Math.floor(random() * most) }, () => oneAtRandom(random, from));

function randomPattern(): string {
  const name = () =>
    some(['a', 'b', 'ab', '*', '?', '[ab]', '[!a]', '[^b]', '[a-c]', '[[:alpha:]]', '.x', '\\*'], 3)
      .join('')
      .replaceAll(/(?<!\\)\*+/g, '*');
  const path = some(['**', name(), name()], 4).join('/');
  return [
    oneAtRandom(random, ['', '', '', '!']),
    oneAtRandom(random, ['', '', '/']),
    path,
    oneAtRandom(random, ['', '', '/', ' ']),
  ].join('');
}

const names = ['a', 'b', 'ab', 'abc', 'c', '*', '.x', 'b.x', '-'];
/** Paths whose folders no rule ignores: that is for the caller to see to. */
function randomPath(): string {
  return some(names, 4).join('/') + oneAtRandom(random, ['', '', '/']);
}

describe('an ignore file', () => {
  it('ignores what the library ignores', () => {
    let ignored = 0;
    for (let round = 0; round < 3000; round++) {
      const content = Array.from({ length: 3 }, randomPattern).join('\n');
      const [ours, theirs] = [new IgnoreFile(content, false), ignore({ ignoreCase: false })];
      theirs.add(content);
      for (let index = 0; index < 10; index++) {
        const candidate = randomPath();
        const folders = candidate.replace(/\/$/, '').split('/').slice(0, -1);
        const above = folders.map((_, end) => `${folders.slice(0, end + 1).join('/')}/`);
        if (above.some((folder) => ours.ignores(folder) === true)) continue;
        const expected = theirs.test(candidate).ignored;
        assert.equal(
          ours.ignores(candidate) ?? false,
          expected,
          `${JSON.stringify(content)} with ${candidate}`,
        );
        if (expected) ignored++;
      }
    }
    assert.ok(ignored > 1500, `${ignored} ignored`);
  });

  it('ignores what git ignores', function () {
    if (spawnSync('git', ['--version']).status !== 0) this.skip();
    const folder = mkdtempSync(join(tmpdir(), 'invoke-async-ignore-'));
    try {
      execFileSync('git', ['init', '-q', folder]);
      let ignored = 0;
      for (let round = 0; round < 60; round++) {
        const content = Array.from({ length: 3 }, randomPattern).join('\n');
        writeFileSync(join(folder, '.gitignore'), content);
        const file = new IgnoreFile(content, false);
        // With a slash at its end, git takes it for a part of the name.
        const paths = Array.from({ length: 40 }, () => randomPath().replace(/\/$/, ''));
        const { stdout } = spawnSync(
          'git',
          ['-C', folder, '-c', 'core.ignoreCase=false', 'check-ignore', '--stdin', '-z'],
          { input: paths.join('\0'), env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' } },
        );
        const byGit = new Set(stdout.toString().split('\0'));
        for (const candidate of paths) {
          const parts = candidate.split('/');
          const steps = parts.map((_, end) => parts.slice(0, end + 1).join('/'));
          const ours = steps.some((step, end) =>
            file.ignores(end === steps.length - 1 ? step : `${step}/`),
          );
          assert.equal(ours, byGit.has(candidate), `${JSON.stringify(content)} with ${candidate}`);
          if (ours) ignored++;
        }
      }
      assert.ok(ignored > 100, `${ignored} ignored`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('reads lines as git does', () => {
    const file = new IgnoreFile('\uFEFF# no\r\na \r\nb\\ \n\n\\#c\n\\!d\n[\nx\\\n/\n', false);
    for (const path of ['a', 'x/a', 'b ', '#c', '!d']) assert.equal(file.ignores(path), true, path);
    for (const path of ['a ', 'b', '[', 'x', '# no']) assert.equal(file.ignores(path), undefined);
  });

  it('ignores case where git does', () => {
    assert.equal(new IgnoreFile('Built/\n*.LOG', true).ignores('built/'), true);
    assert.equal(new IgnoreFile('[A-C].js', true).ignores('b.JS'), true);
    assert.equal(new IgnoreFile('Built/', false).ignores('built/'), undefined);
  });

  it('cannot be made to take for ever', () => {
    const deep = `${'a/'.repeat(120)}b`;
    const content = [
      `a/${'**/a/'.repeat(100)}c`,
      `${'*a'.repeat(200)}c`,
      `${'[a-z]*'.repeat(100)}1`,
      '\\'.repeat(3999),
      `${' '.repeat(3000)}\\`,
    ].join('\n');
    const file = new IgnoreFile(content, false);
    assert.ok(!file.hasTooManyStars);
    assert.equal(file.ignores(deep), undefined);
    assert.equal(file.ignores('a'.repeat(4000)), undefined);
    assert.ok(new IgnoreFile(`${'*a'.repeat(1999)}\n*b\n`, false).hasTooManyStars);
  });
});
