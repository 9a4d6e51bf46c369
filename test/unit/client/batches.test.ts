import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { Batches } from '../../../src/client/ui/batches';

describe('changes in batches', () => {
  const emitter = new EventEmitter();
  const delivered: string[][] = [];
  const batches = new Batches<string>(20, (items) => {
    delivered.push(items);
    emitter.emit('batch');
  });

  it('come each once, however many there were, and those of later in the next', async () => {
    const first = once(emitter, 'batch');
    for (const item of ['a', 'b', 'a', 'a']) batches.add(item);
    assert.deepEqual(delivered, []);
    await first;
    const second = once(emitter, 'batch');
    batches.add('a');
    await second;
    assert.deepEqual(delivered, [['a', 'b'], ['a']]);
  });

  it('come while there are ever more', async () => {
    const more = setInterval(() => batches.add('c'), 1);
    await once(emitter, 'batch');
    clearInterval(more);
    batches.dispose();
    assert.deepEqual(delivered.at(-1), ['c']);
  });
});
