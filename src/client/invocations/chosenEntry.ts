import * as l10n from '@vscode/l10n';
import type { History } from './history';
import type { HistoryEntry } from './historyEntry';
import { tell } from '../ui/messages';

/** Which entry a command is about when it is told none. */
interface Wanted {
  readonly fits: (entry: HistoryEntry) => boolean;
  /** Told when none fits. */
  readonly none: string;
}

/**
 * The invocation that a command is about: the row of the view that its menu passes, the one of `{ requestId }`, else
 * the newest that fits. `undefined` when there is none, which the user is told.
 */
export async function chosenEntry(
  history: History,
  argument: unknown,
  { fits, none }: Wanted = { fits: () => true, none: l10n.t('No events have been sent yet.') },
): Promise<HistoryEntry | undefined> {
  const entries = await history.entries();
  const { entry: row, requestId } = (argument ?? {}) as {
    readonly entry?: HistoryEntry;
    readonly requestId?: string;
  };
  const isNamed = row !== undefined || requestId !== undefined;
  const entry = entries.find((one) => {
    if (row) return one.id === row.id;
    return requestId === undefined ? fits(one) : one.requestId === requestId;
  });
  if (!entry) {
    tell('information', isNamed ? l10n.t('This invocation is no longer in the history.') : none);
  }
  return entry;
}
