import assert from 'node:assert/strict';
import { utf8Text } from '../../../src/files/utf8Text';

describe('utf8Text', () => {
  it('gives what can be written back as it was', () => {
    for (const text of ['', '{"ü": "😀"}', '\ufeff{}\r\n', '\0']) {
      assert.equal(utf8Text(Buffer.from(text)), text);
    }
  });

  it('gives nothing of what is no UTF-8', () => {
    for (const bytes of [Buffer.from('é', 'latin1'), Buffer.from([0xed, 0xa0, 0x80])]) {
      assert.equal(utf8Text(bytes), undefined);
      assert.equal(utf8Text(Buffer.from('{}')), '{}', 'and of the next it does');
    }
  });
});
