import * as l10n from '@vscode/l10n';
import { type HistoryEntry, type InvocationState, stateOf, windowClosed } from './historyEntry';

/** What has become of an invocation, in words; pure. */

const states: Record<InvocationState, () => string> = {
  sending: () => l10n.t('Sending'),
  queued: () => l10n.t('Queued; see the log for the result'),
  running: () => l10n.t('Running'),
  succeeded: () => l10n.t('Succeeded'),
  retrying: () => l10n.t('Failed, retrying'),
  failed: () => l10n.t('Failed'),
  rejected: () => l10n.t('Rejected'),
  notSent: () => l10n.t('Not sent'),
  unknown: () => l10n.t('Outcome unknown, may have been queued'),
  interrupted: () => l10n.t('Outcome unknown: the window was closed'),
};

export function stateWords(entry: Pick<HistoryEntry, 'kind' | 'followed' | 'errorName' | 'waits'>) {
  const state = stateOf(entry);
  if (entry.waits && state === 'sending') return l10n.t('Waiting for the function');
  if (entry.waits && state === 'unknown') return l10n.t('Outcome unknown, may be running');
  return states[state]();
}

/** Why an event was not accepted, in a few words, by the code of its error. */
const reasons: Readonly<Record<string, () => string>> = {
  AccessDeniedException: () => l10n.t('Access denied'),
  Cancelled: () => l10n.t('Cancelled'),
  CredentialsExpired: () => l10n.t('Credentials expired'),
  CredentialsMissing: () => l10n.t('No credentials'),
  ECONNREFUSED: () => l10n.t('Nothing is listening there'),
  ECONNRESET: () => l10n.t('Connection lost'),
  ENOTFOUND: () => l10n.t('Host not found'),
  ETIMEDOUT: () => l10n.t('Connecting timed out'),
  ExpiredTokenException: () => l10n.t('Credentials expired'),
  InvalidRequestContentException: () => l10n.t('The payload is not JSON'),
  InvalidSignatureException: () => l10n.t('Wrong signature'),
  InvokeAsyncNotImplemented: () => l10n.t('No InvokeAsync there'),
  NotLambda: () => l10n.t('Not a response of Lambda'),
  RequestEntityTooLargeException: () => l10n.t('The payload is too large'),
  RequestTooLargeException: () => l10n.t('The payload is too large'),
  ResourceConflictException: () => l10n.t('The function is being changed'),
  ResourceNotFoundException: () => l10n.t('No such function'),
  ServiceException: () => l10n.t('Lambda had an internal error'),
  TimedOut: () => l10n.t('Timed out'),
  TooManyRequestsException: () => l10n.t('Throttled'),
  UnrecognizedClientException: () => l10n.t('Credentials not accepted'),
};

/** The end of an invocation, as short as a row wants it. */
export function shortWords(entry: HistoryEntry): string {
  const reason = reasonOf(entry);
  if (reason !== undefined) return reason;
  return stateOf(entry) === 'queued' ? l10n.t('Queued') : stateWords(entry);
}

/** Why an event was not accepted; a code that has no words stands for itself. */
export function reasonOf({ kind, errorName, status }: HistoryEntry): string | undefined {
  // The state tells of a window that was closed.
  if (kind === 'accepted' || errorName === undefined || errorName === windowClosed)
    return undefined;
  const words = reasons[errorName]?.() ?? errorName;
  return status === undefined ? words : `${words} (${status})`;
}
