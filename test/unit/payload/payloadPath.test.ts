import assert from 'node:assert/strict';
import { matchesGlob } from '../../../src/core/patterns/glob';
import {
  eventFileMatch,
  isJsonLinesPath,
  mayHoldPayloads,
  payloadMatch,
  searchesFor,
} from '../../../src/core/payload/payloadPath';
import { defaultCheckSettings } from '../../../src/protocol/settings';

const globs = defaultCheckSettings.payloads.include;

describe('payloads, by the default globs', () => {
  for (const path of [
    'events/event.json',
    'events/orders/created.json',
    'hello-world/events/event.json',
    'services/orders/events/sqs/batch.json',
    'test/events/api.json',
    'events/lock.json',
    'events/my-package.json',
  ]) {
    it(`are found in any folder: ${path}`, () => assert.equal(payloadMatch(path, globs), 'found'));
  }

  it('are named in the folder of the product', () => {
    assert.equal(payloadMatch('.lambda/payloads/orders/a.json', globs), 'named');
  });

  for (const path of [
    'event.json',
    'events.json',
    'src/events.ts',
    'events/readme.md',
    'events/node_modules/x/a.json',
    'node_modules/@types/aws-lambda/events/a.json',
    'events/package.json',
    'events/package-lock.json',
    'events/npm-shrinkwrap.json',
    'events/packages.lock.json',
    'events/tsconfig.json',
    'src/events/tsconfig.build.json',
    'events/jsconfig.json',
    'events/.eslintrc.json',
    '.aws-sam/build/events/event.json',
    '.serverless/events/event.json',
    'events/.cache/a.json',
    '.lambda/targets.json',
  ]) {
    it(`are not ${path}`, () => assert.equal(payloadMatch(path, globs), undefined));
  }
});

describe('payloads, by globs of the user', () => {
  const cases: readonly (readonly [
    path: string,
    glob: string,
    match: 'named' | 'found' | undefined,
  ])[] = [
    ['samples/a.json', 'samples/*.json', 'named'],
    ['.samples/a.json', '.samples/*.json', 'named'],
    ['samples/package.json', 'samples/*.json', undefined],
    ['samples/package.json', 'samples/package.json', 'named'],
    ['package.json', 'package.json', 'named'],
    ['a.json', '*.json', 'found'],
    ['package.json', '*.json', undefined],
    ['node_modules/m/events/a.json', 'node_modules/m/events/*.json', 'named'],
    ['a.jsonc', '*.jsonc', undefined],
  ];
  for (const [path, glob, match] of cases) {
    it(`${path} by ${glob}: ${match ?? 'none'}`, () =>
      assert.equal(payloadMatch(path, [glob]), match));
  }

  it('are named when one of several globs names them', () => {
    assert.equal(payloadMatch('events/a.json', ['**/*.json', 'events/*.json']), 'named');
  });
});

describe('files of JSON Lines', () => {
  it('are known by their names', () => {
    for (const path of ['a.jsonl', 'events/a.ndjson', 'file:///a%20b.jsonl'])
      assert.ok(isJsonLinesPath(path), path);
    for (const path of ['a.json', 'jsonl', 'a.jsonl.gz', 'a.jsonlines/b'])
      assert.ok(!isJsonLinesPath(path), path);
  });

  const cases: readonly (readonly [
    path: string,
    globs: readonly string[],
    match: 'named' | 'found' | undefined,
  ])[] = [
    ['.lambda/payloads/orders/a.jsonl', globs, 'named'],
    ['services/events/a.ndjson', globs, 'found'],
    ['data/train.jsonl', globs, undefined],
    ['node_modules/a/events/b.jsonl', globs, undefined],
    ['data/train.jsonl', ['data/*.jsonl'], 'named'],
    ['data/train.ndjson', ['data/*.jsonl'], undefined],
    ['data/v1.2/a.jsonl', ['data/v1.2/*'], 'named'],
  ];
  for (const [path, include, match] of cases) {
    it(`lie where payloads do: ${path} by ${include.join(' ')}: ${match ?? 'none'}`, () =>
      assert.equal(eventFileMatch(path, include), match));
  }

  it('are no payloads', () => {
    assert.equal(payloadMatch('.lambda/payloads/orders/a.jsonl', globs), undefined);
  });
});

describe('the searches for payloads', () => {
  const exclude = '**/node_modules/**';

  it('are one by the default globs', () => {
    assert.deepEqual(searchesFor(globs), [
      { include: '{.lambda/payloads/**/*.json,**/events/**/*.json}', exclude },
    ]);
  });

  it('are none without a glob, and one for globs that say the same', () => {
    assert.deepEqual(searchesFor([]), []);
    assert.deepEqual(searchesFor(['a/*.json', 'a/*.json']), [{ include: 'a/*.json', exclude }]);
  });

  it('look into packages only where a glob names one', () => {
    assert.deepEqual(searchesFor(['node_modules/m/*.json', 'a/*.json', 'b/node_modules/*.json']), [
      { include: '{node_modules/m/*.json,b/node_modules/*.json}' },
      { include: 'a/*.json', exclude },
    ]);
  });

  it('find each payload of any globs', () => {
    const includes = [
      ...globs,
      'a,b/*.json',
      '[ab]*/{c,d}/**',
      'node_modules/m/events/*.json',
      'package.json',
      '!x/*.json',
    ];
    const searches = searchesFor(includes);
    for (const path of [
      '.lambda/payloads/orders/a.json',
      'services/orders/events/sqs/batch.json',
      'a,b/c.json',
      'ax/c/deep/e.json',
      'node_modules/m/events/a.json',
      'package.json',
      'y/z.json',
    ]) {
      assert.ok(payloadMatch(path, includes), path);
      const finds = ({ include, exclude: left }: (typeof searches)[number]) =>
        matchesGlob(path, include) && !(left !== undefined && matchesGlob(path, left));
      assert.ok(searches.some(finds), path);
    }
  });
});

describe('places that may hold payloads', () => {
  const cases: readonly (readonly [path: string, may: boolean])[] = [
    ['services', true],
    ['services/orders/events/a.json', true],
    ['.lambda', true],
    ['.lambda/payloads/orders', true],
    ['node_modules', false],
    ['services/node_modules/x/events', false],
    ['.git', false],
    ['.aws-sam/build', false],
  ];
  for (const [path, may] of cases) {
    it(`${may ? 'are' : 'are not'} in ${path}`, () =>
      assert.equal(mayHoldPayloads(path, globs), may));
  }
});
