import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { payloadLimitBytes } from '../../../src/core/limits';
import { eventLineProblem, isJson } from '../../../src/core/payload/eventLine';
import { accepted, refused } from './jsonCases';

describe('eventLineProblem', () => {
  for (const [name, text] of Object.entries({ ...accepted, ...refused })) {
    it(`agrees with JSON.parse: ${name}`, () => {
      assert.equal(
        eventLineProblem(text, 'Invoke')?.code,
        isJson(text) ? undefined : 'payload.syntax',
      );
    });
  }

  it('marks a place in the line, and its fix stays in it', () => {
    const pieces = fc.constantFrom(...`{ } [ ] , : " ' 1 tru NaN "a" "a": // \\ ü`.split(' '), ' ');
    const soup = fc.array(pieces, { maxLength: 10 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(soup, (text) => {
        const problem = eventLineProblem(text, 'Invoke');
        assert.equal(problem === undefined, isJson(text), text);
        for (const { start, end } of problem ? [problem.range] : [])
          assert.ok(start >= 0 && start <= end && end <= text.length, text);
        for (const { newText } of problem?.fixes.flatMap(({ edits }) => edits) ?? [])
          assert.doesNotMatch(newText, /[\r\n]/);
      }),
      { numRuns: 2000 },
    );
  });

  it('says only that it is too large of a line that is', () => {
    const text = 'ü'.repeat(payloadLimitBytes.InvokeAsync / 2 + 1);
    assert.equal(eventLineProblem(text, 'InvokeAsync')?.code, 'payload.too-large');
    assert.equal(eventLineProblem(text, 'Invoke')?.code, 'payload.syntax');
    assert.equal(eventLineProblem(`"${text}"`, 'Invoke'), undefined);
  });
});
