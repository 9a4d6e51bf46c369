import assert from 'node:assert/strict';
import { languages } from '../../../src/migration/languages';
import { mayHoldDeprecatedUse } from '../../../src/migration/prefilter';
import { fuzzRun } from '../../support/fuzzRun';
import { randomOf } from '../../support/random';
import { FinderThread } from './finderThread';
import { textsOf, Typist, withoutOneWord } from './typist';

const { seconds, seed } = fuzzRun(30);
/** Far above the slowest answer on any machine, and a hang all the same. */
const mostMilliseconds = 60_000;

const languageIds = languages.map(({ ids }) => ids.at(-1) ?? '');

describe('fuzzed documents', () => {
  const thread = new FinderThread();
  const slowest = { milliseconds: 0, languageId: '' };
  const counts = new Map<string, number>();
  before(() => thread.start());
  after(async () => {
    await thread.dispose();
    const all = [...counts].map(([languageId, count]) => `${languageId} ${count}`).join(', ');
    const sum = [...counts.values()].reduce((total, count) => total + count, 0);
    const { milliseconds, languageId } = slowest;
    process.stdout.write(
      `    ${sum} documents: ${all}; ` +
        `the slowest answer took ${Math.round(milliseconds)} ms (${languageId})\n`,
    );
  });

  /** Fails for a document that has no answer in time, or a wrong one. */
  async function read(languageId: string, text: string, before: string): Promise<void> {
    const reading = await thread.read(
      { languageId, text, deadline: mostMilliseconds / 2 },
      mostMilliseconds,
    );
    counts.set(languageId, (counts.get(languageId) ?? 0) + 1);
    const fault = reading === 'hung' ? 'no answer' : (reading.fault ?? lateness(reading.skipped));
    const documents = JSON.stringify({ before, text });
    assert.equal(fault, undefined, `FUZZ_SEED=${seed}, ${languageId}: ${fault}\n${documents}`);
    if (reading !== 'hung' && reading.milliseconds > slowest.milliseconds)
      Object.assign(slowest, { milliseconds: reading.milliseconds, languageId });
  }

  it('are read when any word before a use is gone', async () => {
    for (const languageId of languageIds) {
      for (const original of textsOf(languageId)) {
        for (const text of withoutOneWord(original)) await read(languageId, text, original);
      }
    }
  }).timeout(10 * mostMilliseconds);

  it('are read to the end, the same at once and version by version, with fixes that apply', async () => {
    const random = randomOf(seed);
    const typist = new Typist(random);
    const drafts = languageIds.map((languageId) => {
      const originals = textsOf(languageId);
      return { languageId, originals, text: typist.pick(originals) };
    });
    const end = performance.now() + seconds * 1000;
    for (let turn = 0; performance.now() < end; turn++) {
      const draft = drafts[turn % drafts.length];
      assert.ok(draft);
      const { languageId, originals, text: before } = draft;
      const text = typist.edited(random() < 0.5 ? typist.pick(originals) : before, originals);
      // What holds no candidate is not read at all; the next change begins with a whole document.
      const isRead = mayHoldDeprecatedUse(text);
      draft.text = isRead ? text : typist.pick(originals);
      if (isRead) await read(languageId, text, before);
    }
  }).timeout(seconds * 1000 + 4 * mostMilliseconds);
});

const lateness = (skipped = '') => (skipped.includes('longer than') ? skipped : undefined);
