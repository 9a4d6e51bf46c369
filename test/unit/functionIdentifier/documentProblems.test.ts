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

  const inTests = [
    'test/handler.ts',
    'src/__tests__/handler.js',
    'spec/orders_spec.rb',
    'orders/testdata/event.json',
    'orders/handler_test.go',
    'orders/handler.spec.ts',
    'test_handler.py',
    'src/OrdersTest.java',
    'Orders.Tests/OrdersTests.cs',
  ];
  const notInTests = ['src/latest.ts', 'contest/handler.ts', 'src/Contest.java', 'attest.py', ''];
  const digits = (count: number) => wrong.replace('1234', '1234567890123'.slice(0, count));

  it('takes an account of a few digits for made up in tests alone', () => {
    const codes = (identifier: string, path: string) =>
      documentProblems(`{ "a": "${identifier}" }`, 'json', { path }).map(({ code }) => code);
    for (const path of inTests) {
      for (const count of [1, 4, 9]) assert.deepEqual(codes(digits(count), path), [], path);
      for (const count of [10, 11, 13])
        assert.deepEqual(codes(digits(count), path), ['identifier.malformed'], path);
    }
    for (const path of notInTests)
      assert.deepEqual(codes(digits(4), path), ['identifier.malformed'], path);
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
