import assert from 'node:assert/strict';
import { textHash } from '../../../src/files/textHash';

describe('textHash', () => {
  it('is the same for the same text, whatever ends its lines', () => {
    for (const text of ['a\r\nb\r\n', 'a\rb\r', 'a\r\nb\n']) {
      assert.equal(textHash(text), textHash('a\nb\n'));
    }
  });

  it('is another for another text', () => {
    const texts = ['', '\n', '\n\n', 'a', 'a\n', 'é', '\ufffd', ' a'];
    assert.equal(new Set(texts.map(textHash)).size, texts.length);
  });
});
