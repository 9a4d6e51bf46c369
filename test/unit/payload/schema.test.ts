import assert from 'node:assert/strict';
import { SchemaChecker, UnusableSchemaError } from '../../../src/core/payload/schema';
import { applyFixes } from './applyFixes';
import { unmarked } from './unmarked';

const draft2020 = 'https://json-schema.org/draft/2020-12/schema';

/** For each keyword: a schema, a payload with the places that are marked («…») in it, and the messages in order. */
const positions: readonly (readonly [
  keyword: string,
  schema: object,
  marked: string,
  ...messages: string[],
])[] = [
  [
    'type',
    { items: { type: 'string' } },
    '["a", «42», «true», «null»]',
    'Must be a string, is the number 42.',
    'Must be a string, is true.',
    'Must be a string, is null.',
  ],
  [
    'type, of an object with a key',
    { properties: { a: { type: 'string' } } },
    '{«"a"»: {"b": 1}}',
    'Must be a string, is an object.',
  ],
  [
    'type, of an item that is an array',
    { items: { type: ['integer', 'null'] } },
    '[1, «[»2]]',
    'Must be an integer or null, is an array.',
  ],
  [
    'enum',
    { properties: { size: { enum: ['small', 'medium', 3] } } },
    '{"size": «"smal"»}',
    'Must be "small", "medium" or 3, is the string "smal". Did you mean "small"?',
  ],
  [
    'enum of many',
    { enum: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
    '«0»',
    'Must be 1, 2, 3, 4, 5, 6, 7, 8 or one of 2 others, is the number 0.',
  ],
  [
    'const',
    { properties: { source: { const: 'aws:sqs' } } },
    '{"source": «"aws:sns"»}',
    'Must be "aws:sqs", is the string "aws:sns".',
  ],
  [
    'required',
    { properties: { order: { required: ['orderId', 'total'] } } },
    '{«"order"»: {"total": 1}}',
    '"orderId" is missing.',
  ],
  [
    'required, of the document',
    { required: ['orderId'] },
    ' «{»"total": 1}',
    '"orderId" is missing.',
  ],
  [
    'required, beside its misspelling',
    {
      required: ['messageId', 'body', 'firstName', 'lastName'],
      properties: { firstName: {}, lastName: {} },
    },
    '«{»«"messageID"»: 1, «"fistName"»: 2, "bulk": 3}',
    '"body" is missing.',
    '"lastName" is missing.',
    '"messageId" is missing. Is "messageID" meant to be it?',
    '"firstName" is missing. Is "fistName" meant to be it?',
  ],
  [
    'required, where its misspelling is an error itself',
    { required: ['messageId'], properties: { messageId: {} }, additionalProperties: false },
    '{«"messageID"»: 1}',
    '"messageID" is not a key that this object may have. Did you mean "messageId"?',
  ],
  [
    'dependentRequired',
    { $schema: draft2020, dependentRequired: { a: ['b'] } },
    '«{»"a": 1}',
    '"b" is missing: it goes with "a".',
  ],
  [
    'dependencies',
    { dependencies: { a: ['b'] } },
    '«{»"a": 1}',
    '"b" is missing: it goes with "a".',
  ],
  [
    'additionalProperties',
    { properties: { orderId: {} }, additionalProperties: false },
    '{«"ordrId"»: 1, «"a/b~c"»: 2}',
    '"ordrId" is not a key that this object may have. Did you mean "orderId"?',
    '"a/b~c" is not a key that this object may have.',
  ],
  [
    'unevaluatedProperties',
    { $schema: draft2020, properties: { a: {} }, unevaluatedProperties: false },
    '{"a": 1, «"b"»: 2}',
    '"b" is not a key that this object may have.',
  ],
  [
    'propertyNames',
    { propertyNames: { pattern: '^[a-z]+$' } },
    '{"a": 1, «"B"»: 2}',
    'This key must match the pattern ^[a-z]+$.',
  ],
  [
    'minProperties',
    { properties: { a: { minProperties: 2 } } },
    '{«"a"»: {"b": 1}}',
    'Too few keys: 1 instead of at least 2.',
  ],
  [
    'maxProperties',
    { maxProperties: 1 },
    '«{»"a": 1, "b": 2}',
    'Too many keys: 2 instead of at most 1.',
  ],
  ['minItems', { minItems: 2 }, '«[»1]', 'Too few items: 1 instead of at least 2.'],
  [
    'maxItems',
    { properties: { a: { maxItems: 1 } } },
    '{«"a"»: [1, 2]}',
    'Too many items: 2 instead of at most 1.',
  ],
  [
    'uniqueItems',
    { uniqueItems: true },
    '[{"a": 1}, 2, «{»"a": 1}]',
    'Items must differ: items 0 and 2 are the same.',
  ],
  [
    'contains',
    { contains: { type: 'string' } },
    '«[»1, 2]',
    'Too few items of the kind that must be here: at least 1.',
  ],
  [
    'items, after prefixItems',
    { $schema: draft2020, prefixItems: [{}], items: false },
    '[1, «2», 3]',
    'Only 1 item may be here.',
  ],
  [
    'additionalItems',
    { items: [{}, {}], additionalItems: false },
    '[1, 2, «3»]',
    'Only 2 items may be here.',
  ],
  [
    'unevaluatedItems',
    { $schema: draft2020, prefixItems: [{}], unevaluatedItems: false },
    '[1, «2»]',
    'Only 1 item may be here.',
  ],
  ['minimum', { items: { minimum: 1 } }, '[«0», 1]', 'Must be at least 1, is 0.'],
  ['maximum', { items: { maximum: 1 } }, '[1, «1.5»]', 'Must be at most 1, is 1.5.'],
  ['exclusiveMinimum', { exclusiveMinimum: 0 }, '«0»', 'Must be more than 0, is 0.'],
  ['exclusiveMaximum', { exclusiveMaximum: 0 }, '«0»', 'Must be less than 0, is 0.'],
  ['multipleOf', { multipleOf: 5 }, '«7»', 'Must be a multiple of 5, is 7.'],
  ['minLength', { minLength: 2 }, '«"😀"»', 'Too few characters: 1 instead of at least 2.'],
  [
    'maxLength',
    { properties: { a: { maxLength: 2 } } },
    '{"a": «"x\\ny"»}',
    'Too many characters: 3 instead of at most 2.',
  ],
  ['pattern', { pattern: '^o-\\d+$' }, '«"order"»', 'Must match the pattern ^o-\\d+$.'],
  [
    'format',
    { properties: { at: { format: 'date-time' } } },
    '{"at": «"today"»}',
    'Must be a date and time such as 2026-01-31T12:00:00Z.',
  ],
  ['format base64', { format: 'base64' }, '«"%%"»', 'Must be Base64.'],
  [
    'format, told once with its pattern',
    { format: 'ipv4', pattern: '^[\\d.]+$' },
    '«"x"»',
    'Must be an IPv4 address such as 192.0.2.1.',
  ],
  [
    'not',
    { properties: { a: { not: { const: 1 } } } },
    '{"a": «1»}',
    'Has the very shape that is not allowed here.',
  ],
  ['false', { properties: { a: false } }, '{"a": «1»}', 'Nothing is allowed here.'],
  [
    'if and else',
    { if: { maxProperties: 0 }, else: { required: ['b'] } },
    '«{»"a": 1}',
    '"b" is missing.',
  ],
  [
    '$ref',
    { definitions: { id: { type: 'string' } }, items: { $ref: '#/definitions/id' } },
    '[«1»]',
    'Must be a string, is the number 1.',
  ],
  [
    'dependentSchemas',
    { $schema: draft2020, dependentSchemas: { a: { required: ['b'] } } },
    '«{»"a": 1}',
    '"b" is missing.',
  ],
  [
    'anyOf, of types',
    { items: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
    '[«1», "a", null]',
    'Must be a string or null, is the number 1.',
  ],
  [
    'anyOf, of keys',
    { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    '«{»}',
    'Fits none of the shapes that are allowed here.',
  ],
  [
    'anyOf, of which one was meant',
    { anyOf: [{ type: 'object', required: ['a'] }, { type: 'null' }] },
    '«{»}',
    '"a" is missing.',
  ],
  [
    'anyOf, of which one has its keys',
    { anyOf: [{ required: ['a'] }, { properties: { b: { type: 'object' } }, required: ['b'] }] },
    '{"b": «null»}',
    'Must be an object, is null.',
  ],
  [
    'oneOf, told apart by a member',
    { items: { oneOf: [kind('card', 'number'), kind('cash', 'amount')] } },
    '[{"kind": "card", «"number"»: {}}, {"kind": «"csh"», "amount": ""}]',
    'Must be a string, is an object.',
    'Must be "card" or "cash", is the string "csh". Did you mean "cash"?',
  ],
  [
    'oneOf, through references',
    {
      definitions: { card: kind('card', 'number'), cash: kind('cash', 'amount') },
      oneOf: [{ $ref: '#/definitions/card' }, { $ref: '#/definitions/cash' }],
    },
    '{"kind": "cash", "amount": «1»}',
    'Must be a string, is the number 1.',
  ],
  [
    'oneOf, of which two fit',
    { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
    '«{»"a": 1, "b": 2}',
    'Fits more than one of the shapes of which it must fit exactly one.',
  ],
  [
    'anyOf beside other keywords',
    { type: 'string', minLength: 3, anyOf: [{ pattern: '^a' }, { pattern: '^b' }] },
    '«"x"»',
    'Fits none of the shapes that are allowed here.',
    'Too few characters: 1 instead of at least 3.',
  ],
  [
    'a key that is there twice: the last counts',
    { properties: { a: { type: 'string' } } },
    '{"a": "x", "a": «1»}',
    'Must be a string, is the number 1.',
  ],
];

function kind(name: string, member: string): object {
  return {
    properties: { kind: { const: name }, [member]: { type: 'string' } },
    required: ['kind', member],
  };
}

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
      ['refer to themselves without end', '{"$ref": "#"}', /without end/],
      [
        'refer to each other without end',
        '{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}',
        /refers to itself without end/,
      ],
      ['are asynchronous', '{"$async": true}', /"\$async" is not supported/],
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
