import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseFunctionIdentifier } from '../../../src/core/functionIdentifier/parse';
import { identifierProblems } from '../../../src/core/functionIdentifier/problems';
import type { Fix, Problem } from '../../../src/core/problem';
import { accepted, lost, place, refused, unbracket } from './problemCases';

const target = { isTarget: true };

/** Right ones, and those of which nothing certain can be said. */
const right: readonly string[] = [
  'my-function',
  'my_function:v1',
  'UPPER:PROD',
  'f:$LATEST',
  'f:$LATEST.PUBLISHED',
  'f:1',
  'f:latest',
  'functions:prod',
  'arn',
  'lambda',
  'us-east-1',
  'us-east-1:f',
  '123456789012',
  '123456789012:1',
  '123456789012:Thumbnail',
  '123456789012:function:my-function',
  // Names that are like the word, where the service reads a name.
  '123456789012:Function',
  '123456789012:functionA:prod',
  '123456789012:myfunction:prod',
  '123456789012:fraction:prod',
  'function:f',
  `${place}:function:f`,
  `${place}:function:f:1`,
  `${place}:function:layer`,
  `${place}:function:function:function`,
  `${place}:function:functions:$LATEST`,
  'f'.repeat(64),
  `${place}:function:${'f'.repeat(64)}`,
  'arn:aws-cn:lambda:cn-north-1:123456789012:function:f',
  'arn:aws-us-gov:lambda:us-gov-east-1:123456789012:function:f',
  'arn:aws-iso:lambda:us-iso-east-1:123456789012:function:f',
  'arn:aws-iso-e:lambda:eu-isoe-west-1:123456789012:function:f',
  'arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:f',
  // Regions that the table does not know: AWS adds regions.
  'arn:aws:lambda:us-east-9:123456789012:function:f',
  'arn:aws:lambda:nz-north-1:123456789012:function:f',
];

const piece = fc.constantFrom(
  ...'arn ARN aws AWS aws-cn aws-foo lambda lamda Lambda sns us-east-1 US-EAST-1 us-esat-1 us-gov-west-1'.split(
    ' ',
  ),
  ...'123456789012 1234-5678-9012 1234 function Function functon functions function/f layer f my.f'.split(
    ' ',
  ),
  ...'$LATEST $latest LATEST 1 0 prod é'.split(' '),
  '',
  ' ',
  ' f',
  'f'.repeat(65),
);

function apply(text: string, { edits }: Fix): string {
  return [...edits]
    .toSorted((one, other) => other.range.start - one.range.start)
    .reduce(
      (result, { range, newText }) =>
        result.slice(0, range.start) + newText + result.slice(range.end),
      text,
    );
}

function hasError(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

describe('identifierProblems', () => {
  for (const [value, severity, code, words, ...fixed] of [...refused, ...lost, ...accepted]) {
    it(`${severity}: ${JSON.stringify(value).slice(0, 90)}`, () => {
      const { text, range } = unbracket(value);
      const problems = identifierProblems(text, target);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      const [problem] = problems;
      assert.ok(problem);
      assert.deepEqual(
        { severity: problem.severity, code: problem.code, range: problem.range },
        { severity, code: `identifier.${code}`, range },
      );
      assert.match(problem.message, words);
      assert.deepEqual(
        problem.fixes.map((fix) => apply(text, fix)),
        fixed,
      );
    });
  }

  for (const [value] of lost) {
    it(`only warns in a document: ${value.slice(0, 90)}`, () => {
      const problems = identifierProblems(unbracket(value).text, { isTarget: false });
      assert.deepEqual(
        problems.map(({ severity }) => severity),
        ['warning'],
      );
    });
  }

  for (const value of right) {
    it(`nothing: ${value.slice(0, 90)}`, () => {
      assert.deepEqual(identifierProblems(value, target), []);
      assert.deepEqual(identifierProblems(value, { isTarget: false }), []);
    });
  }

  it('tells all problems of one value, in the order of the text', () => {
    const text = 'ARN:AWS:lamda:US-EAST-1:1234-5678-9012:Function:f:1:1';
    const problems = identifierProblems(text, target);
    assert.deepEqual(
      problems.map(({ range }) => text.slice(range.start, range.end)),
      ['ARN', 'AWS', 'lamda', 'US-EAST-1', '1234-5678-9012', 'Function', ':1'],
    );
    const fixed = problems
      .toReversed()
      .reduce((value, { fixes: [fix] }) => (fix ? apply(value, fix) : value), text);
    assert.equal(fixed, `${place}:function:f:1`);
  });

  it('warns of a region that is not the connection’s, for a target only', () => {
    const text = 'arn:aws:lambda:eu-west-1:123456789012:function:f';
    const [problem, ...others] = identifierProblems(text, { isTarget: true, region: 'us-east-1' });
    assert.deepEqual(others, []);
    assert.equal(problem?.code, 'identifier.region');
    assert.equal(problem?.severity, 'warning');
    assert.match(problem?.message ?? '', /"eu-west-1", but the connection is to "us-east-1"/);
    assert.deepEqual(identifierProblems(text, { isTarget: true, region: 'eu-west-1' }), []);
    assert.deepEqual(identifierProblems(text, { isTarget: false, region: 'us-east-1' }), []);
  });

  it('offers the connection’s region where one is missing, without preferring it', () => {
    const context = { isTarget: true, region: 'us-east-1' };
    for (const text of [
      'arn:aws:lambda::123456789012:function:f',
      'arn:aws:lambda:123456789012:function:f',
    ]) {
      const fix = identifierProblems(text, context)[0]?.fixes[0];
      assert.ok(fix);
      assert.equal(apply(text, fix), `${place}:function:f`);
      assert.equal(fix.preferred, false);
    }
  });

  it('counts from the start of the document', () => {
    const document = '{ "function": " f:$latest" }';
    const value = ' f:$latest';
    const offset = document.indexOf(value);
    const problems = identifierProblems(value, { isTarget: true, offset });
    assert.deepEqual(
      problems.map(({ range }) => document.slice(range.start, range.end)),
      [' ', '$latest'],
    );
    const [space, latest] = problems.map(({ fixes }) => fixes[0]);
    assert.ok(space && latest);
    assert.equal(apply(apply(document, latest), space), '{ "function": "f:$LATEST" }');
  });

  it('has an error in a document exactly where the service refuses, or the bare name is too long', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const text = pieces.join(':');
        const problems = identifierProblems(text, { isTarget: false });
        const parsed = parseFunctionIdentifier(text);
        const isTooLong =
          parsed.ok && parsed.identifier.form === 'name' && parsed.identifier.name.text.length > 64;
        assert.equal(hasError(problems), !parsed.ok || isTooLong, JSON.stringify([text, problems]));
        for (const { range } of problems) {
          assert.ok(range.start >= 0 && range.start <= range.end && range.end <= text.length);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it('refuses as a target all that the service refuses, and never what has no problem in a document', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const text = pieces.join(':');
        const inDocument = identifierProblems(text, { isTarget: false });
        const isRefused = hasError(identifierProblems(text, target));
        if (hasError(inDocument)) assert.ok(isRefused, text);
        if (inDocument.length === 0) assert.ok(!isRefused, text);
      }),
      { numRuns: 20_000 },
    );
  });

  it('never makes a value worse by a preferred fix, and comes to an end', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        let text = pieces.join(':');
        for (let round = 0; round < 12; round += 1) {
          const problems = identifierProblems(text, target);
          const fix = problems.flatMap(({ fixes }) => fixes).find(({ preferred }) => preferred);
          if (!fix) return;
          const fixedText = apply(text, fix);
          assert.notEqual(fixedText, text);
          text = fixedText;
        }
        assert.fail(`still fixing ${text}`);
      }),
      { numRuns: 10_000 },
    );
  });
});
