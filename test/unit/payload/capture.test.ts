import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { taggedLines } from '../../../src/core/foreignText';
import { objectInLog } from '../../../src/core/payload/jsonInLog';
import { sensitiveValues } from '../../../src/core/payload/sensitive';

const stamp = '2026-11-29 06:56:42.123 [info] ';
const shown = (text: string) => taggedLines('[orders]', text).map((line) => stamp + line);

describe('objectInLog', () => {
  const lines: Record<string, [line: string, object: string | undefined]> = {
    'a line that is an object': ['{"id":9007199254740993}', '{"id":9007199254740993}'],
    'an object behind words': ['Received {"a":{"b":"}"}} in 3 ms', '{"a":{"b":"}"}}'],
    'an object behind what is none': ['{x} then {"a":1}', '{"a":1}'],
    'a quoted object': [String.raw`body="{\"a\":\"\\\"\"}"`, String.raw`{"a":"\""}`],
    words: ['Nothing here', undefined],
    'an array': ['[1, 2]', undefined],
    'an empty object': ['{}', undefined],
    'half an object': ['{"a":', undefined],
  };
  for (const [what, [line, object]] of Object.entries(lines)) {
    it(`finds ${object ?? 'nothing'} in ${what}`, () => {
      assert.equal(objectInLog([line]), object);
      assert.equal(objectInLog(shown(line)), object);
    });
  }

  it('puts an object together that is written over several lines', () => {
    const text = JSON.stringify({ orderId: 'O-1', items: [{ sku: 'a' }] }, null, 2);
    assert.equal(objectInLog(shown(`Received ${text}\nDone`)), text);
  });

  it('puts a long line together that the output has broken', () => {
    const text = JSON.stringify({ text: 'x'.repeat(5000), end: true });
    const broken = shown(text);
    assert.ok(broken.length > 2);
    assert.equal(objectInLog(broken), text);
  });

  it('does not put lines of two functions together', () => {
    const [first = ''] = shown('{"a":');
    const [second = ''] = taggedLines('[billing]', '1}').map((line) => stamp + line);
    assert.equal(objectInLog([first, second]), undefined);
  });

  it('takes no longer for a line of brackets', () => {
    assert.equal(objectInLog(['{'.repeat(200_000)]), undefined);
    assert.equal(objectInLog(['{"a'.repeat(50_000)]), undefined);
  });

  it('takes no longer for quotes and lines that close nothing', () => {
    assert.equal(objectInLog([String.raw`\"`.repeat(200_000)]), undefined);
    const brackets = '}'.repeat(1000);
    const below = Array.from({ length: 1999 }, () => brackets);
    assert.equal(objectInLog(['{"a":"', ...below]), undefined);
  });

  it('finds any object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (value) => {
        const text = JSON.stringify(value);
        const found = objectInLog([`> ${text}`]);
        assert.deepEqual(JSON.parse(found ?? ''), JSON.parse(text));
      }),
    );
  });
});

describe('sensitiveValues', () => {
  const of = (value: unknown) =>
    sensitiveValues(JSON.stringify(value)).map(({ kind, key }) => `${kind} ${key}`);

  it('finds secrets by their key and by their look', () => {
    assert.deepEqual(of({ user: { password: 'x' } }), ['secret password']);
    assert.deepEqual(of({ headers: { Authorization: 'Bearer abcdefgh' } }), [
      'secret Authorization',
    ]);
    assert.deepEqual(of({ note: 'AKIAIOSFODNN7EXAMPLE' }), ['secret note']);
    assert.deepEqual(of({ n: '4111 1111 1111 1111' }), ['secret n']);
    assert.deepEqual(of(['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc']), ['secret ']);
  });

  it('finds personal data', () => {
    assert.deepEqual(of({ to: 'ada@example.com' }), ['personal to']);
    assert.deepEqual(of({ customer: { phoneNumber: '+44 20 7946 0000' } }), [
      'personal phoneNumber',
    ]);
  });

  it('leaves what is neither', () => {
    const plain = {
      orderId: 'O-1',
      nextToken: 'abc',
      password: '',
      isSecret: true,
      id: 4111111111111112,
    };
    assert.deepEqual(of(plain), []);
  });

  it('names no more than five', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`password${n}`, 'x']));
    assert.equal(of(many).length, 5);
  });
});
