import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { lookAt, type SchemaLook } from '../../../src/core/payload/schemaLook';

describe('what a schema knows of a place in a payload', () => {
  let sqs: unknown;
  before(async () => {
    sqs = JSON.parse(await readFile('generated/eventSchemas/sqs.json', 'utf8'));
  });

  const look = (
    marked: string,
    schema: unknown,
    more: Record<string, unknown> = {},
  ): SchemaLook => {
    const documents = new Map(Object.entries({ 'file:///s.json': schema, ...more }));
    const found = lookAt(marked.replace('|', ''), marked.indexOf('|'), 'file:///s.json', documents);
    assert.ok(found);
    return found;
  };
  const labels = ({ suggestions }: SchemaLook) => suggestions.map(({ label }) => label);
  const written = (marked: string, schema: unknown, label: string): string => {
    const { range, suggestions } = look(marked, schema);
    const suggestion = suggestions.find((each) => each.label === label);
    assert.ok(suggestion, label);
    const text = marked.replace('|', '');
    return text.slice(0, range.start) + suggestion.snippet + text.slice(range.end);
  };

  it('is its keys, the required ones first, without those that are there', () => {
    const found = labels(look('{ "Records": [{ "body": "x", | }] }', sqs));
    assert.deepEqual(found.slice(0, 3), ['messageId', 'receiptHandle', 'attributes']);
    assert.equal(found.at(-1), 'md5OfMessageAttributes');
    assert.ok(!found.includes('body'));
  });

  it('is known while the JSON is half typed', () => {
    for (const marked of [
      '{ "Records": [{ "|',
      '{ "Records": [{ "mess|" }',
      '{ "Records": [{ "messageId": "a", "attributes": {}, "|\n}] }',
      '{ "Records": [ { |',
    ])
      assert.ok(labels(look(marked, sqs)).includes('body'), marked);
  });

  it('is written with a value to begin with, quotes and commas where they are needed', () => {
    assert.equal(
      written('{ "Records": [{ "b|" }] }', sqs, 'body'),
      '{ "Records": [{ "body": "$1" }] }',
    );
    assert.equal(
      written('{ "Records": [{ |"body": "x" }] }', sqs, 'eventSource'),
      '{ "Records": [{ "eventSource": "aws:sqs","body": "x" }] }',
    );
    assert.equal(
      written('{ "Records": [{ "b|": "x" }] }', sqs, 'body'),
      '{ "Records": [{ "body": "x" }] }',
    );
    assert.match(
      written('{ | }', sqs, 'Records'),
      /^\{ "Records": \[\n\t\{\n\t\t"messageId": "\$1",/,
    );
  });

  it('escapes what JSON and snippets escape', () => {
    const schema = { properties: { 'a"$b\\': { const: 'x}"\\$' } } };
    const [key = ''] = labels(look('{|}', schema));
    assert.equal(written('{|}', schema, key), '{"a\\\\"\\$b\\\\\\\\": "x\\}\\\\"\\\\\\\\\\$"}');
  });

  it('is its values', () => {
    const schema = {
      properties: {
        size: { enum: ['small', 'large', 3] },
        flag: { type: ['boolean', 'null'] },
        name: { type: 'string', examples: ['Ada'] },
      },
    };
    assert.deepEqual(labels(look('{ "size": | }', schema)), ['small', 'large', '3']);
    assert.deepEqual(labels(look('{ "size": "s|" }', schema)), ['small', 'large', '3']);
    assert.deepEqual(labels(look('{ "flag": t| }', schema)), ['true', 'false', 'null']);
    assert.deepEqual(labels(look('{ "name": "|" }', schema)), ['Ada']);
    assert.equal(written('{ "size": "s|" }', schema, 'large'), '{ "size": "large" }');
    assert.equal(written('{ "size": | }', schema, '3'), '{ "size": 3 }');
    assert.deepEqual(labels(look('{ "Records": [{ "eventSource": "|" }] }', sqs)), ['aws:sqs']);
  });

  it('follows references, combinations, and the alternative that fits', () => {
    const schema = {
      $defs: { line: { properties: { sku: {} } } },
      allOf: [{ properties: { id: {} } }],
      properties: { lines: { items: { $ref: '#/$defs/line' } }, price: { $ref: 'money.json' } },
      oneOf: [
        { properties: { kind: { const: 'card' }, number: {} } },
        { properties: { kind: { const: 'cash' }, amount: {} } },
      ],
      if: { properties: { kind: { const: 'cash' } } },
      ...(JSON.parse('{ "then": { "properties": { "change": {} } } }') as object),
      else: { properties: { cvc: {} } },
    };
    const money = { properties: { currency: {} } };
    const more = { 'file:///money.json': money };
    assert.deepEqual(labels(look('{ "lines": [{ | }] }', schema, more)), ['sku']);
    assert.deepEqual(labels(look('{ "price": { | } }', schema, more)), ['currency']);
    assert.deepEqual(labels(look('{ "kind": "cash", | }', schema, more)).toSorted(), [
      'amount',
      'change',
      'id',
      'lines',
      'price',
    ]);
  });

  it('names the keys that VS Code offers by itself without a schema', () => {
    const marked = '{ "Records": [{ "a": { "b": 1 } }, { "a": { | } }] }';
    assert.deepEqual(look(marked, sqs).similarKeys, ['b']);
    assert.deepEqual(look('{ "Records": [{ "a": 1 }, { | }] }', sqs).similarKeys, ['a']);
  });

  it('ends for a schema that refers to itself', () => {
    const schema = { $ref: '#', properties: { a: { $ref: '#' } }, required: ['a'], type: 'object' };
    assert.deepEqual(labels(look('{ "a": { "a": { | } } }', schema)), ['a']);
    assert.equal(lookAt('['.repeat(100_000), 50_000, 'file:///s.json', new Map()), undefined);
  });

  it('tells of a key and of a value, with the description', () => {
    const schema = {
      required: ['id'],
      properties: { id: { type: 'string', description: 'Of the order.', enum: ['a', 'b'] } },
    };
    for (const marked of ['{ "i|d": "a" }', '{ "id": "|a" }']) {
      assert.deepEqual(look(marked, schema).about, {
        key: 'id',
        types: ['string'],
        isRequired: true,
        description: 'Of the order.',
        values: ['"a"', '"b"'],
      });
    }
  });
});
