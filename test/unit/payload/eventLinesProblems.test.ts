import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits } from '../../../src/core/edits';
import type { InvokeApi } from '../../../src/core/invocation/outcome';
import { payloadLimitBytes } from '../../../src/core/limits';
import type { Problem } from '../../../src/core/problem';
import { isJson } from '../../../src/core/payload/eventLine';
import {
  eventLinesProblems,
  longestCheckedText,
} from '../../../src/core/payload/eventLinesProblems';
import { TimeLimit } from '../../../src/core/timeLimit';

const never = () => false;

function problemsOf(text: string, api: InvokeApi = 'Invoke'): Promise<readonly Problem[]> {
  return eventLinesProblems(text, api, never);
}

function lineOf(text: string, { range }: Problem): number {
  return text.slice(0, range.start).split('\n').length;
}

describe('eventLinesProblems', () => {
  it('finds one problem in each line that cannot be sent, and marks it in the line', async () => {
    const text = '\ufeff{"a":1}\r\n\r\n{"a":1,}\r\n \t\n[1] [2]\n"x"';
    const problems = await problemsOf(text);
    assert.deepEqual(
      problems.map(({ code, range: { start, end }, message }) => [
        code,
        text.slice(start, end),
        message,
      ]),
      [
        ['payload.syntax', ',', 'JSON does not allow trailing commas.'],
        ['payload.syntax', '[2]', 'A payload is a single JSON value, which ends before this.'],
      ],
    );
    const [fixed] = problems.flatMap(({ fixes }) => applyEdits(text, fixes[0]?.edits ?? []));
    assert.equal(fixed, text.replace(',}', '}'));
  });

  it('holds each line against the size limit of the API, not the file', async () => {
    const fits = `"${'x'.repeat(payloadLimitBytes.InvokeAsync - 2)}"`;
    const larger = `"${'x'.repeat(payloadLimitBytes.InvokeAsync - 1)}"`;
    const text = [fits, fits, larger, fits].join('\r\n');
    const problems = await problemsOf(text, 'InvokeAsync');
    assert.deepEqual(
      problems.map((problem) => [problem.code, lineOf(text, problem)]),
      [['payload.too-large', 3]],
    );
    assert.deepEqual(await problemsOf(text), []);
  });

  it('finds an error in just the lines that JSON.parse rejects, blank ones apart', async () => {
    const line = fc.oneof(
      fc.json({ maxDepth: 2 }),
      fc.string({ maxLength: 6 }),
      fc.constantFrom('', ' ', '\t', '{"a":1,}', "'x'", '\ufeff1', '\u00a0'),
    );
    const lines = fc.array(
      line.map((text) => text.replaceAll(/[\r\n]/g, '')),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom('\n', '\r\n'), async (texts, lineEnd) => {
        const text = texts.join(lineEnd);
        const problems = await problemsOf(text);
        const mark = text.startsWith('\ufeff') ? 1 : 0;
        const bad = texts.flatMap((each, index) => {
          const event = index === 0 ? each.slice(mark) : each;
          return /^[ \t]*$/.test(event) || isJson(event) ? [] : [index + 1];
        });
        assert.deepEqual(
          problems.map((problem) => lineOf(text, problem)),
          bad,
        );
        for (const { range, fixes } of problems) {
          const edits = [range, ...fixes.flatMap((fix) => fix.edits.map((edit) => edit.range))];
          const lineEnds = new Set(
            edits.map(({ end }) => lineOf(text, { range: { start: end } } as Problem)),
          );
          assert.equal(lineEnds.size, 1);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('names a hundred lines, and counts the others', async () => {
    const bad = (count: number) => Array.from({ length: count }, () => '{},').join('\n{}\n');
    assert.equal((await problemsOf(bad(100))).length, 100);
    const one = await problemsOf(bad(101));
    assert.equal(one.length, 101);
    assert.equal(one.at(-1)?.message, 'This line cannot be sent either.');
    const text = bad(2100);
    const many = await problemsOf(text);
    assert.equal(many.length, 101);
    const last = many.at(-1);
    assert.equal(last?.message, 'This line and 1,999 more below cannot be sent either.');
    assert.equal(last && lineOf(text, last), 201);
  });

  it('checks the beginning of a huge file, says where it stops, and lets others have their turn', async () => {
    const line = `${JSON.stringify({ text: 'ü'.repeat(1000) })}\n`;
    const text = `x\n${line.repeat(50e6 / line.length)}x`;
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    const problems = await problemsOf(text);
    clearInterval(others);
    assert.ok(turns > 0);
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [
        ['payload.syntax', 'error'],
        ['payload.unchecked', 'information'],
      ],
    );
    const { start } = problems[1]?.range ?? assert.fail();
    assert.ok(start >= longestCheckedText && start < longestCheckedText + line.length);
    assert.equal(text[start - 1], '\n');
  });

  it('takes a single line of any length for too large, without parsing it', async () => {
    const problems = await problemsOf('['.repeat(50e6));
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['payload.too-large'],
    );
  });

  it('stops in time when every line is slow, and at once when the text has changed', async () => {
    const text = 'x\n'.repeat(4e6);
    const problems = await eventLinesProblems(text, 'Invoke', never, new TimeLimit(0));
    assert.ok(problems.length > 1 && problems.length <= 102);
    assert.equal(problems.at(-1)?.code, 'payload.unchecked');
    assert.deepEqual(await eventLinesProblems(text, 'Invoke', () => true), []);
  });
});
