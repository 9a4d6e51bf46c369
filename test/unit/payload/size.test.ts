import assert from 'node:assert/strict';
import { payloadBytes, sizeProblem } from '../../../src/core/payload/size';

describe('payload size', () => {
  it('is counted in UTF-8 bytes, a lone surrogate as U+FFFD', () => {
    for (const text of ['', 'abc', 'é', '€', '😀', '\ud83d', 'a\udc00b']) {
      assert.equal(payloadBytes(text), Buffer.byteLength(text), JSON.stringify(text));
    }
  });

  it('is the same where a character of several bytes meets the end of a piece', () => {
    for (let before = 65_530; before <= 65_537; before++) {
      const text = `${'x'.repeat(before)}😀€\ud83d${'é'.repeat(70_000)}`;
      assert.equal(payloadBytes(text), Buffer.byteLength(text), String(before));
    }
  });

  it('is held against the limit of the call, to the byte', () => {
    const limit = 256 * 1024;
    assert.equal(sizeProblem('x'.repeat(limit), 'InvokeAsync'), undefined);
    assert.equal(sizeProblem('x'.repeat(limit + 1), 'InvokeAsync')?.code, 'payload.too-large');
    assert.equal(sizeProblem('€'.repeat(87_381), 'InvokeAsync'), undefined);
    assert.equal(sizeProblem('€'.repeat(87_382), 'InvokeAsync')?.code, 'payload.too-large');
    assert.equal(sizeProblem('x'.repeat(4 * limit), 'Invoke'), undefined);
    assert.equal(sizeProblem('x'.repeat(4 * limit + 1), 'Invoke')?.code, 'payload.too-large');
  });

  it('names both numbers, and Invoke only where Invoke takes the payload', () => {
    const [large, tooLarge] = [300_000, 2_000_000].map((bytes) =>
      sizeProblem('x'.repeat(bytes), 'InvokeAsync'),
    );
    assert.equal(
      large?.message,
      'This payload has 300,000 bytes; InvokeAsync accepts at most 262,144. Invoke accepts up to 1,048,576.',
    );
    assert.equal(
      tooLarge?.message,
      'This payload has 2,000,000 bytes; InvokeAsync accepts at most 262,144.',
    );
  });

  for (const [name, beginning, end] of [
    ['the first line', '{ "a":\r\n', 6],
    ['the line end alone when the first line is empty', '\n{', 1],
    ['no more than the beginning of minified JSON', '{"a":', 80],
  ] as const) {
    it(`marks ${name}`, () => {
      const text = beginning + 'x'.repeat(300_000);
      assert.deepEqual(sizeProblem(text, 'InvokeAsync')?.range, { start: 0, end });
    });
  }
});
