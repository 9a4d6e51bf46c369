import assert from 'node:assert/strict';
import { parentPort } from 'node:worker_threads';
import { applyEdits } from '../../../src/core/edits';
import { fixAll } from '../../../src/migration/rewrite';
import type { DeprecatedUse } from '../../../src/migration/use';
import type { TextEdit, TextRange } from '../../../src/core/problem';
import { createFinder } from './finder';
import type { Question, Reading } from './finderThread';

/**
 * Reads documents in a thread, which the test can end when one hangs. `kept` sees every document of a language as the
 * next version of the one before, as an editor gives them.
 */
const kept = createFinder();
const fresh = createFinder();

parentPort?.on('message', (question: Question) => {
  void read(question).then((reading) => parentPort?.postMessage(reading));
});

async function read({ languageId, text, deadline }: Question): Promise<Reading> {
  const document = { uri: `file:///${languageId}`, version: 1, languageId, text };
  const start = performance.now();
  try {
    const { problems, skipped } = await kept.find(document, { deadline });
    const milliseconds = performance.now() - start;
    checkRanges(text, problems);
    if (skipped !== undefined) return { problems: 0, skipped, milliseconds };
    const anew = await fresh.find(document, { deadline });
    fresh.forget(document.uri);
    if (anew.skipped === undefined)
      assert.deepEqual(
        withoutFixes(problems),
        withoutFixes(anew.problems),
        'the next version is read unlike a new document',
      );
    return { problems: problems.length, skipped, milliseconds };
  } catch (error) {
    const milliseconds = performance.now() - start;
    return { problems: 0, milliseconds, fault: error instanceof Error ? error.stack : 'thrown' };
  }
}

/** Uses of one input have the same edits each: these are compared once. */
const withoutFixes = (problems: readonly DeprecatedUse[]) => ({
  problems: problems.map(({ code, range, message, fixes }) => [code, range, message, fixes.length]),
  edits: fixAll(problems),
});

/** What is found lies in the text, and every fix can be applied: alone, and with all the others. */
function checkRanges(text: string, problems: readonly DeprecatedUse[]): void {
  const checked = new Set<readonly TextEdit[]>();
  for (const { range, fixes } of problems) {
    assert.ok(isWithin(text, range) && range.start < range.end, `a problem at ${where(range)}`);
    for (const { edits } of fixes) if (!checked.has(edits)) checkEdits(text, edits);
    for (const { edits } of fixes) checked.add(edits);
  }
  checkEdits(text, fixAll(problems));
}

function checkEdits(text: string, edits: readonly TextEdit[]): void {
  let position = 0;
  for (const { range } of edits) {
    assert.ok(isWithin(text, range), `an edit at ${where(range)}`);
    assert.ok(position <= range.start, `an edit at ${where(range)} overlaps the one before`);
    position = range.end;
  }
  applyEdits(text, edits);
}

const isWithin = (text: string, { start, end }: TextRange) =>
  0 <= start && start <= end && end <= text.length;

const where = ({ start, end }: TextRange) => `${start}-${end}`;
