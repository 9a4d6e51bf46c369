import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { payloadFilter } from '../../../src/files/payloadFile';

describe('a payload filter', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payload-filter-'));
    for (const [path, text] of [
      ['.git/HEAD', 'ref: refs/heads/main\n'],
      ['.gitignore', 'dist/\n/events/secret.json\n.lambda/\n'],
      ['services/.gitignore', '*.local.json\n!events/kept.local.json\n'],
    ] as const) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });
  after(() => rm(folder, { recursive: true }));

  const globs = ['.lambda/payloads/**/*.json', '**/events/**/*.json'];
  const cases: readonly (readonly [path: string, isPayload: boolean])[] = [
    ['events/a.json', true],
    ['events/secret.json', false],
    ['dist/events/a.json', false],
    ['services/events/a.json', true],
    ['services/events/a.local.json', false],
    ['services/events/kept.local.json', true],
    ['services/dist/x/events/a.json', false],
    // Its folder is named by a glob.
    ['.lambda/payloads/orders/a.json', true],
    ['events/tsconfig.json', false],
  ];
  for (const [path, isPayload] of cases) {
    it(`${isPayload ? 'takes' : 'leaves out'} ${path}`, () => {
      assert.equal(payloadFilter(folder, globs)(path), isPayload);
    });
  }

  it('gives the same answers one after the other', () => {
    const filter = payloadFilter(folder, globs);
    for (const [path, isPayload] of [...cases, ...cases])
      assert.equal(filter(path), isPayload, path);
  });

  it('knows nothing of git where the folder is not on disk', () => {
    assert.equal(payloadFilter(undefined, globs)('dist/events/a.json'), true);
  });
});
