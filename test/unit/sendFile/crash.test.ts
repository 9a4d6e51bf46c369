import assert from 'node:assert/strict';
import { crashRun } from '../../support/crashRun';

describe('a run that is killed', () => {
  // `npm run test:crash` does the same with 20,000 lines and 200 kills.
  it('sends no line twice and loses none', async () => {
    const { kills, accepted, unknown } = await crashRun(1500, 8, 1);
    assert.ok(kills >= 5, `${kills} kills`);
    assert.ok(accepted > unknown, `${accepted} accepted, ${unknown} unknown`);
  });
});
