import assert from 'node:assert/strict';
import { crashRun } from '../../support/crashRun';

describe('a run that is killed', () => {
  // `npm run test:crash` does the same with 20,000 lines and 200 kills.
  it('sends no line twice and loses none', async () => {
    const { kills, accepted, unknown } = await crashRun(1500, 8, 1);
    assert.ok(kills >= 5, `${kills} kills`);
    assert.ok(accepted > unknown, `${accepted} accepted, ${unknown} unknown`);
  });

  it('starts the durable execution of each line once, and leaves none unknown', async () => {
    const { kills, accepted, receivedAgain } = await crashRun(800, 5, 2, { durable: true });
    assert.ok(kills >= 3, `${kills} kills`);
    assert.equal(accepted, 800);
    // Otherwise no kill came between a request and its response.
    assert.ok(receivedAgain > 0);
  });
});
