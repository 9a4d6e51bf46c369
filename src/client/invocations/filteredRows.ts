import * as l10n from '@vscode/l10n';
import type { TreeItem } from 'vscode';
import { shownNumber } from '../../core/shownNumber';
import type { Ui } from '../ui/ui';
import type { InvocationFilter } from './invocationFilter';

/** Lambda: Filter Invocations…: an empty text shows all. */
export async function askForFilter(
  filter: InvocationFilter,
  ui: Pick<Ui, 'askForText'>,
): Promise<void> {
  const text = await ui.askForText({
    title: l10n.t('Filter Invocations'),
    prompt: l10n.t('Shows the rows that have all of these words. Leave it empty to show all.'),
    placeHolder: l10n.t('Function, outcome, payload, time, or request ID'),
    value: filter.text,
  });
  if (text !== undefined) filter.set(text);
}

/** The rows that a filter leaves, and what the view says above them. */
export async function filteredRows<Row>(
  rows: readonly Row[],
  filter: string,
  itemOf: (row: Row) => Promise<TreeItem>,
): Promise<{ shown: Row[]; message: string }> {
  const words = filter.toLowerCase().split(/\s+/);
  const shown: Row[] = [];
  for (const row of rows) {
    const said = saidBy(await itemOf(row));
    if (words.every((word) => said.includes(word))) shown.push(row);
  }
  const message = l10n.t(
    '{0} of {1} match "{2}"',
    shownNumber(shown.length),
    shownNumber(rows.length),
    filter,
  );
  return { shown, message };
}

/** Everything that a person can read of a row, in lower case. */
function saidBy({ label, description, tooltip, accessibilityInformation }: TreeItem): string {
  return [label, description, tooltip, accessibilityInformation?.label]
    .filter((text) => typeof text === 'string')
    .join('\n')
    .toLowerCase();
}
