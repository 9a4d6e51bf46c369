import * as l10n from '@vscode/l10n';
import type { Ui } from '../ui/ui';
import type { History } from './history';
import type { HistoryEntry } from './historyEntry';

/** Which entry a command is about when it is told none. */
interface EntryFilter {
  readonly fits: (entry: HistoryEntry) => boolean;
  /** Told when none fits. */
  readonly none: string;
}

/** Finds the invocation that a command is about. */
export class EntryChoice {
  constructor(
    private readonly history: Pick<History, 'entries'>,
    private readonly ui: Pick<Ui, 'tell'>,
  ) {}

  /**
   * The row of the view that a menu passes, the one of `{ requestId }`, else the newest that fits. `undefined` when there
   * is none, which the user is told.
   */
  async choose(
    argument: unknown,
    { fits, none }: EntryFilter = {
      fits: () => true,
      none: l10n.t('No events have been sent yet.'),
    },
  ): Promise<HistoryEntry | undefined> {
    const entries = await this.history.entries();
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
      const isGone = l10n.t('This invocation is no longer in the history.');
      this.ui.tell('information', isNamed ? isGone : none);
    }
    return entry;
  }
}
