import * as l10n from '@vscode/l10n';
import type { Connection } from '../../core/invocation/connection';
import type { Destinations } from '../connection/destinations';
import type { LocalLambda } from '../connection/localLambda';
import type { InvokeArguments } from '../invoke/invokeArguments';
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

/**
 * Where an entry was sent, as arguments: what the settings say now does not matter. Only a running Local Lambda takes
 * everything, as it says in the status bar.
 */
export function whereSent(
  entry: HistoryEntry,
  { running }: Pick<LocalLambda, 'running'>,
): Pick<InvokeArguments, 'profile' | 'region' | 'endpoint' | 'environment'> {
  const { profile = '', profileIsChosen, region, endpoint, environment } = entry;
  const isTaken = endpoint === undefined && running !== undefined;
  return {
    // What came from the environment comes from there again: its keys, too, if it holds any.
    profile: profileIsChosen ? profile : '',
    region,
    ...(environment === undefined ? {} : { environment }),
    ...(isTaken ? {} : { endpoint: endpoint ?? '' }),
  };
}

/**
 * The connection to read the log of an entry with, which is where it was sent. Looking at a log starts no Local Lambda,
 * which would take every later event, too.
 */
export async function entryConnection(
  entry: HistoryEntry,
  localLambda: Pick<LocalLambda, 'running'>,
  destinations: Pick<Destinations, 'connect'>,
): Promise<Connection> {
  const { functionName, endpoint = '' } = entry;
  if (endpoint === 'local' && !localLambda.running) {
    throw new Error(l10n.t('Local Lambda has stopped, and its logs are gone.'));
  }
  return destinations.connect({ given: whereSent(entry, localLambda), endpoint, functionName });
}
