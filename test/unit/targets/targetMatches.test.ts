import assert from 'node:assert/strict';
import { escapeGlob } from '../../../src/core/patterns/glob';
import { globFolders, matchTargets, targetProblems } from '../../../src/core/targetMatches';
import type { LocatedTarget } from '../../../src/core/target';
import { parseTargets } from '../../../src/core/targets';

const files = ['events/a.json', 'events/b.json', 'events/x/c.json', 'events/[d].json'];

function located(...globs: string[]): readonly LocatedTarget[] {
  const entries = globs.map((payloads) => ({ payloads, function: 'f' }));
  return parseTargets(JSON.stringify({ targets: entries }));
}

async function matches(...globs: string[]) {
  return (await matchTargets(located(...globs), files, Infinity)) ?? [];
}

async function codes(...globs: string[]) {
  return targetProblems(await matches(...globs)).map(
    ({ code, message }) => `${code} ${message.slice(0, 60)}`,
  );
}

describe('matchTargets', () => {
  it('gives each file to the first target that matches', async () => {
    const [first, second] = await matches('events/a.json', 'events/*.json');
    assert.deepEqual(first?.won, ['events/a.json']);
    assert.deepEqual(second?.matched, ['events/a.json', 'events/b.json', 'events/[d].json']);
    assert.deepEqual(second.won, ['events/b.json', 'events/[d].json']);
    assert.deepEqual(second.losesTo, [first?.located]);
  });

  it('matches globs whatever they begin with', async () => {
    const globs = ['./events/a.json', '{events,other}/a.json', '!events/b.json', '**/a.json'];
    for (const [index, match] of (await matches(...globs)).entries()) {
      assert.ok(match.matched.includes('events/a.json'), globs[index]);
    }
  });

  it('matches a path with escapes', async () => {
    assert.deepEqual((await matches(escapeGlob('events/[d].json')))[0]?.won, ['events/[d].json']);
  });
});

describe('targetProblems', () => {
  it('has nothing against targets that each get a file', async () => {
    assert.deepEqual(await codes('events/a.json', 'events/**/*.json'), []);
  });

  it('tells of a glob that matches no file', async () => {
    assert.match((await codes('event/*.json'))[0] ?? '', /^target\.no-match/);
  });

  it('tells of a glob that is too long to be matched', async () => {
    assert.match(
      (await codes(`events/${'a'.repeat(1000)}*`))[0] ?? '',
      /more than 1,000 characters/,
    );
  });

  it('tells of a target that an earlier one covers', async () => {
    assert.match(
      (await codes('events/**', 'events/a.json'))[0] ?? '',
      /^target\.shadowed .*"events\/\*\*"/,
    );
    assert.match((await codes('events/**', 'events/*.json'))[0] ?? '', /^target\.shadowed/);
    assert.match(
      (await codes('new/**', 'new/**'))[1] ?? '',
      /^target\.shadowed/,
      'the same glob twice',
    );
    assert.match(
      (await codes('new/**', 'new/a.json'))[1] ?? '',
      /^target\.shadowed/,
      'of a file to come',
    );
  });
});

describe('globFolders', () => {
  it('is where a search for the files has to begin', () => {
    assert.deepEqual(folders('events/**/*.json', 'events/x/*.json', 'a/b.json'), ['a/', 'events/']);
    assert.deepEqual(folders('**/*.json', 'events/*'), ['']);
    assert.deepEqual(folders(escapeGlob('events/[d]/e.json'), 'a/{b,c}/d'), ['a/', 'events/']);
  });
});

function folders(...globs: string[]): string[] {
  return globFolders(located(...globs));
}
