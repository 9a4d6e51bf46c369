import * as l10n from '@vscode/l10n';
import type { Connection } from '../../core/invocation/connection';
import type { InvokeApi, Outcome } from '../../core/invocation/outcome';
import { shownNumber } from '../../core/shownNumber';
import { originOf } from '../connection/origins';
import type { Invocation } from './invocation';

/** What the output channel says, in words; pure, so that every sentence can be tested. */

export function explanationOf202(): string {
  return l10n.t(
    '202 means that Lambda has queued the event, not that the function has run or succeeded. After a function error, Lambda retries twice; then the event goes to the failure destination, if there is one. Lambda: Follow Logs shows what happens to it.',
  );
}

export function deprecationNotice(): string {
  return l10n.t(
    'InvokeAsync is deprecated. AWS recommends Invoke with InvocationType Event: payloads up to 1 MB, X-Ray traces, reserved concurrency honoured.',
  );
}

/** The call as people know it. */
export function apiLabel(api: InvokeApi): string {
  return api === 'Invoke' ? 'Invoke (Event)' : 'InvokeAsync';
}

/** The call of an invocation, which may be a mere question. */
export function callLabel({ api, dryRun }: Pick<Invocation, 'api' | 'dryRun'>): string {
  return dryRun ? 'Invoke (DryRun)' : apiLabel(api);
}

/** The size of a payload in UTF-8 bytes. */
export function sizeLabel(bytes: number): string {
  return bytes === 1 ? l10n.t('1 byte') : l10n.t('{0} bytes', shownNumber(bytes));
}

/** What is sent where: the line before the request. */
export function sendingLine(invocation: Invocation): string {
  const { functionName, qualifier, payload, connection } = invocation;
  const name = qualifier === undefined ? functionName : `${functionName} (${qualifier})`;
  return [`${callLabel(invocation)} → ${name}`, payload.label, ...place(connection)].join(' · ');
}

/** The status and its facts: the line after an answer of 2xx. */
export function acceptedLine(outcome: Outcome): string {
  const status = {
    200: l10n.t('200 OK, queued'),
    202: l10n.t('202 Accepted, queued'),
    204: l10n.t('204 No Content, permitted'),
  }[outcome.status ?? 0];
  return [status ?? String(outcome.status), ...facts(outcome)].join(' · ');
}

/** What became of an event that was not accepted, in a few words. */
export function failureHeading({ kind, status }: Outcome): string {
  const end = {
    accepted: '',
    rejected: l10n.t('Rejected'),
    notSent: l10n.t('Not sent'),
    unknown: l10n.t('Outcome unknown, the event may have been queued'),
  }[kind];
  return status === undefined ? end : `${end} (${status})`;
}

/** The failure with its cause and facts: the line after any other end. */
export function failureLine(outcome: Outcome, cause: string): string {
  const name = outcome.error?.name;
  return [failureHeading(outcome), name ? `${name}: ${cause}` : cause, ...facts(outcome)].join(
    ' · ',
  );
}

/** A cause and what to do next. What others say of a cause often ends without a full stop. */
export function causeAndRemedy(cause: string, remedy: string): string {
  if (remedy === '') return cause;
  return `${cause}${/[.!?…]$/.test(cause) ? '' : '.'} ${remedy}`;
}

function place({ region, regionSource, profile, accountId, endpoint }: Connection): string[] {
  return [
    regionSource === 'setting' ? region : region + originOf(regionSource),
    ...(accountId === undefined ? [] : [l10n.t('account {0}', accountId)]),
    ...(profile === undefined ? [] : [l10n.t('profile {0}', profile)]),
    ...(endpoint === undefined ? [] : [endpoint]),
  ];
}

function facts({ requestId, payloadBytes, durationMs, attempts }: Outcome): string[] {
  return [
    ...(requestId === undefined ? [] : [l10n.t('request ID {0}', requestId)]),
    sizeLabel(payloadBytes),
    `${Math.round(durationMs)} ms`,
    ...(attempts > 1 ? [l10n.t('{0} attempts', attempts)] : []),
  ];
}
