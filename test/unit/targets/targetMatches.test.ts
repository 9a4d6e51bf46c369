import assert from 'node:assert/strict';
import { globFolders, matchTargets, targetProblems } from '../../../src/core/targetMatches';
import { escapeGlob, matchesGlob, parseTargets } from '../../../src/core/targets';

const files = ['events/a.json', 'events/b.json', 'events/x/c.json', 'events/[d].json'];

function matches(...globs: string[]) {
  const entries = globs.map((payloads) => ({ payloads, function: 'f' }));
  return matchTargets(parseTargets(JSON.stringify({ targets: entries })), files);
}

function codes(...globs: string[]) {
  return targetProblems(matches(...globs)).map(
    ({ code, message }) => `${code} ${message.slice(0, 60)}`,
  );
}

describe('matchTargets', () => {
  it('gives each file to the first target that matches', () => {
    const [first, second] = matches('events/a.json', 'events/*.json');
    assert.deepEqual(first?.won, ['events/a.json']);
    assert.deepEqual(second?.matched, ['events/a.json', 'events/b.json', 'events/[d].json']);
    assert.deepEqual(second.won, ['events/b.json', 'events/[d].json']);
    assert.deepEqual(second.losesTo, [first?.located]);
  });

  it('matches globs whatever they begin with', () => {
    const globs = ['./events/a.json', '{events,other}/a.json', '!events/b.json', '**/a.json'];
    for (const [index, match] of matches(...globs).entries()) {
      assert.ok(match.matched.includes('events/a.json'), globs[index]);
    }
  });

  it('matches a path with escapes', () => {
    assert.deepEqual(matches(escapeGlob('events/[d].json'))[0]?.won, ['events/[d].json']);
  });
});

describe('a glob', () => {
  it('is as the editor has it: brackets and plus stand for themselves', () => {
    for (const path of ['events/a (1).json', 'a+b.json', '@shop/a.json', '+(a).json']) {
      assert.ok(matchesGlob(path, path), path);
    }
  });

  it('may have as many stars as anybody needs', () => {
    assert.ok(matchesGlob('a/b/events/c/x-y-z.json', 'a/*/events/*/*-*-*'));
    assert.ok(matchesGlob('a/events/b/x-y.json', '**/events/**/*-*.json'));
  });

  it('that would take for ever matches nothing, at once', () => {
    const name = 'a'.repeat(250);
    const deep = 'a/'.repeat(120);
    for (const glob of [
      '*a*a*a*a*a*b',
      '+(*a)b',
      '*(*a|b)c',
      '{*a*a*,*a*a*}b',
      '[a-z]*[a-z]*[a-z]*1',
    ]) {
      assert.ok(!matchesGlob(name, glob), glob);
    }
    assert.ok(!matchesGlob(deep, '**/a/**/a/**/a/**/a/**/b'));
    assert.match(codes('events/*a*a*a*a*b')[0] ?? '', /too many stars/);
  });
});

describe('targetProblems', () => {
  it('has nothing against targets that each get a file', () => {
    assert.deepEqual(codes('events/a.json', 'events/**/*.json'), []);
  });

  it('tells of a glob that matches no file', () => {
    assert.match(codes('event/*.json')[0] ?? '', /^target\.no-match/);
  });

  it('tells of a target that an earlier one covers', () => {
    assert.match(
      codes('events/**', 'events/a.json')[0] ?? '',
      /^target\.shadowed .*"events\/\*\*"/,
    );
    assert.match(codes('events/**', 'events/*.json')[0] ?? '', /^target\.shadowed/);
    assert.match(codes('new/**', 'new/**')[1] ?? '', /^target\.shadowed/, 'the same glob twice');
    assert.match(codes('new/**', 'new/a.json')[1] ?? '', /^target\.shadowed/, 'of a file to come');
  });
});

describe('globFolders', () => {
  it('is where a search for the files has to begin', () => {
    assert.deepEqual(folders('events/**/*.json', 'events/x/*.json', 'a/b.json'), ['events/', 'a/']);
    assert.deepEqual(folders('**/*.json', 'events/*'), ['']);
    assert.deepEqual(folders(escapeGlob('events/[d]/e.json'), 'a/{b,c}/d'), ['events/', 'a/']);
  });
});

function folders(...globs: string[]): string[] {
  return globFolders(matches(...globs).map(({ located }) => located));
}
