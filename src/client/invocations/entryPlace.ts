import * as l10n from '@vscode/l10n';
import type { Connection } from '../../core/invocation/connection';
import type { Destinations } from '../connection/destinations';
import type { LocalLambda } from '../connection/localLambda';
import type { InvokeArguments } from '../invoke/invokeArguments';
import type { HistoryEntry } from './historyEntry';

/**
 * Where an entry was sent, as arguments: what the settings say now does not matter. Only a running Local Lambda takes
 * everything, as it says in the status bar.
 */
export function placeOf(
  entry: HistoryEntry,
  { running }: Pick<LocalLambda, 'running'>,
): Pick<InvokeArguments, 'profile' | 'region' | 'endpoint'> {
  const { profile = '', profileIsChosen, region, endpoint } = entry;
  const isTaken = endpoint === undefined && running !== undefined;
  return {
    // What came from the environment comes from there again: its keys, too, if it holds any.
    profile: profileIsChosen ? profile : '',
    region,
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
  return destinations.connect({ given: placeOf(entry, localLambda), endpoint, functionName });
}
