import * as l10n from '@vscode/l10n';
import { isRecord } from '../../core/isRecord';
import { shownNumber } from '../../core/shownNumber';
import type { Ui } from '../ui/ui';

/** Rows of one kind in the Invocations view. */
export interface ClearableRows {
  /** How many of them are over. */
  countOver(): Promise<number>;
  /** Forgets those that are over. */
  clear(): Promise<void>;
}

/**
 * Lambda: Clear Invocations: forgets what the Invocations view shows, and is over, when the user says so.
 * @param about `{ "ask": false }` for a key or another extension that need no question
 */
export async function clearInvocations(
  kinds: readonly ClearableRows[],
  ui: Pick<Ui, 'ask'>,
  about?: unknown,
): Promise<void> {
  const counts = await Promise.all(kinds.map(async (kind) => kind.countOver()));
  const count = counts.reduce((sum, one) => sum + one, 0);
  const asks = !(isRecord(about) && about['ask'] === false);
  if (asks && count > 0 && !(await isWanted(count, ui))) return;
  for (const kind of kinds) await kind.clear();
}

async function isWanted(count: number, ui: Pick<Ui, 'ask'>): Promise<boolean> {
  const clear = l10n.t('Clear');
  const question = {
    message:
      count === 1
        ? l10n.t('Clear 1 row of the Invocations view?')
        : l10n.t('Clear {0} rows of the Invocations view?', shownNumber(count)),
    detail: [
      l10n.t('Their history, journals and copies of lines are deleted. What is under way stays.'),
    ],
  };
  return (await ui.ask('warning', question, clear)) === clear;
}
