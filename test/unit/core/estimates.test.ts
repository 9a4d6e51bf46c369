import assert from 'node:assert/strict';
import { rounded, shownDuration } from '../../../src/core/estimates';

describe('numbers for people', () => {
  it('leaves two digits of an estimate', () => {
    assert.deepEqual(
      [0, 0.0567, 4.449, 9.96, 10, 99.6, 21_499, 46_000].map((number) => rounded(number)),
      [0, 0.057, 4.4, 10, 10, 100, 21_000, 46_000],
    );
  });

  it('rounds down what must not be more', () => {
    assert.deepEqual(
      [0.0567, 2.5, 4.4999, 9.99, 1299].map((number) => rounded(number, 'down')),
      [0.056, 2.5, 4.4, 9.9, 1200],
    );
  });

  it('says a time in the unit that suits it', () => {
    assert.deepEqual([0, 1, 60, 119, 300, 5400, 21_600, 40_000, 864_000].map(shownDuration), [
      '0 seconds',
      '1 second',
      '60 seconds',
      '119 seconds',
      '5 minutes',
      '90 minutes',
      '6 hours',
      '11 hours',
      '10 days',
    ]);
  });
});
