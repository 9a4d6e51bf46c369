import assert from 'node:assert/strict';
import {
  certainSentence,
  changedLines,
  changedSentence,
  foundLines,
  foundSentence,
  leftLines,
} from '../../../src/client/migration/migrationText';
import type { FindDeprecatedResult } from '../../../src/protocol/messages';
import { speak } from '../../support/language';

const found: FindDeprecatedResult = {
  filesDone: 12_345,
  files: 1,
  uses: 2,
  certain: 1,
  sdks: [
    { name: 'AWS CLI', uses: 1 },
    { name: 'AWS SDK for Python', uses: 1 },
  ],
  skipped: [{ uri: 'file:///w/a.js', reason: 'the file is binary' }],
  cancelled: false,
};
const shown = (uri: string) => uri.replace('file:///w/', '');

describe('words about uses of InvokeAsync', () => {
  afterEach(() => speak('en'));

  it('count in the singular and the plural, and say when a search was cancelled', () => {
    assert.equal(foundSentence(found), '2 uses of InvokeAsync in 1 file (12,345 files searched).');
    assert.equal(
      foundSentence({ ...found, uses: 0, files: 0, filesDone: 1, cancelled: true }),
      'No use of InvokeAsync (1 file searched, then cancelled).',
    );
  });

  it('say how many files do not show what was searched, and which', () => {
    assert.match(changedSentence(1), /^1 file was left as it is: /);
    assert.match(changedSentence(1234), /^1,234 files were left as they are: /);
    assert.deepEqual(changedLines(['file:///w/a.js'], shown), [
      '  a.js has changed, or is open in another encoding than it was searched in.',
    ]);
  });

  it('write numbers as the language of the sentence does', () => {
    speak('de');
    assert.equal(
      foundSentence(found),
      '2 Verwendungen von InvokeAsync in 1 Datei (12.345 Dateien durchsucht).',
    );
  });

  it('say how many can be replaced', () => {
    assert.equal(certainSentence(found), '1 can be replaced automatically.');
    assert.equal(certainSentence({ ...found, certain: 2 }), 'All can be replaced automatically.');
    assert.equal(certainSentence({ ...found, uses: 1 }), 'It can be replaced automatically.');
    assert.match(certainSentence({ ...found, certain: 0 }), /^None /);
  });

  it('list SDKs, skipped files, and what is left with its place counted from 1', () => {
    assert.deepEqual(foundLines(found, shown), [
      '  AWS CLI: 1',
      '  AWS SDK for Python: 1',
      '  Skipped a.js: the file is binary.',
    ]);
    const at = { line: 4, character: 2 };
    assert.deepEqual(
      leftLines([{ uri: 'file:///w/a.js', range: { start: at, end: at }, message: 'Why.' }], shown),
      ['  a.js:5:3 Why.'],
    );
  });
});
