import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { languageIdOfPath, languageOfId } from '../../../src/migration/languages';
import { SyntaxTrees } from '../../../src/migration/syntaxTrees';
import { TimeLimit } from '../../../src/core/timeLimit';
import { fixtures, grammarLoader } from './finder';

describe('what uses become', () => {
  const trees = new SyntaxTrees(grammarLoader);
  for (const name of readdirSync(fixtures, { recursive: true, encoding: 'utf8' })) {
    const grammar = languageOfId(languageIdOfPath(name.replace(/\.fixed$/, '')) ?? '')?.grammar;
    if (!name.endsWith('.fixed') || grammar === undefined) continue;
    it(`${name} parses without an error`, async () => {
      const text = readFileSync(path.join(fixtures, name), 'utf8');
      const hasError = await trees.read(
        { uri: name, text, grammar, limit: new TimeLimit(20_000) },
        (root) => root.hasError,
      );
      assert.equal(hasError, false);
    });
  }
});
