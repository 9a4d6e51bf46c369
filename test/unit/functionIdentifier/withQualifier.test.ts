import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseFunctionIdentifier } from '../../../src/core/functionIdentifier/parse';
import { withQualifier } from '../../../src/core/functionIdentifier/withQualifier';
import { identifierMaxLength } from '../../../src/core/limits';

/** The texts of the parts that say which function is meant, without its qualifier. */
function functionOf(text: string) {
  const parsed = parseFunctionIdentifier(text);
  if (!parsed.ok) return undefined;
  const { partition, region, account, name } = parsed.identifier;
  return [partition, region, account, name].map((part) => part?.text);
}

function qualifierOf(text: string): string | undefined {
  const parsed = parseFunctionIdentifier(text);
  return parsed.ok ? parsed.identifier.qualifier?.text : undefined;
}

/** Parts of identifiers in all orders, so that names read like other parts. */
const part = fc.constantFrom(
  ...'arn aws lambda us-east-1 us-gov-west-1 123456789012 function f my-function a.b 1'.split(' '),
);
const functionName = fc
  .oneof(
    fc.array(part, { minLength: 1, maxLength: 3 }),
    fc.tuple(
      fc.constantFrom([], ['arn', 'aws', 'lambda'], ['arn', '', 'lambda']),
      fc.subarray(['us-east-1', '123456789012', 'function']),
      part,
    ),
  )
  .map((parts) => parts.flat().join(':'))
  .filter((text) => parseFunctionIdentifier(text).ok);
const qualifier = fc.oneof(
  fc.constantFrom('1', '42', 'live', '$LATEST', '$LATEST.PUBLISHED'),
  fc.constantFrom('function', 'us-east-1', '123456789012', 'arn', 'lambda'),
);

describe('withQualifier', () => {
  it('names the same function with the qualifier, whatever its name reads like', () => {
    let suffixed = 0;
    fc.assert(
      fc.property(functionName, qualifier, (name, alias) => {
        fc.pre(qualifierOf(name) === undefined || qualifierOf(name) === alias);
        const text = withQualifier(name, alias);
        assert.deepEqual(functionOf(text), functionOf(name), text);
        assert.equal(qualifierOf(text), alias, text);
        suffixed += 1;
      }),
      { numRuns: 5000 },
    );
    assert.equal(suffixed, 5000);
  });

  it('makes no other function of a name that has another qualifier, or is none', () => {
    fc.assert(
      fc.property(functionName, qualifier, (name, alias) => {
        fc.pre(qualifierOf(name) !== undefined && qualifierOf(name) !== alias);
        assert.equal(functionOf(withQualifier(name, alias)), undefined);
      }),
      { numRuns: 2000 },
    );
    for (const name of ['arn:aws:lambda', 'my function', 'f'.repeat(identifierMaxLength + 1)]) {
      assert.equal(withQualifier(name, 'live'), name);
      assert.equal(withQualifier(name, ''), name);
    }
  });

  const cases: [functionName: string, qualifier: string | undefined, expected: string][] = [
    ['orders', 'live', 'orders:live'],
    ['orders:live', 'live', 'orders:live'],
    ['orders', undefined, 'orders'],
    ['123456789012', '1', 'function:123456789012:1'],
    ['us-east-1', 'live', 'function:us-east-1:live'],
    ['us-east-1', '$LATEST', 'us-east-1:$LATEST'],
    ['function', '1', 'function:function:1'],
    ['123456789012:function', '1', '123456789012:function:function:1'],
  ];
  for (const [name, alias, expected] of cases) {
    it(`makes ${expected} of ${name} and ${alias ?? 'no qualifier'}`, () => {
      assert.equal(withQualifier(name, alias), expected);
    });
  }
});
