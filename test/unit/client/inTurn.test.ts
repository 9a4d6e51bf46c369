import assert from 'node:assert/strict';
import { InTurn } from '../../../src/client/payloads/inTurn';

describe('InTurn', () => {
  it('runs tasks of one key after each other, also after one that failed, and those of others meanwhile', async () => {
    const inTurn = new InTurn();
    const steps: string[] = [];
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const first = inTurn.run('a', async () => {
      steps.push('first begins');
      await gate;
      steps.push('first ends');
      throw new Error('failed');
    });
    const second = inTurn.run('a', async () => {
      steps.push('second');
      return 2;
    });
    await inTurn.run('b', async () => steps.push('other'));
    assert.deepEqual(steps, ['first begins', 'other']);
    open();
    await assert.rejects(first, /failed/);
    assert.equal(await second, 2);
    assert.deepEqual(steps, ['first begins', 'other', 'first ends', 'second']);
  });
});
