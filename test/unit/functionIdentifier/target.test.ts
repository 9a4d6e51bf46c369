import assert from 'node:assert/strict';
import { correctedTarget } from '../../../src/core/functionIdentifier/corrected';
import { qualifierProblem } from '../../../src/core/functionIdentifier/qualifier';
import { place } from './problemCases';

describe('correctedTarget', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    [`${place}:Function:orders`, `${place}:function:orders`],
    ['ARN:AWS:lamda:US-EAST-1:1234-5678-9012:Function:f:1:1', `${place}:function:f:1`],
    ['f:$latest', 'f:$LATEST'],
    ['f:', 'f'],
    // Right, or wrong in a way that only its writer can put right.
    ['f', undefined],
    ['f:live', undefined],
    [`arn:aws-cn:lambda:us-east-1:123456789012:function:f`, undefined],
    ['my function', undefined],
    ['f:1:2', undefined],
    [`${place}:layer:l:3`, undefined],
    ['arn:aws:lambda:us-east-1:12345:Function:f', undefined],
    ['', undefined],
  ];
  for (const [text, corrected] of cases) {
    it(`${JSON.stringify(text)}: ${corrected ?? 'nothing'}`, () => {
      assert.equal(correctedTarget(text), corrected);
    });
  }
});

describe('qualifierProblem', () => {
  const right: readonly (readonly [qualifier: string, functionName: string])[] = [
    ['live', 'orders'],
    ['live', 'orders:live'],
    ['1', `${place}:function:orders`],
    ['$LATEST', 'orders'],
    ['$LATEST.PUBLISHED', 'orders'],
    ['LATEST', 'orders'],
    ['', 'orders'],
    ['a'.repeat(128), 'orders'],
  ];
  for (const [qualifier, functionName] of right) {
    it(`nothing: ${qualifier.slice(0, 20)} with ${functionName}`, () => {
      assert.equal(qualifierProblem(qualifier, functionName), undefined);
    });
  }

  const wrong: readonly (readonly [qualifier: string, functionName: string, words: RegExp])[] = [
    ['a'.repeat(129), 'orders', /at most 128 .* has 129/],
    ['my alias', 'orders', /not " "/],
    ['prod$', 'orders', /not "\$"/],
    ['$latest', 'orders', /spelled "\$LATEST"/],
    ['$LIVE', 'orders', /only "\$LATEST"/],
    ['0', 'orders', /numbered from 1/],
    ['live:1', 'orders', /not ":"/],
    ['live', 'orders:prod', /ends in ":prod".*"live"/],
    ['2', `${place}:function:orders:1`, /ends in ":1".*"2"/],
    ['$LATEST', 'orders:1', /ends in ":1"/],
  ];
  for (const [qualifier, functionName, words] of wrong) {
    it(`error: ${JSON.stringify(qualifier.slice(0, 20))} with ${functionName}`, () => {
      const problem = qualifierProblem(qualifier, functionName);
      assert.equal(problem?.code, 'identifier.qualifier');
      assert.equal(problem.severity, 'error');
      assert.match(problem.message, words);
      assert.ok(problem.range.end <= qualifier.length);
    });
  }
});
