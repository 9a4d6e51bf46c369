import assert from 'node:assert/strict';
import { window } from 'vscode';
import { eventually } from './eventually';
import type { Screen } from './screen';

/** Above what a run has under way at once, whose outcome is unknown when its process dies. */
const mostUnknown = 100;

/**
 * Waits for the end of a run of `orders.jsonl` to `record`, 5,000 events and a line that is none, and opens that line.
 * @param handled the numbers of the events that the function has got so far
 * @returns the numbers of all, in order, and of how many the run does not know what became
 */
export async function waitForEndOfRun(
  screen: Screen,
  handled: () => Promise<readonly number[]>,
): Promise<{ readonly numbers: readonly number[]; readonly unknown: number }> {
  // As long as it takes on a busy machine: the screen is given a minute for what it is to show.
  await eventually(handled, ({ length }) => length >= 5000 - mostUnknown);
  const done = /orders\.jsonl → record: ([\d,]+) accepted(?:, (\d+) unknown)?, 1 invalid\./;
  const [, accepted, unknown = '0'] = done.exec((await screen.notification(done)).text) ?? [];
  const count = Number(accepted?.replace(',', ''));
  assert.equal(count + Number(unknown), 5000);
  await screen.pressNotificationButton(done, 'Open Rejected Lines');
  await eventually(
    () => window.activeTextEditor?.document.getText(),
    (text) => text === 'oops\n',
  );
  const row = /^record, orders\.jsonl, 5,001 of 5,001 · (?:\d+ unknown · )?1 invalid · Finished$/;
  await screen.waitForRow(row, 'Invocations');
  const numbers = await eventually(handled, ({ length }) => length >= count);
  return { numbers: numbers.toSorted((a, b) => a - b), unknown: Number(unknown) };
}
