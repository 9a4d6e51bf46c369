import { randomUUID } from 'node:crypto';
import type { Uri } from 'vscode';
import type { Outcome } from '../../core/invocation';
import type { Invocation } from '../invocation/invocation';
import type { Services } from '../services';
import { settings } from '../settings';
import { type HistoryEntry, tellingOf } from './historyEntry';

interface Sent {
  readonly invocation: Invocation;
  readonly outcome: Outcome;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

/** Keeps an invocation in the history, and follows its log where that was asked for or costs nothing. */
export async function remember(sent: Sent, services: Services): Promise<void> {
  const { history, logFollower, localLambda } = services;
  const { connection, payload } = sent.invocation;
  const { keepsPayloads, followsLogs } = settings(payload.folder);
  const entry = entryOf(sent, { localEndpoint: localLambda.running?.endpoint, keepsPayloads });
  await history.add(entry, entry.payload.uri === undefined ? payload.text : undefined);
  const telling = tellingOf(entry, followsLogs);
  if (telling) void logFollower.follow(entry, connection, telling);
}

function isUntitled({ scheme }: Uri): boolean {
  return scheme === 'untitled';
}

function entryOf(
  { invocation, outcome, sentAt }: Sent,
  { localEndpoint, keepsPayloads }: { localEndpoint: string | undefined; keepsPayloads: boolean },
): HistoryEntry {
  const { functionName, qualifier, payload, connection } = invocation;
  const { region, accountId, profile, profileSource, endpoint } = connection;
  const { kind, api, status, requestId, error, payloadBytes } = outcome;
  return {
    id: `${String(sentAt).padStart(15, '0')}-${randomUUID().slice(0, 8)}`,
    sentAt,
    api,
    functionName,
    ...(qualifier !== undefined && { qualifier }),
    payload: {
      label: payload.label,
      bytes: payloadBytes,
      // The name of an untitled document is soon that of another.
      ...(payload.uri && !isUntitled(payload.uri) && { uri: payload.uri.toString() }),
      ...(keepsPayloads && { text: payload.text }),
    },
    region,
    ...(accountId !== undefined && { accountId }),
    ...(profile !== undefined && { profile, profileIsChosen: profileSource === 'setting' }),
    ...(endpoint !== undefined && { endpoint: endpoint === localEndpoint ? 'local' : endpoint }),
    kind,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    ...(error && { errorName: error.name }),
  };
}
