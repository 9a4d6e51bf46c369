import assert from 'node:assert/strict';
import { KnownFunctions } from '../../../src/client/invoke/knownFunctions';
import { memory } from './fakeUi';

describe('the functions that are known here', () => {
  it('are the last ten that were invoked, newest first, each once', async () => {
    const functions = new KnownFunctions(memory());
    for (let n = 1; n <= 12; n++) await functions.addRecent(`f${n}`);
    await functions.addRecent('f5');
    assert.deepEqual(functions.recent(), [
      'f5',
      ...[12, 11, 10, 9, 8, 7, 6, 4, 3].map((n) => `f${n}`),
    ]);
  });
});
