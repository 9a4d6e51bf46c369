import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../core/invocation/outcome';
import { originOf } from '../connection/barText';
import { apiLabel, placeParts, sizeLabel } from './callText';
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

/** The call of an invocation, which may be a mere question. */
export function callLabel({ api, dryRun }: Pick<Invocation, 'api' | 'dryRun'>): string {
  return dryRun ? 'Invoke (DryRun)' : apiLabel(api);
}

/** What is sent where: the line before the request. */
export function sendingLine(invocation: Invocation): string {
  const { functionName, qualifier, payload, connection } = invocation;
  const name = qualifier === undefined ? functionName : `${functionName} (${qualifier})`;
  const { region, regionSource } = connection;
  const origin = regionSource === 'setting' ? '' : originOf(regionSource);
  const place = placeParts({ ...connection, region: region + origin });
  return [`${callLabel(invocation)} → ${name}`, payload.label, ...place].join(' · ');
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
  const code = codeOf(outcome);
  return [failureHeading(outcome), code ? `${code}: ${cause}` : cause, ...facts(outcome)].join(
    ' · ',
  );
}

/** Names of classes: they say nothing that the cause does not say, and are no codes that anybody could look up. */
const classNames: ReadonlySet<string> = new Set([
  'Error',
  'TypeError',
  'PayloadError',
  'TargetsError',
]);

/** The code of an error, of the service, of the system or of a check. */
function codeOf({ error }: Outcome): string | undefined {
  return error && !classNames.has(error.name) ? error.name : undefined;
}

/** A cause and what to do next. What others say of a cause often ends without a full stop. */
export function causeAndRemedy(cause: string, remedy: string): string {
  if (remedy === '') return cause;
  return `${cause}${/[.!?…]$/.test(cause) ? '' : '.'} ${remedy}`;
}

function facts({ requestId, payloadBytes, durationMs, attempts }: Outcome): string[] {
  return [
    ...(requestId === undefined ? [] : [l10n.t('request ID {0}', requestId)]),
    // What was never tried has taken no time, and its size is not always known.
    ...(durationMs === 0 ? [] : [sizeLabel(payloadBytes), `${Math.round(durationMs)} ms`]),
    ...(attempts > 1 ? [l10n.t('{0} attempts', attempts)] : []),
  ];
}
