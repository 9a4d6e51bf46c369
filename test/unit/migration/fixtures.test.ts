import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { languageIdOfPath } from '../../../src/migration/languages';
import { applyEdits } from '../../../src/core/edits';
import { replacementsOf } from '../../../src/migration/replacements';
import { fixAll } from '../../../src/migration/rewrite';
import type { DeprecatedUse } from '../../../src/migration/use';
import { createFinder, fixtures } from './finder';

/**
 * Each folder is an SDK. `lookalikes.*` must stay without a problem. Of every other file, `<file>.expected` lists the
 * problems, and `<file>.fixed` is what it becomes (none: it stays). `UPDATE_FIXTURES=1` writes both, for a person to read.
 */
const update = process.env.UPDATE_FIXTURES === '1';
const finder = createFinder();

const find = async (file: string, text: string) =>
  finder.find(
    { uri: `file:///${file}`, version: 1, languageId: languageIdOfPath(file) ?? '', text },
    // What a busy machine takes for a text is not what is tested here.
    { deadline: 60_000 },
  );

/** `line:column code name: fixed | by hand: why`, as an editor counts lines and columns. */
function describeProblem(
  text: string,
  { code, range, fixes, message, sdk }: DeprecatedUse,
): string {
  const before = text.slice(0, range.start).split('\n');
  const manualReason = /Not replaced automatically: (.*)\.$/.exec(message)?.[1];
  const name = text.slice(range.start, range.end);
  const outcome = fixes.length > 0 ? 'fixed' : `by hand: ${manualReason ?? ''}`;
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1} ${code} ${sdk} ${name}: ${outcome}`;
}

describe('deprecated uses', () => {
  for (const folder of readdirSync(fixtures)) {
    describe(folder, () => {
      for (const name of readdirSync(path.join(fixtures, folder))) {
        const file = path.join(fixtures, folder, name);
        if (name.startsWith('lookalikes')) testLookalikes(file, name);
        else if (!/\.(fixed|expected)$/.test(name)) testUses(file, name);
      }
    });
  }
});

function testLookalikes(file: string, name: string): void {
  it(`${name}: nothing is flagged`, async () => {
    const text = readFileSync(file, 'utf8');
    const { problems, skipped } = await find(file, text);
    assert.equal(skipped, undefined);
    assert.deepEqual(
      problems.map((problem) => describeProblem(text, problem)),
      [],
    );
  });
}

function testUses(file: string, name: string): void {
  const text = readFileSync(file, 'utf8');
  const fixedText = () =>
    existsSync(`${file}.fixed`) ? readFileSync(`${file}.fixed`, 'utf8') : text;

  it(`${name}: the uses`, async () => {
    const { problems, skipped } = await find(file, text);
    assert.equal(skipped, undefined);
    const actual = problems.map((problem) => `${describeProblem(text, problem)}\n`).join('');
    if (update) writeFileSync(`${file}.expected`, actual);
    assert.equal(actual, readFileSync(`${file}.expected`, 'utf8'));
  });

  it(`${name}: what they become`, async () => {
    const { problems } = await find(file, text);
    const actual = applyEdits(text, fixAll(problems));
    if (update && actual !== text) writeFileSync(`${file}.fixed`, actual);
    assert.equal(actual, fixedText());
    assert.equal(applyEdits(text, replacementsOf(text, problems)), actual, 'in a preview');
  });

  it(`${name}: one fix after the other comes to the same`, async () => {
    let step = text;
    for (;;) {
      const { problems } = await find(file, step);
      const fix = problems.find(({ fixes }) => fixes.length > 0)?.fixes[0];
      if (fix === undefined) break;
      const next = applyEdits(step, fix.edits);
      assert.notEqual(next, step);
      step = next;
    }
    assert.equal(step, applyEdits(text, fixAll((await find(file, text)).problems)));
  });

  it(`${name}: line ends are kept`, async () => {
    const windows = text.replaceAll('\n', '\r\n');
    const fixed = applyEdits(windows, fixAll((await find(file, windows)).problems));
    assert.equal(fixed, fixedText().replaceAll('\n', '\r\n'));
  });
}
