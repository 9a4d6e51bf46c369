import assert from 'node:assert/strict';
import { formattedJson } from '../../../src/core/payload/formatted';

describe('JSON that is formatted', () => {
  const all = (text: string) => formattedJson(text, 1_000_000);

  it('is what JSON.stringify makes of it', () => {
    const values: unknown[] = [
      { a: 1, b: [true, null, 'x:{,}'], c: {}, d: [], e: { f: [[], [{ g: '"' }]] } },
      [],
      {},
      'text',
      7,
      null,
      [[[1], 2], { '': {} }],
    ];
    for (const value of values) {
      const expected = JSON.stringify(value, undefined, 2);
      assert.equal(all(JSON.stringify(value)), expected);
      assert.equal(all(JSON.stringify(value, undefined, '\t\r\n ')), expected);
    }
  });

  it('keeps every digit of its numbers, double keys and escapes', () => {
    assert.equal(
      all(String.raw`{"n":12345678901234567890.10,"n":1E400,"s":"\u00e9"}`),
      String.raw`{
  "n": 12345678901234567890.10,
  "n": 1E400,
  "s": "\u00e9"
}`,
    );
  });

  it('is given up where it would be too long', () => {
    const text = '[1,2]';
    assert.equal(formattedJson(text, 12), '[\n  1,\n  2\n]');
    assert.equal(formattedJson(text, 11), undefined);
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    assert.equal(all(deep), undefined);
  });
});
