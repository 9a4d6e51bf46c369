import assert from 'node:assert/strict';
import { waitForEndOfRun } from '../../endOfRun';
import { Screen } from '../../screen';
import { count, handled, view } from '../reloadedRun';

describe('after the window was reloaded', () => {
  let screen: Screen;
  before(async function () {
    screen = Screen.of(this);
    await screen.openView('Lambda');
  });

  it('the log that was shown is offered', async () => {
    await screen.notification(/The log of record is no longer shown: its window was closed\./);
  });

  it('the run is in its row, and can be resumed', async () => {
    await screen.waitForRow(/^record, orders\.jsonl, [1-9]\d* of 5,001 · Stopped$/, view);
    await screen.contextMenu('record', view);
    await screen.chooseMenuItem('Resume Run');
    await screen.waitForRow(/^record, orders\.jsonl, [1-9]\d* of 5,001 · [\d.,]+\/s/, view);
  });

  it('the run goes as fast as it is told to meanwhile, and has sent each line once at its end', async () => {
    await screen.contextMenu('record', view);
    await screen.chooseMenuItemForInput('Change Rate of Run…', /Lambda: Rate/);
    await screen.type('max');
    await screen.press('Enter');
    const { numbers, unknown } = await waitForEndOfRun(screen, handled);
    assert.equal(unknown, 0);
    assert.deepEqual(
      numbers,
      Array.from({ length: count }, (_, n) => n),
    );
  });
});
