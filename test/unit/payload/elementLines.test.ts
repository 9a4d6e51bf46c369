import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { elementCount, elementLines } from '../../../src/core/payload/elementLines';

describe('elementLines', () => {
  it('keeps each element as it is written, on one line', () => {
    const text = String.raw`
[
  { "id": 12345678901234567890, "price": 1.10,
    "tags": [
      "a\nb",	"\u00fc"
    ] },
  1e400, "two  words",[],
  {
  }
]
`;
    assert.deepEqual(elementLines(text), [
      String.raw`{ "id": 12345678901234567890, "price": 1.10,"tags": ["a\nb",	"\u00fc"] }`,
      '1e400',
      '"two  words"',
      '[]',
      '{}',
    ]);
  });

  it('takes line breaks of every kind, and none that JSON has in strings', () => {
    assert.deepEqual(elementLines('[1,\r2,\n3,\r\n[4,\r5]]'), ['1', '2', '3', '[4,5]']);
    assert.deepEqual(elementLines('["\u2028\u2029\u0085"]'), ['"\u2028\u2029\u0085"']);
  });

  it('makes nothing of an empty array, and none of what is no array', () => {
    assert.deepEqual(elementLines('[]'), []);
    for (const text of ['', '{}', '"[]"', '1', '[1', '[1,]', '[1] [2]', '\ufeff[]'])
      assert.equal(elementLines(text), undefined, text);
  });

  it('is known by its number of elements alone', () => {
    const texts = ['[]', ' [1, [2, 3]]', '{"a": [1, 2]}', '[1, 2', '"[1,2]"'];
    assert.deepEqual(texts.map(elementCount), [0, 2, 0, 0, 0]);
  });

  it('takes any nesting', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    assert.deepEqual(elementLines(`[${deep},\n${deep}]`), [deep, deep]);
  });

  it('says in each line what the element says, with the text kept but for blanks', () => {
    const blank = fc.constantFrom('', ' ', '\t', '\n', '\r\n', '\n    ', ' \n ');
    const elements = fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(elements, fc.array(blank, { minLength: 1 }), (values, blanks) => {
        let at = 0;
        const between = () => blanks[at++ % blanks.length] ?? '';
        const written = values.map((value) => withBlanks(JSON.stringify(value), between));
        const lines = elementLines(`[${written.map((text) => between() + text).join(',')}\n]`);
        assert.deepEqual(
          lines?.map((line) => JSON.parse(line) as unknown),
          values.map((value) => JSON.parse(JSON.stringify(value)) as unknown),
        );
        for (const [index, line] of lines.entries()) {
          assert.doesNotMatch(line, /[\r\n]/);
          assert.equal(tokensOf(line), tokensOf(written[index] ?? ''));
          if (!/[\r\n]/.test(written[index] ?? '')) assert.equal(line, written[index]?.trim());
        }
      }),
      { numRuns: 1000 },
    );
  });
});

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** A JSON text with blanks between its tokens. */
function withBlanks(json: string, between: () => string): string {
  return json.replaceAll(token, (found) => between() + found);
}

function tokensOf(json: string): string {
  return (json.match(token) ?? []).join('');
}
