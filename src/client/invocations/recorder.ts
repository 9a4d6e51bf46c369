import type { Uri } from 'vscode';
import type { Outcome } from '../../core/invocation/outcome';
import { payloadBytes } from '../../core/payload/size';
import type { LocalLambda } from '../connection/localLambda';
import type { Invocation } from '../invoke/invocation';
import { settings } from '../settings';
import type { History } from './history';
import { type HistoryEntry, followModeOf, sha256 } from './historyEntry';
import type { LogFollower } from './logFollower';

/** Keeps what is sent in the history, and has its log followed where that was asked for or costs nothing. */
export class Recorder {
  constructor(
    private readonly history: Pick<History, 'begin' | 'settle'>,
    private readonly logFollower: Pick<LogFollower, 'follow'>,
    private readonly localLambda: Pick<LocalLambda, 'running'>,
  ) {}

  /** Keeps an invocation before its first byte leaves. `settle` says what became of it. */
  async begin(invocation: Invocation): Promise<HistoryEntry> {
    const { functionName, qualifier, api, payload, connection } = invocation;
    const { region, accountId, profile, profileSource, endpoint } = connection;
    const { keepsPayloads } = settings(payload.folder);
    // The name of an untitled document is soon that of another.
    const uri = payload.uri && !isUntitled(payload.uri) ? payload.uri.toString() : undefined;
    const isLocal = endpoint === this.localLambda.running?.endpoint;
    return this.history.begin(
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

  /** Keeps what became of an invocation. */
  async settle(
    begun: HistoryEntry,
    { payload, connection }: Invocation,
    { kind, status, requestId, error }: Outcome,
  ): Promise<void> {
    const entry = await this.history.settle(begun, {
      kind,
      ...(status !== undefined && { status }),
      ...(requestId !== undefined && { requestId }),
      ...(error && { errorName: error.name }),
    });
    const mode = followModeOf(entry, settings(payload.folder).followsLogs);
    if (mode) void this.logFollower.follow(entry, connection, mode);
  }
}

function isUntitled({ scheme }: Uri): boolean {
  return scheme === 'untitled';
}
