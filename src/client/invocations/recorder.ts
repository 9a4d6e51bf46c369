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
    const { functionName, qualifier, tenantId, durableName, api, payload } = invocation;
    const { connection, environment, waits } = invocation;
    const { region, accountId, profile, profileSource, endpoint } = connection;
    const { keepsPayloads } = settings(payload.folder);
    // The name of an untitled document is soon that of another.
    const uri = payload.uri && !isUntitled(payload.uri) ? payload.uri.toString() : undefined;
    const isLocal = endpoint === this.localLambda.running?.endpoint;
    return this.history.begin(
      {
        sentAt: Date.now(),
        api,
        ...(waits && { waits }),
        functionName,
        ...(qualifier !== undefined && { qualifier }),
        ...(tenantId !== undefined && { tenantId }),
        ...(durableName !== undefined && { durableName }),
        payload: {
          label: payload.label,
          bytes: payloadBytes(payload.text),
          sha256: sha256(payload.text),
          ...(uri !== undefined && { uri }),
          ...(payload.isFilledIn && { isFilledIn: true }),
          ...(keepsPayloads && { text: payload.text }),
        },
        region,
        ...(accountId !== undefined && { accountId }),
        ...(profile !== undefined && { profile, profileIsChosen: profileSource === 'setting' }),
        ...(environment !== undefined && { environment }),
        ...(endpoint !== undefined && { endpoint: isLocal ? 'local' : endpoint }),
      },
      uri === undefined || payload.isFilledIn ? payload.text : undefined,
    );
  }

  /** Keeps what became of an invocation. Resolves to its entry, which may be over the limit and not kept. */
  async settle(
    begun: HistoryEntry,
    { payload, connection }: Invocation,
    { kind, status, requestId, durableExecutionArn, response, error }: Outcome,
  ): Promise<HistoryEntry> {
    const entry = await this.history.settle(begun, {
      kind,
      ...(status !== undefined && { status }),
      ...(requestId !== undefined && { requestId }),
      ...(durableExecutionArn !== undefined && { durableExecutionArn }),
      ...(response && {
        followed: response.functionError === undefined ? 'succeeded' : 'failed',
      }),
      ...(error && { errorName: error.name }),
    });
    const mode = followModeOf(entry, settings(payload.folder).followsLogs);
    if (mode) void this.logFollower.follow(entry, connection, mode);
    return entry;
  }
}

function isUntitled({ scheme }: Uri): boolean {
  return scheme === 'untitled';
}
