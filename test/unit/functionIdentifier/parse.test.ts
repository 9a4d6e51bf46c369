import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  currentPattern,
  parseFunctionIdentifier,
  seedPattern,
} from '../../../src/core/functionIdentifier/parse';

const model = 'pattern of the service model';
const invokePage = 'API_Invoke, FunctionName';

const acceptedValues = [
  { text: 'my-function', source: invokePage, form: 'name', name: 'my-function' },
  {
    text: 'my-function:v1',
    source: invokePage,
    form: 'name',
    name: 'my-function',
    qualifier: 'v1',
  },
  {
    text: 'arn:aws:lambda:us-west-2:123456789012:function:my-function',
    source: invokePage,
    form: 'arn',
    partition: 'aws',
    region: 'us-west-2',
    account: '123456789012',
    resourceType: 'function',
    name: 'my-function',
  },
  {
    text: '123456789012:function:my-function',
    source: invokePage,
    form: 'partialArn',
    account: '123456789012',
    resourceType: 'function',
    name: 'my-function',
  },
  {
    text: '123456789012:Thumbnail',
    source: 'API_AddPermission, FunctionName',
    form: 'partialArn',
    account: '123456789012',
    name: 'Thumbnail',
  },
  {
    text: 'f:$LATEST',
    source: 'Lambda function versions',
    form: 'name',
    name: 'f',
    qualifier: '$LATEST',
  },
  {
    text: 'f:$LATEST.PUBLISHED',
    source: model,
    form: 'name',
    name: 'f',
    qualifier: '$LATEST.PUBLISHED',
  },
  { text: 'us-east-1:f', source: model, form: 'partialArn', region: 'us-east-1', name: 'f' },
  { text: 'us-east-1', source: model, form: 'name', name: 'us-east-1' },
  // Only the grammar's order of choices tells these apart: what can be a qualifier alone is never the name.
  {
    text: 'us-east-1:$LATEST',
    source: model,
    form: 'name',
    name: 'us-east-1',
    qualifier: '$LATEST',
  },
  {
    text: 'function:$LATEST',
    source: model,
    form: 'name',
    name: 'function',
    qualifier: '$LATEST',
  },
  { text: 'function:f', source: model, form: 'partialArn', resourceType: 'function', name: 'f' },
  {
    text: 'function:function:function',
    source: model,
    form: 'partialArn',
    resourceType: 'function',
    name: 'function',
    qualifier: 'function',
  },
  { text: '123456789012', source: model, form: 'name', name: '123456789012' },
  {
    text: '123456789012:1',
    source: model,
    form: 'partialArn',
    account: '123456789012',
    name: '1',
  },
  { text: 'arn:aws', source: model, form: 'name', name: 'arn', qualifier: 'aws' },
  { text: 'arn::lambda:f', source: model, form: 'arn', partition: '', name: 'f' },
  { text: 'a.b', source: model, form: 'name', name: 'a.b' },
  {
    text: 'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f:PROD',
    source: model,
    form: 'arn',
    partition: 'aws-us-gov',
    region: 'us-gov-west-1',
    account: '123456789012',
    resourceType: 'function',
    name: 'f',
    qualifier: 'PROD',
  },
  {
    text: 'arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:f',
    source: model,
    form: 'arn',
    partition: 'aws-eusc',
    region: 'eusc-de-east-1',
    account: '123456789012',
    resourceType: 'function',
    name: 'f',
  },
  {
    text: 'arn:aws-iso-b:lambda:us-isob-east-1:123456789012:function:f:7',
    source: model,
    form: 'arn',
    partition: 'aws-iso-b',
    region: 'us-isob-east-1',
    account: '123456789012',
    resourceType: 'function',
    name: 'f',
    qualifier: '7',
  },
];

const refusedValues: readonly (readonly [
  text: string,
  source: string,
  start: number,
  end: number,
])[] = [
  ['', model, 0, 0],
  ['f'.repeat(257), model, 256, 257],
  [':', model, 0, 0],
  ['f:', model, 2, 2],
  ['my function', model, 0, 11],
  ['f:a.b', model, 2, 5],
  ['f:$latest', model, 2, 9],
  ['$LATEST', model, 0, 7],
  ['a:b:c', model, 4, 5],
  ['arn:aws:lambda', model, 8, 14],
  ['arn:aws:lambda:', model, 15, 15],
  ['arn:foo:lambda:us-east-1:123456789012:function:f', model, 4, 7],
  ['arn:aws:Lambda:us-east-1:123456789012:function:f', model, 8, 14],
  ['arn:aws:lambda:us-east-1:123456789012:function:f:1:2', model, 51, 52],
  ['ƒ', model, 0, 1],
  ['f\n', model, 0, 2],
  ['f\0', model, 0, 2],
  ['\ud83d', model, 0, 1],
];

/** Segments of identifiers, right ones and near misses, so that long chains are often accepted. */
const segment = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('arn', 'aws', 'lambda', 'us-east-1', '123456789012', 'function'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      'arn:aws:lambda:us-east-1:123456789012:function:f',
      'arn:aws:lambda',
      '123456789012:function:f',
      'us-east-1:f',
      'x'.repeat(130),
      ...'f my-function a.b $LATEST $LATEST.PUBLISHED $latest $ 1 42 prod PROD'.split(' '),
      ...'aws-cn aws-us-gov awsX AWS aws2 Lambda layer Function functions'.split(' '),
      ...'us-gov-west-1 us-iso-east-1 us-isob-east-1 eusc-de-east-1 eusc-us-gov-east-1'.split(' '),
      ...'us-east-10 US-EAST-1 us-east1 us-isoxx-east-1'.split(' '),
      ...'12345678901 1234567890123 1234-5678-9012'.split(' '),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({
      maxLength: 6,
      unit: fc.constantFrom(...'a b z - _ . : $ 0 1 9 A é \n'.split(' '), ' '),
    }),
  },
);

/** Any chain of segments, or one whose segments stand in their order, so that the service accepts many. */
const chain = fc.oneof(
  fc.array(segment, { minLength: 1, maxLength: 8 }),
  fc
    .tuple(
      fc.constantFrom(
        [],
        ['arn', 'aws', 'lambda'],
        ['arn', '', 'lambda'],
        ['arn', 'aws-cn', 'lambda'],
      ),
      fc.subarray(['us-east-1', '123456789012', 'function']),
      fc.constantFrom(
        ['f'],
        ['f', '1'],
        ['us-gov-west-1', 'prod'],
        ['f', '$LATEST'],
        ['a.b', '$LATEST.PUBLISHED'],
      ),
    )
    .map((parts) => parts.flat()),
);

const junk = fc.constantFrom(...': $ - _ . a Z 0 / é \n \0'.split(' '), ' ', '\ud800', '\u2028');

/** The value itself and what one slip makes of it: segments left out, doubled, swapped, upper-cased; characters too. */
function* nearMisses(segments: readonly string[], character: string): Generator<string> {
  yield segments.join(':');
  for (const [index, text] of segments.entries()) {
    yield segments.toSpliced(index, 1).join(':');
    yield segments.toSpliced(index, 0, text).join(':');
    yield segments.toSpliced(index, 1, '').join(':');
    yield segments.toSpliced(index, 1, text.toUpperCase()).join(':');
    yield segments.toSpliced(index, 2, segments[index + 1] ?? '', text).join(':');
    yield segments.slice(index).join(':');
    yield segments.toSpliced(index, 1, text + character).join(':');
    yield segments.toSpliced(index, 1, character + text).join(':');
    yield segments.toSpliced(index, 1, text.slice(1)).join(':');
    yield segments.toSpliced(index, 1, text.slice(0, -1)).join(':');
  }
}

function isAccepted(text: string): boolean {
  return text.length >= 1 && text.length <= 256 && currentPattern.test(text);
}

describe('parseFunctionIdentifier', () => {
  it('agrees with the pattern of the service on a million strings', function () {
    this.timeout(120_000);
    let strings = 0;
    let accepted = 0;
    fc.assert(
      fc.property(chain, junk, (segments, character) => {
        for (const text of nearMisses(segments, character)) {
          const parsed = parseFunctionIdentifier(text);
          if (parsed.ok !== isAccepted(text)) assert.fail(`disagrees on ${JSON.stringify(text)}`);
          if (parsed.ok) accepted += 1;
          strings += 1;
        }
      }),
      { numRuns: 22_000 },
    );
    assert.ok(strings >= 1_000_000, `${strings} strings`);
    // Both answers have to be frequent, or the agreement says little.
    assert.ok(
      accepted > strings / 10 && accepted < strings / 2,
      `${accepted} accepted of ${strings}`,
    );
  });

  it('accepts all that the first version of the API accepted', () => {
    fc.assert(
      fc.property(fc.stringMatching(seedPattern, { maxLength: 170 }), (text) => {
        fc.pre(text.length <= 170);
        assert.ok(parseFunctionIdentifier(text).ok, text);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives parts that are the text of their ranges, and a fault that lies inside the text', () => {
    fc.assert(
      fc.property(chain, (segments) => {
        const text = segments.join(':');
        const parsed = parseFunctionIdentifier(text);
        if (!parsed.ok) {
          const { start, end } = parsed.fault.range;
          assert.ok(start >= 0 && start <= end && end <= text.length);
          return;
        }
        const { form, ...parts } = parsed.identifier;
        const inOrder = Object.values(parts).filter((part) => part !== undefined);
        for (const { text: part, range } of inOrder)
          assert.equal(text.slice(range.start, range.end), part);
        const { partition } = parts;
        assert.equal(form === 'arn', partition !== undefined);
        // Together they are the whole text: nothing is left out and nothing is told twice.
        const words = inOrder.map((part) =>
          part === partition ? `arn:${part.text}:lambda` : part.text,
        );
        assert.equal(words.join(':'), text);
      }),
      { numRuns: 5000 },
    );
  });

  for (const { text, source, ...parts } of acceptedValues) {
    it(`reads ${text} (${source})`, () => {
      const parsed = parseFunctionIdentifier(text);
      assert.ok(parsed.ok);
      const { form, ...found } = parsed.identifier;
      const texts = Object.fromEntries(
        Object.entries(found).flatMap(([part, value]) => (value ? [[part, value.text]] : [])),
      );
      assert.deepEqual({ form, ...texts }, parts);
    });
  }

  for (const [text, source, start, end] of refusedValues) {
    it(`refuses ${JSON.stringify(text).slice(0, 80)} (${source})`, () => {
      const parsed = parseFunctionIdentifier(text);
      assert.ok(!parsed.ok);
      assert.deepEqual(parsed.fault.range, { start, end });
    });
  }

  it('looks at no more than the length of a value that is too long', () => {
    for (const unit of ['a:', 'arn:', '7', '\ud800', '\0', ':$LATEST']) {
      const text = unit.repeat(100_000 / unit.length);
      const parsed = parseFunctionIdentifier(text);
      assert.deepEqual(parsed, {
        ok: false,
        fault: { cause: 'tooLong', part: undefined, range: { start: 256, end: text.length } },
      });
    }
  });
});
