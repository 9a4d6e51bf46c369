import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseFunctionIdentifier } from '../../../src/core/functionIdentifier/parse';
import { identifierProblems } from '../../../src/core/functionIdentifier/problems';
import type { Fix, Severity } from '../../../src/core/problem';

const place = 'arn:aws:lambda:us-east-1:123456789012';
const target = { isTarget: true };

/** A value with the range in brackets, the problem's severity and code, words of its message, and the fixed values. */
type Case = readonly [
  value: string,
  severity: Severity,
  code: string,
  words: RegExp,
  ...fixed: readonly string[],
];

/** What the service refuses: a ValidationException, by the pattern of the service model. */
const refused: readonly Case[] = [
  ['[]', 'error', 'malformed', /missing/],
  ['my[ ]function', 'error', 'malformed', /" " is none of them/],
  ['my[/]function', 'error', 'malformed', /"\/" is none/],
  ['f[\0]', 'error', 'malformed', /U\+0000/],
  ['f[\ud83d\ude00]', 'error', 'malformed', /is none of them/],
  ['f[\ud83d]', 'error', 'malformed', /U\+D83D/],
  ['f[\u200b]oo', 'error', 'malformed', /U\+200B/],
  ['[ ]f', 'error', 'malformed', /spaces around/, 'f'],
  ['[ ]f ', 'error', 'malformed', /spaces around/, 'f'],
  ['f[\n]', 'error', 'malformed', /spaces around/, 'f'],
  ['f[:]', 'error', 'qualifier', /leave the colon out/, 'f'],
  ['f:[$latest]', 'error', 'qualifier', /"\$LATEST", not "\$latest"/, 'f:$LATEST'],
  ['f:[$latest.published]', 'error', 'qualifier', /PUBLISHED/, 'f:$LATEST.PUBLISHED'],
  ['f:[$live]', 'error', 'qualifier', /only "\$LATEST"/],
  ['f:v1[.]2', 'error', 'qualifier', /"\." is none/],
  ['f:prod[:prod]', 'error', 'qualifier', /given twice/, 'f:prod'],
  ['f:1[:2]', 'error', 'qualifier', /Only one alias or version/, 'f:1', 'f:2'],
  ['f:1[:]', 'error', 'qualifier', /leave the colon out/, 'f:1'],
  ['f:a[:b:c]', 'error', 'qualifier', /"b", "c"/],
  ['[$LATEST]', 'error', 'malformed', /has to come before it/],
  ['[12345]:function:f', 'error', 'malformed', /12 digits; this has 5/],
  [
    '[1234-5678-9012]:function:f',
    'error',
    'malformed',
    /without dashes/,
    '123456789012:function:f',
  ],
  ['123456789012:[Function]:f:1', 'error', 'malformed', /"function"/, '123456789012:function:f:1'],
  [
    '[us-east-1a]:123456789012:function:f',
    'error',
    'malformed',
    /spelled/,
    'us-east-1:123456789012:function:f',
  ],
  [
    '[aws]:lambda:us-east-1:123456789012:function:f',
    'error',
    'malformed',
    /begins with "arn:"/,
    `${place}:function:f`,
  ],
  [
    '[ARN]:aws:lambda:us-east-1:123456789012:function:f',
    'error',
    'malformed',
    /"arn"/,
    `${place}:function:f`,
  ],
  [
    'arn:[AWS]:lambda:us-east-1:123456789012:function:f',
    'error',
    'partition',
    /begins with it/,
    `${place}:function:f`,
  ],
  [
    'arn:[asw]:lambda:us-east-1:123456789012:function:f',
    'error',
    'partition',
    /begins with it/,
    `${place}:function:f`,
  ],
  [
    'arn:aws:[Lambda]:us-east-1:123456789012:function:f',
    'error',
    'malformed',
    /"lambda"/,
    `${place}:function:f`,
  ],
  [
    'arn:aws:[lamda]:us-east-1:123456789012:function:f',
    'error',
    'malformed',
    /"lambda"/,
    `${place}:function:f`,
  ],
  ['arn:aws:[sns]:us-east-1:123456789012:topic', 'error', 'not-a-function', /service "sns"/],
  [
    'arn:aws:lambda:[US-EAST-1]:123456789012:function:f',
    'error',
    'malformed',
    /spelled/,
    `${place}:function:f`,
  ],
  [
    'arn:aws:lambda:[us_east_1]:123456789012:function:f',
    'error',
    'malformed',
    /spelled/,
    `${place}:function:f`,
  ],
  [
    'arn:aws:lambda:[useast1]:123456789012:function:f',
    'error',
    'malformed',
    /spelled/,
    `${place}:function:f`,
  ],
  ['arn:aws:lambda:[nowhere]:123456789012:function:f', 'error', 'malformed', /spelled/],
  [
    'arn:aws:lambda:us-east-1:[1234-5678-9012]:function:f',
    'error',
    'malformed',
    /dashes/,
    `${place}:function:f`,
  ],
  ['arn:aws:lambda:us-east-1:[12345678901]:function:f', 'error', 'malformed', /this has 11/],
  ['arn:aws:lambda:us-east-1:[1234567890123]:function:f', 'error', 'malformed', /this has 13/],
  ['arn:aws:lambda:us-east-1:[ACCOUNT_ID]:function:f', 'error', 'malformed', /"ACCOUNT_ID" is not/],
  [
    'arn:aws:[lambda]::123456789012:function:f',
    'error',
    'incomplete-arn',
    /after "lambda": the region/,
  ],
  [
    'arn:aws:lambda:[us-east-1]::function:f',
    'error',
    'incomplete-arn',
    /after "us-east-1": the account \(12 digits\)\./,
  ],
  [`${place}:[layer]:l:3`, 'error', 'not-a-function', /in place of "layer"/],
  [
    `${place}:[functon]:f:1`,
    'error',
    'malformed',
    /"function", not "functon"/,
    `${place}:function:f:1`,
  ],
  [`${place}:function[/]f`, 'error', 'malformed', /not a slash/, `${place}:function:f`],
  [`${place}:[function]:`, 'error', 'incomplete-arn', /after "function": the function's name\./],
  [`${place}:function:f[:]`, 'error', 'qualifier', /leave the colon out/, `${place}:function:f`],
  [`${place}:function:f:prod[:prod]`, 'error', 'qualifier', /twice/, `${place}:function:f:prod`],
  [
    'arn:aws:[lambda]',
    'error',
    'incomplete-arn',
    /after "lambda": the region .*, the account .*, the word "function", the function's name\./,
  ],
  [`${'f'.repeat(256)}[f]`, 'error', 'too-long', /at most 256 .* has 257/],
  // The documentation of Invoke: a bare name has at most 64 characters.
  [`${'f'.repeat(64)}[f]`, 'error', 'too-long', /at most 64 .* has 65/],
];

/** What the service accepts, and the writer surely did not mean. */
const accepted: readonly Case[] = [
  ['arn:[aws]', 'warning', 'incomplete-arn', /after "aws": the service/],
  [
    'arn:aws:lambda:[us-east-1]',
    'warning',
    'incomplete-arn',
    /An ARN needs 7 segments\. Missing after "us-east-1": the account/,
  ],
  [
    'arn:aws:lambda:[us-east-1]:function:f',
    'warning',
    'incomplete-arn',
    /after "us-east-1": the account \(12 digits\)\./,
  ],
  [
    'arn:aws:[lambda]:123456789012:function:f',
    'warning',
    'incomplete-arn',
    /after "lambda": the region/,
  ],
  [
    `arn:aws:lambda:us-east-1:[123456789012]:f`,
    'warning',
    'incomplete-arn',
    /: the word "function"\./,
    `${place}:function:f`,
  ],
  [
    'arn:aws:lambda:us-east-1:[123456789012]:myfunction:prod',
    'warning',
    'incomplete-arn',
    /: the word "function"\./,
    `${place}:function:myfunction:prod`,
  ],
  [
    `arn:aws:lambda:us-east-1:[123456789012]:f:live`,
    'warning',
    'incomplete-arn',
    /: the word "function"\./,
    `${place}:function:f:live`,
  ],
  [`${place}:[function]`, 'warning', 'incomplete-arn', /: the function's name\./],
  [
    `${place}:[Function]:f`,
    'warning',
    'malformed',
    /"function", not "Function"/,
    `${place}:function:f`,
  ],
  [
    `${place}:[functions]:f`,
    'warning',
    'malformed',
    /"function", not "functions"/,
    `${place}:function:f`,
  ],
  [
    `${place}:[functon]:f`,
    'warning',
    'malformed',
    /"function", not "functon"/,
    `${place}:function:f`,
  ],
  [
    '123456789012:[Function]:f',
    'warning',
    'malformed',
    /"function", not "Function"/,
    '123456789012:function:f',
  ],
  [`${place}:[layer]:l`, 'warning', 'not-a-function', /in place of "layer"/],
  [
    `${place}:[event-source-mapping]:a1b2`,
    'warning',
    'not-a-function',
    /in place of "event-source-mapping"/,
  ],
  [
    `${place}:[code-signing-config]:csc-1`,
    'warning',
    'not-a-function',
    /in place of "code-signing-config"/,
  ],
  [
    `${place}:[capacity-provider]:batch`,
    'warning',
    'not-a-function',
    /in place of "capacity-provider"/,
  ],
  [
    'arn[:]:lambda:us-east-1:123456789012:function:f',
    'warning',
    'partition',
    /the region is in "aws"/,
    `${place}:function:f`,
  ],
  [
    'arn:[aws-foo]:lambda:us-east-1:123456789012:function:f',
    'warning',
    'partition',
    /No partition is known/,
    `${place}:function:f`,
  ],
  [
    'arn:[aws-cn]:lambda:us-east-1:123456789012:function:f',
    'warning',
    'partition',
    /"us-east-1" is in the partition "aws"/,
    `${place}:function:f`,
  ],
  [
    'arn:[aws]:lambda:us-gov-west-1:123456789012:function:f',
    'warning',
    'partition',
    /"aws-us-gov"/,
    'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f',
  ],
  // A region that is new to the table, and named like those of a partition.
  [
    'arn:[aws]:lambda:cn-south-9:123456789012:function:f',
    'warning',
    'partition',
    /"aws-cn"/,
    'arn:aws-cn:lambda:cn-south-9:123456789012:function:f',
  ],
  [
    'arn:aws:lambda:[us-esat-1]:123456789012:function:f',
    'warning',
    'region',
    /"us-east-1" is/,
    `${place}:function:f`,
  ],
  ['[a.b]', 'warning', 'name', /dot/],
  [`${place}:function:${'f'.repeat(64)}[ff]`, 'warning', 'name', /at most 64 .* has 66/],
  ['f:[0]', 'warning', 'qualifier', /numbered from 1/],
  ['f:[LATEST]', 'hint', 'qualifier', /"\$LATEST"/, 'f:$LATEST'],
];

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

function unbracket(value: string) {
  const start = value.indexOf('[');
  const end = value.indexOf(']') - 1;
  return { text: value.replace('[', '').replace(']', ''), range: { start, end } };
}

function apply(text: string, { edits }: Fix): string {
  return [...edits]
    .toSorted((one, other) => other.range.start - one.range.start)
    .reduce(
      (result, { range, newText }) =>
        result.slice(0, range.start) + newText + result.slice(range.end),
      text,
    );
}

describe('identifierProblems', () => {
  for (const [value, severity, code, words, ...fixed] of [...refused, ...accepted]) {
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

  it('has an error exactly where the service refuses, or the bare name is too long', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const text = pieces.join(':');
        const problems = identifierProblems(text, target);
        const parsed = parseFunctionIdentifier(text);
        const isTooLong =
          parsed.ok && parsed.identifier.form === 'name' && parsed.identifier.name.text.length > 64;
        const hasError = problems.some(({ severity }) => severity === 'error');
        assert.equal(hasError, !parsed.ok || isTooLong, `${text}: ${JSON.stringify(problems)}`);
        for (const { range } of problems) {
          assert.ok(range.start >= 0 && range.start <= range.end && range.end <= text.length);
        }
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
