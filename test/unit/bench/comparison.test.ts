import assert from 'node:assert/strict';
import { changeSince, isOverBudget, keysOf, noiseOf } from '../../bench/comparison';
import type { BenchRow } from '../../bench/row';

describe('comparison of benchmark results', () => {
  const row = (name: string, reference: string): BenchRow => ({
    name,
    reference,
    value: 1,
    unit: 'ms',
    ratio: 1,
  });

  it('knows a row again by its words, whatever was measured', () => {
    const before = [row('scan', 'ripgrep, 1296 ms'), row('scan', 'budget of 2 ms')];
    const after = [row('scan', 'ripgrep, 985.5 ms'), row('scan', 'budget of 2 ms')];
    assert.deepEqual(keysOf(before), keysOf(after));
    assert.equal(new Set(keysOf(after)).size, 2);
  });

  it('numbers rows that share their words', () => {
    const [first, second] = keysOf([row('chunk', 'all (9 KiB)'), row('chunk', 'all (9 KiB)')]);
    assert.equal(second, `${first} (2)`);
  });

  it('takes for noise by how much a row differs from itself', () => {
    assert.equal(noiseOf([3, 2, 2.5]), 1.5);
    assert.equal(noiseOf([2]), 1);
  });

  it('reports a change beyond the noise of both, in either direction', () => {
    assert.equal(changeSince([2, 2], [4, 4]), 2);
    assert.equal(changeSince([4, 4], [2, 2]), 0.5);
  });

  it('reports none within the noise of either', () => {
    assert.equal(changeSince([1, 2], [1.9, 1.9]), undefined);
    assert.equal(changeSince([1.9, 1.9], [1, 2]), undefined);
    assert.equal(
      changeSince([2, 2.2], [2.6, 2.4]),
      undefined,
      'noise of 1.1 each, a change of 1.19',
    );
  });

  it('takes no agreement of two measurements for exact', () => {
    assert.equal(changeSince([2, 2], [2.08, 2.08]), undefined);
  });

  it('fails a row whose every measurement is over its budget', () => {
    const isOver = (...measured: [ratio: number, budget?: number][]) =>
      isOverBudget(
        measured.map(([ratio, budget]) => ({
          ...row('scan', 'ripgrep'),
          ratio,
          ...(budget !== undefined && { budget }),
        })),
      );
    assert.equal(isOver([2.1, 2], [2.3, 2.2]), true);
    assert.equal(isOver([2.1, 2], [2.3, 2.4]), false);
    assert.equal(isOver([2, 2], [2, 2]), false);
    assert.equal(isOver([9], [9]), false);
  });
});
