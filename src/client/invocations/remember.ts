import type { Uri } from 'vscode';
import type { Outcome } from '../../core/invocation/outcome';
import { payloadBytes } from '../../core/payload/size';
import type { Invocation } from '../invoke/invocation';
import type { Services } from '../services';
import { settings } from '../settings';
import { type HistoryEntry, tellingOf } from './historyEntry';
import { sha256 } from './sha256';

/** Keeps an invocation in the history before its first byte leaves. `settle` says what became of it. */
export async function begin(invocation: Invocation, services: Services): Promise<HistoryEntry> {
  const { history, localLambda } = services;
  const { functionName, qualifier, api, payload, connection } = invocation;
  const { region, accountId, profile, profileSource, endpoint } = connection;
  const { keepsPayloads } = settings(payload.folder);
  // The name of an untitled document is soon that of another.
  const uri = payload.uri && !isUntitled(payload.uri) ? payload.uri.toString() : undefined;
  const isLocal = endpoint === localLambda.running?.endpoint;
  return history.begin(
    {
      sentAt: Date.now(),
      api,
      functionName,
      ...(qualifier !== undefined && { qualifier }),
      payload: {
        label: payload.label,
        bytes: payloadBytes(payload.text),
        sha256: sha256(payload.text),
        ...(uri !== undefined && { uri }),
        ...(keepsPayloads && { text: payload.text }),
      },
      region,
      ...(accountId !== undefined && { accountId }),
      ...(profile !== undefined && { profile, profileIsChosen: profileSource === 'setting' }),
      ...(endpoint !== undefined && { endpoint: isLocal ? 'local' : endpoint }),
    },
    uri === undefined ? payload.text : undefined,
  );
}

/** Keeps what became of an invocation, and follows its log where that was asked for or costs nothing. */
export async function settle(
  begun: HistoryEntry,
  { payload, connection }: Invocation,
  { kind, status, requestId, error }: Outcome,
  { history, logFollower }: Services,
): Promise<void> {
  const entry = await history.settle(begun, {
    kind,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    ...(error && { errorName: error.name }),
  });
  const telling = tellingOf(entry, settings(payload.folder).followsLogs);
  if (telling) void logFollower.follow(entry, connection, telling);
}

function isUntitled({ scheme }: Uri): boolean {
  return scheme === 'untitled';
}
