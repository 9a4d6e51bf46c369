import { window } from 'vscode';
import { eventually } from './eventually';
import type { Screen } from './screen';

/**
 * Waits for the end of a run of `orders.jsonl` to `record`, 5,000 events and a line that is none, and opens that line.
 * @param handled the numbers of the events that the function has got so far
 * @returns all of them
 */
export async function waitForEndOfRun(
  screen: Screen,
  handled: () => Promise<readonly number[]>,
): Promise<readonly number[]> {
  // As long as it takes on a busy machine: the screen is given a minute for what it is to show.
  const numbers = await eventually(handled, ({ length }) => length >= 5000);
  const done = /orders\.jsonl → record: 5,000 accepted, 1 invalid\./;
  await screen.pressNotificationButton(done, 'Open Rejected Lines');
  await eventually(
    () => window.activeTextEditor?.document.getText(),
    (text) => text === 'oops\n',
  );
  const row = /^record, orders\.jsonl, 5,001 of 5,001 · 1 invalid · Finished$/;
  await screen.waitForRow(row, 'Invocations');
  return numbers;
}
