import assert from 'node:assert/strict';
import { FinderThread } from './finderThread';
import { slowTexts } from './slowTexts';

/** Long enough for the parser, and for what the rules do after it. */
const deadline = 600;
/** Far above what is left to do when the time is up, on any machine. */
const mostMilliseconds = 30_000;

describe('texts that take long', () => {
  const thread = new FinderThread();
  before(() => thread.start());
  after(() => thread.dispose());

  for (const [languageId, what, text] of slowTexts) {
    it(`${languageId}: ${what}`, async () => {
      const isRead = text.split('\n').every(({ length }) => length <= 50_000);
      assert.ok(isRead, 'a text with a longer line is skipped');
      const reading = await thread.read({ languageId, text, deadline }, mostMilliseconds);
      assert.notEqual(reading, 'hung');
      assert.equal(reading !== 'hung' && reading.fault, undefined);
    }).timeout(2 * mostMilliseconds);
  }
});
