import assert from 'node:assert/strict';
import picomatch from 'picomatch';
import {
  escapeGlob,
  Glob,
  globOf,
  longestGlob,
  matchesGlob,
  searchedGlob,
} from '../../../src/core/patterns/glob';
import { oneAtRandom, randomOf } from '../../support/random';

/** What the library makes of a glob with round brackets and `+` standing for themselves. */
function byLibrary(glob: string): (path: string) => boolean {
  const plain = glob.replaceAll(
    /(\\.)|[()]/g,
    (bracket, escaped?: string) => escaped ?? `\\${bracket}`,
  );
  return picomatch(plain, { dot: true, noextglob: true, regex: false });
}

describe('a glob', () => {
  it('matches what the library matches', () => {
    const random = randomOf(11);
    const pick = <T>(...values: readonly T[]) => oneAtRandom(random, values);
    const times = (most: number, make: () => string, separator = '') =>
      Array.from({ length: 1 + Math.floor(random() * most) }, make).join(separator);
    const letters = (): string => pick('a', 'b', 'ab', 'A', '.x', '-', '1', 'ü', '+a', '(a)', '@');
    const part = (depth: number): string =>
      pick(
        letters,
        letters,
        letters,
        () => '*',
        () => '?',
        () => pick('[ab]', '[a-c]', '[^b]', '[^a-b]', '[0-9]', '[a\\-b]', '[[:alpha:]]'),
        () => pick('\\*', '\\[', '\\{', '\\?', '\\a'),
        () => (depth > 1 ? 'a' : `{${times(2, () => name(depth + 1), ',')},${name(depth + 1)}}`),
        () => (depth > 0 ? 'b' : pick('b{,a}', '{a}', '{a..c}', '{1..3}')),
      )();
    // Stars side by side stand alone, where they mean folders.
    const name = (depth = 0): string => times(3, () => part(depth)).replaceAll(/\*+/g, '*');
    const glob = () =>
      pick('', '', '', './', '!') +
      times(4, () => pick('**', name(), name()), '/') +
      pick('', '', '.json');
    const segment = () =>
      times(3, () => pick('a', 'b', 'ab', 'A', '-', '1', 'ü', 'c', '2', '+', '(a)', '.x', '*'));
    const path = () => times(4, segment, '/') + pick('', '.json');
    let matched = 0;
    let globs = 0;
    for (; globs < 2000; globs++) {
      const source = glob();
      // There the library lets a name be missing, or stars stand for folders though a name goes on.
      if (/\*\*(?:\/\{|\.json)/.test(source)) continue;
      const [ours, theirs] = [new Glob(source), byLibrary(source)];
      for (let index = 0; index < 25; index++) {
        const candidate = path();
        const expected = theirs(candidate);
        assert.equal(ours.matches(candidate), expected, `${source} with ${candidate}`);
        if (expected) matched++;
      }
    }
    assert.ok(matched > 1500, `${matched} matches`);
  });

  it('is as the editor has it: brackets, plus, quotes and lines stand for themselves', () => {
    for (const path of [
      'events/a (1).json',
      'a+b.json',
      '@shop/a.json',
      '+(a).json',
      'a"b"|c.json',
    ])
      assert.ok(matchesGlob(path, path), path);
    assert.ok(!matchesGlob('b.json', 'a|b.json'));
  });

  it('that is escaped matches its path and no other', () => {
    for (const path of ['a/[id].json', '!a.json', 'a{b,c}.json', 'a*?.json', 'a\\b', 'a"b.json']) {
      assert.ok(matchesGlob(path, escapeGlob(path)), path);
      assert.equal(globOf(escapeGlob(path)).onlyPath, path);
    }
    assert.ok(!matchesGlob('a/i.json', escapeGlob('a/[id].json')));
  });

  it('may have as many stars and braces as anybody needs', () => {
    assert.ok(matchesGlob('a/b/events/c/x-y-z.json', 'a/*/events/*/*-*-*'));
    assert.ok(matchesGlob('a/events/b/x-y.json', '**/events/**/*-*.json'));
    assert.ok(matchesGlob('x/a/x/a/x/a/y.json', '**/a/**/a/**/a/y.json'));
    assert.ok(!matchesGlob('x/a/x/a/x/y.json', '**/a/**/a/**/a/y.json'));
    const braces = '{a,aa}'.repeat(40);
    assert.ok(matchesGlob('a'.repeat(60), braces));
    assert.ok(!matchesGlob('a'.repeat(81), braces));
  });

  it('that is longer than any path matches nothing', () => {
    assert.ok(matchesGlob('a'.repeat(longestGlob), 'a'.repeat(longestGlob)));
    assert.ok(!matchesGlob('a'.repeat(longestGlob + 1), 'a'.repeat(longestGlob + 1)));
  });
});

describe('a glob that is made to take for ever', () => {
  const path = `${'a/'.repeat(500)}${'a'.repeat(2000)}`;
  const globs = [
    '{a,aa}'.repeat(40),
    `${'{a,'.repeat(300)}b${'}'.repeat(300)}`,
    `${'{,a,aa}'.repeat(100)}b`,
    '**/a/'.repeat(60),
    `${'**/a/'.repeat(60)}b`,
    `${'*a'.repeat(400)}b`,
    `${'?*'.repeat(400)}b`,
    `${'[a-b]*'.repeat(150)}1`,
    `${'*{a*,*a}'.repeat(100)}b`,
    '{'.repeat(900),
    '['.repeat(900),
    `${'[[:'.repeat(300)}]`,
    `${'\\'.repeat(400)}*`,
  ];
  for (const glob of globs) {
    it(`${glob.slice(0, 20)}… is matched all the same`, () => {
      const started = performance.now();
      matchesGlob(path, glob);
      matchesGlob(path.slice(0, 1000), glob);
      assert.ok(performance.now() - started < 30_000, 'a hang');
    });
  }
});

describe('the glob to search with', () => {
  it('is the same where it is plain', () => {
    for (const glob of [
      'events/**/*.json',
      '.lambda/payloads/**/*.json',
      'a.json',
      '**/a.json',
      'a/*.json',
      '**/events/**/*.json',
    ])
      assert.equal(searchedGlob(glob), glob);
  });

  it('has one star in a name and two for folders, and finds all that the other does', () => {
    const random = randomOf(5);
    const parts = [
      'a',
      'b/',
      '*',
      '**/',
      '{a,b}',
      '[ab]',
      '?',
      '!',
      '.json',
      '\\*',
      '{',
      '}',
      '[',
      ']',
      '"',
      '|',
    ];
    const names = ['a', 'b', '/', 'a/', '.json', '*', '{', '!', '[ab]'];
    const some = (from: readonly string[], most: number) =>
      Array.from({ length: 1 + Math.floor(random() * most) }, () => oneAtRandom(random, from)).join(
        '',
      );
    let found = 0;
    for (let round = 0; round < 20_000; round++) {
      const [glob, path] = [some(parts, 6), some(names, 6)];
      const searched = searchedGlob(glob);
      assert.match(searched, /^[^*?{}[\]!\\]*(?:\*\*\/[^*?{}[\]!\\]*){0,2}\*?[^*?{}[\]!\\]*$/);
      if (!matchesGlob(path, glob)) continue;
      found++;
      assert.ok(matchesGlob(path, searched), `${glob} finds ${path}, ${searched} does not`);
    }
    assert.ok(found > 500, `${found} found`);
  });
});
