import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isMeantAsFunction } from '../../../src/core/functionIdentifier/meant';
import { partitions } from '../../../src/core/functionIdentifier/partitions';
import { identifierProblems } from '../../../src/core/functionIdentifier/problems';
import { isRightArn } from '../../../src/core/functionIdentifier/rightArn';

describe('isRightArn', () => {
  it('takes every region in its partition, with and without an alias or a version', () => {
    for (const { id, regions } of partitions)
      for (const { name } of regions)
        for (const suffix of ['', ':1', ':live', ':$LATEST', ':$LATEST.PUBLISHED']) {
          const text = `arn:${id}:lambda:${name}:123456789012:function:my-function${suffix}`;
          assert.ok(isRightArn(text), text);
        }
  });

  it('takes only that in which the checks of all parts find nothing, and what is surely meant as a function', () => {
    const segment = (right: readonly string[], wrong: readonly string[]) =>
      fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(...right) },
        { weight: 1, arbitrary: fc.constantFrom(...wrong) },
      );
    const name = 'f'.repeat(64);
    const arns = fc.tuple(
      segment(['arn'], ['ARN', ' arn', '']),
      segment(['aws'], ['aws-cn', 'aws-foo', 'awss', '']),
      segment(['lambda'], ['Lambda', 'lamda', 'sns', '']),
      segment(['us-east-1', 'eu-west-1'], ['cn-north-1', 'us-east-9', 'us-esat-1', 'us-east', '']),
      segment(['123456789012'], ['1234', '1234-5678-9012', '12345678901O', '']),
      segment(['function'], ['functon', 'Function', 'layer', '']),
      segment(
        ['f', 'functions', name],
        ['function', 'my.f', 'us-east-1.f', `${name}f`, 'f/g', 'f@1', 'é', ''],
      ),
      fc.array(
        segment(
          ['1', 'live', '$LATEST', '$LATEST.PUBLISHED', 'f'.repeat(128)],
          ['0', '01', '0x', '$latest', 'f'.repeat(129), 'function', 'f.g', 'execution', 'f ', ''],
        ),
        { maxLength: 2 },
      ),
    );
    let right = 0;
    fc.assert(
      fc.property(arns, ([...segments]) => {
        const text = segments.flat().join(':');
        if (!isRightArn(text)) return;
        right++;
        assert.deepEqual(identifierProblems(text, { isTarget: true }), [], text);
        // A region that the table does not know is as good, and has the text read part by part.
        const elsewhere = text.replace(/(?<=:lambda:)[^:]+/, 'nz-north-1');
        assert.ok(!isRightArn(elsewhere) && isMeantAsFunction(elsewhere), elsewhere);
      }),
      { numRuns: 20_000 },
    );
    assert.ok(right > 1000, `${right}`);
  });
});
