import assert from 'node:assert/strict';
import { documentProblems } from '../../../src/core/functionIdentifier/documentProblems';

const wrong = 'arn:aws:lambda:us-east-1:1234:function:f';

describe('documentProblems', () => {
  it('tells of every problem of an ordinary document, and of nothing else', () => {
    const text = `{ "a": "${wrong}", "b": "${wrong}" }`;
    assert.deepEqual(
      documentProblems(text, 'json').map(({ code }) => code),
      ['identifier.malformed', 'identifier.malformed'],
    );
  });

  it('stops after 1,000 problems, and says so where it stops', () => {
    const text = `["${wrong}",\n`.repeat(40_000);
    const problems = documentProblems(text, 'json', { deadline: 20_000 });
    assert.equal(problems.length, 1001);
    const { code, severity, message, range } = problems[1000] ?? assert.fail();
    assert.deepEqual({ code, severity }, { code: 'identifier.unchecked', severity: 'information' });
    assert.match(message, /1,000 problems are shown/);
    assert.equal(text.slice(range.start, range.end), wrong);
    assert.ok(range.start > (problems[998]?.range.start ?? Infinity));
  });

  it('stops when its time is up, and says so', () => {
    const right = `["${wrong.replace('1234', '123456789012')}",\n`.repeat(40_000);
    const problems = documentProblems(right, 'json', { deadline: 1 });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['identifier.unchecked'],
    );
    assert.match(problems[0]?.message ?? '', /took longer than 1 ms/);
  });
});
