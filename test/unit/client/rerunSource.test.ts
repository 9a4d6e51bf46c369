import assert from 'node:assert/strict';
import { rerunSource } from '../../../src/client/invocations/reruns';
import { sha256 } from '../../../src/client/invocations/historyEntry';

describe('what a second run sends', () => {
  const file = { uri: 'file:///created.json', sha256: sha256('{"n":1}') };
  const cases = [
    ['the file when it holds what was sent', file, { current: '{"n":1}' }, 'file'],
    ['a question when the file has changed', file, { current: '{"n":2}' }, 'changed'],
    ['a question when one character more is there', file, { current: '{"n":1}\n' }, 'changed'],
    ['a question, too, when the text is kept', file, { sent: '{"n":1}', current: '{}' }, 'changed'],
    ['the file when it holds what is kept', file, { sent: '{}', current: '{}' }, 'file'],
    ['what is kept when the file is gone', file, { sent: '{"n":1}' }, 'sent'],
    ['why the file cannot be read when nothing is kept', file, {}, 'file'],
    ['a question about an entry without a hash', { uri: file.uri }, { current: '{}' }, 'changed'],
    ['what was typed', {}, { sent: '{}' }, 'sent'],
    ['nothing when what was typed is gone', {}, {}, 'gone'],
  ] as const;
  for (const [what, payload, texts, expected] of cases) {
    it(`is ${what}`, () => {
      const { sent, current } = { sent: undefined, current: undefined, ...texts };
      assert.equal(rerunSource(payload, { sent, current }), expected);
    });
  }
});
