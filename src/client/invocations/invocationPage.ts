import * as l10n from '@vscode/l10n';
import { CodeLens, Range, Uri } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import type { Explanation } from '../../core/invocation/explanation';
import { commandOf } from '../contributions';
import type { KnownFunctions } from '../invoke/knownFunctions';
import { payloadText } from '../invoke/payloadChoice';
import { aws } from '../lazy';
import { settings } from '../settings';
import type { History } from './history';
import { type HistoryEntry, isQueued, sha256, windowClosed } from './historyEntry';
import { invocationIdOf } from './invocationPages';
import { invocationPageText, type PayloadAsSent } from './invocationPageText';
import type { LogFollower } from './logFollower';

/** What writes the page of an invocation. */
export interface InvocationPage {
  text(page: Uri): Promise<string>;
  lenses(page: Uri): Promise<CodeLens[]>;
}

/** Writes the pages of invocations from what is known in this window. Asks no service for anything. */
export function invocationPage(
  history: Pick<History, 'entries' | 'get' | 'payloadText'>,
  follower: Pick<LogFollower, 'isFollowing' | 'stepsOf'>,
  functions: Pick<KnownFunctions, 'fate'>,
): InvocationPage {
  const entryOf = async (page: Uri) => {
    await history.entries();
    return history.get(invocationIdOf(page));
  };
  return {
    async text(page) {
      const entry = await entryOf(page);
      if (!entry) return l10n.t('This invocation is no longer in the history.');
      const { functionName, region, profile, endpoint } = entry;
      const place = { functionName, region, profile, isLocal: endpoint !== undefined };
      return invocationPageText(entry, {
        explanation: await explanationOf(entry),
        fate: entry.waits ? undefined : functions.fate(place),
        payload: await payloadAsSent(entry, history.payloadText(entry)),
        steps: follower.stepsOf(entry.id),
      });
    },
    async lenses(page) {
      const entry = await entryOf(page);
      return entry ? actionsOf(entry, follower.isFollowing(entry.id)) : [];
    },
  };
}

/** What can be done about an invocation, above its page. */
function actionsOf(entry: HistoryEntry, isFollowing: boolean): CodeLens[] {
  const about = { entry: { id: entry.id } };
  const canFollow = isQueued(entry) && !isFollowing;
  const actions = [
    canFollow && commandOf('invokeAsync.followLogs', l10n.t('Follow Logs'), about),
    isFollowing && commandOf('invokeAsync.stopFollowing', l10n.t('Stop Following Logs'), about),
    commandOf('invokeAsync.rerun', l10n.t('Re-Run'), about),
    commandOf('invokeAsync.editAndRerun', l10n.t('Edit and Re-Run…'), about),
    commandOf('invokeAsync.openPayload', l10n.t('Open Payload'), about),
    commandOf('invokeAsync.copyAsCli', l10n.t('Copy as AWS CLI Command'), about),
    entry.requestId !== undefined &&
      commandOf('invokeAsync.copyRequestId', l10n.t('Copy Request ID'), about),
  ];
  const top = new Range(0, 0, 0, 0);
  return actions.flatMap((action) => (action ? new CodeLens(top, action) : []));
}

/** What an error means, by its code: its own words are not kept. */
async function explanationOf(entry: HistoryEntry): Promise<Explanation | undefined> {
  const { kind, api, functionName, errorName, status, waits, payload } = entry;
  if (kind === 'accepted' || kind === 'sending' || errorName === undefined) return undefined;
  if (errorName === windowClosed) return undefined;
  const { explainError } = await aws();
  const error = { name: errorName, message: errorName };
  const outcome = { kind, api, functionName, error, durationMs: 0, attempts: 1 };
  return explainError(
    {
      ...outcome,
      payloadBytes: payload.bytes,
      ...(status !== undefined && { status }),
      ...(waits && { waits }),
    },
    connectionOf(entry),
    { isSafeToRepeat: entry.durableName !== undefined },
  );
}

/** As far as the words of an error name it. */
function connectionOf({ region, profile, endpoint }: HistoryEntry): Connection {
  return {
    region,
    regionSource: 'setting',
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint: endpoint === 'local' ? localHost : endpoint }),
    timeoutMs: settings().timeoutMs,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    environment: {},
  };
}

/** Local Lambda has another port each time. */
const localHost = 'http://127.0.0.1';

/** The payload that was sent: as it is kept, or its file when that has not changed. */
async function payloadAsSent(
  { payload }: HistoryEntry,
  kept: string | undefined,
): Promise<PayloadAsSent> {
  if (kept !== undefined) return { text: kept };
  if (payload.uri === undefined) return { missing: 'notKept' };
  const current = await payloadText(Uri.parse(payload.uri)).catch(() => undefined);
  return current !== undefined && sha256(current) === payload.sha256
    ? { text: current }
    : { missing: 'changed' };
}
