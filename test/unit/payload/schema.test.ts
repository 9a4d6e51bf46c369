import assert from 'node:assert/strict';
import { SchemaChecker, UnusableSchemaError } from '../../../src/core/payload/schema';
import { applyFixes } from './applyFixes';
import { positions } from './schemaCases';
import { unmarked } from './unmarked';

/** What the fixes make of a payload. */
const fixes: readonly (readonly [name: string, schema: object, before: string, after: string])[] = [
  [
    'a misspelled key',
    { properties: { orderId: {} }, additionalProperties: false },
    '{"ordrId": 1}',
    '{"orderId": 1}',
  ],
  [
    'a missing key by the one that stands for it',
    { required: ['orderId'] },
    '{"orderID": 1}',
    '{"orderId": 1}',
  ],
  ['a misspelled value', { enum: ['small', 'large'] }, '"lrge"', '"large"'],
  ['the one value that is allowed', { const: 'aws:sqs' }, '"sqs"', '"aws:sqs"'],
  ['a number in quotes', { type: 'integer' }, '"42"', '42'],
  ['a number without quotes', { type: 'string' }, '42', '"42"'],
];

describe('schema problems', () => {
  for (const [keyword, schema, marked, ...messages] of positions) {
    it(`tell ${keyword} at its place`, async () => {
      const { text, ranges } = unmarked(marked);
      const problems = await checkerOf({ 'file:///s.json': schema }).problems(
        'file:///s.json',
        text,
      );
      assert.deepEqual(
        problems.map(({ message }) => message),
        messages,
      );
      if (messages.length === ranges.length)
        assert.deepEqual(
          problems.map(({ range }) => range),
          ranges,
        );
      for (const { range } of problems)
        assert.ok(ranges.some((each) => each.start === range.start));
    });
  }

  for (const [name, schema, before, after] of fixes) {
    it(`mend ${name}`, async () => {
      const checker = checkerOf({ 'file:///s.json': schema });
      const mended = applyFixes(before, await checker.problems('file:///s.json', before));
      assert.equal(mended, after);
      assert.deepEqual(await checker.problems('file:///s.json', mended), []);
    });
  }

  it('are a hundred at most', async () => {
    const checker = checkerOf({ 'file:///s.json': { items: { type: 'string' } } });
    const problems = await checker.problems('file:///s.json', JSON.stringify(Array(5000).fill(0)));
    assert.equal(problems.length, 100);
  });
});

describe('schemas', () => {
  it('refer to other files, relative to their own', async () => {
    const checker = checkerOf({
      'file:///w/schemas/order.json': {
        properties: { lines: { items: { $ref: 'line.json#/definitions/line' } } },
      },
      'file:///w/schemas/line.json': {
        definitions: { line: { properties: { sku: { $ref: '../sku.json' } } } },
      },
      'file:///w/sku.json': { type: 'string' },
    });
    const [problem] = await checker.problems(
      'file:///w/schemas/order.json',
      '{"lines": [{"sku": 1}]}',
    );
    assert.deepEqual(problem?.range, { start: 19, end: 20 });
  });

  it('are read and compiled once, until they are forgotten', async () => {
    const read: string[] = [];
    const checker = new SchemaChecker(async (uri) => {
      read.push(uri);
      return '{"type": "string"}';
    });
    await Promise.all([
      checker.problems('file:///s.json', '1'),
      checker.problems('file:///s.json', '"a"'),
    ]);
    assert.equal(read.length, 1);
    checker.forget();
    await checker.problems('file:///s.json', '1');
    assert.equal(read.length, 2);
  });

  const unusable: readonly (readonly [name: string, text: string | undefined, message: RegExp])[] =
    [
      ['are missing', undefined, /no schema file:\/\/\/s\.json in the workspace/],
      ['are not JSON', '{', /is not JSON/],
      ['are no object', '[]', /is not an object/],
      ['break the rules of their draft', '{"type": "strin"}', /schema is invalid/],
      ['hold a pattern that is none', '{"pattern": "("}', /Invalid regular expression/],
      ['are of an old draft', '{"$schema": "http://json-schema.org/draft-04/schema#"}', /draft-04/],
      [
        'refer to the network',
        '{"$ref": "https://example.com/s.json"}',
        /no schema https:\/\/example\.com/,
      ],
      ['refer to nothing', '{"$ref": "#/definitions/nothing"}', /cannot be resolved/],
      ['refer to themselves without end', '{"$ref": "#"}', /endlessly/],
      [
        'refer to each other without end',
        '{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}',
        /refers to itself endlessly/,
      ],
      ['are asynchronous', '{"$async": true}', /"\$async" are not supported/],
    ];
  for (const [name, text, message] of unusable) {
    it(`that ${name} are refused with the reason`, async () => {
      const checker = new SchemaChecker(async (uri) =>
        uri === 'file:///s.json' ? text : undefined,
      );
      await assert.rejects(checker.problems('file:///s.json', '{}'), (error) => {
        assert.ok(error instanceof UnusableSchemaError);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});

function checkerOf(schemas: Readonly<Record<string, object>>): SchemaChecker {
  return new SchemaChecker(async (uri) => JSON.stringify(schemas[uri]));
}
