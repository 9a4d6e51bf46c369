import type { History } from '../history/history';
import type { HistoryEntry } from '../history/historyEntry';

/**
 * The invocation that a command is about: the row of the view that its menu passes, the one of `{ requestId }`, else
 * the newest that fits.
 */
export async function chosenEntry(
  history: History,
  argument: unknown,
  fits: (entry: HistoryEntry) => boolean = () => true,
): Promise<HistoryEntry | undefined> {
  const entries = await history.entries();
  const { entry, requestId } = (argument ?? {}) as {
    readonly entry?: HistoryEntry;
    readonly requestId?: string;
  };
  if (entry) return history.get(entry.id);
  if (requestId !== undefined) return entries.find((one) => one.requestId === requestId);
  return entries.find(fits);
}
