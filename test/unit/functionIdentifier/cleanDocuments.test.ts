import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findIdentifiers } from '../../../src/core/functionIdentifier/find';
import { identifierProblems } from '../../../src/core/functionIdentifier/problems';
import { languageOf } from './languageOf';

const folder = join(process.cwd(), 'test/fixtures/identifiers/clean');

/** Documents as people write them, in which nothing is wrong. */
describe('documents without a mistake', () => {
  const files = readdirSync(folder);

  it('are at least 100, in at least 30 languages', () => {
    assert.ok(files.length >= 100, `${files.length} documents`);
    assert.ok(new Set(files.map(languageOf)).size >= 30);
  });

  for (const file of files) {
    it(`finds nothing wrong in ${file}`, () => {
      const text = readFileSync(join(folder, file), 'utf8');
      const problems = findIdentifiers(text, languageOf(file)).flatMap((found) =>
        identifierProblems(found.text, { offset: found.range.start, isTarget: false }).map(
          ({ message }) => `${found.text}: ${message}`,
        ),
      );
      assert.deepEqual(problems, []);
    });
  }

  it('hold identifiers that are found, or the search would prove nothing', () => {
    const found = files.flatMap((file) =>
      findIdentifiers(readFileSync(join(folder, file), 'utf8'), languageOf(file)),
    );
    assert.ok(found.length >= 100, `${found.length} identifiers`);
  });
});
