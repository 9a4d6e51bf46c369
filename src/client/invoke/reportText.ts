import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../core/invocation/outcome';
import { originOf } from '../connection/barText';
import { callLabel, headerParts, placeParts, sizeLabel } from './callText';
import type { Invocation, Payload } from './invocation';

/** What the output channel says, in words; pure, so that every sentence can be tested. */

export function explanationOf202(): string {
  return l10n.t(
    '202 means that Lambda has queued the event, not that the function has run or succeeded. After a function error, Lambda retries twice; then the event goes to the failure destination, if there is one. Lambda: Follow Logs shows what happens to it.',
  );
}

export function deprecationNotice(): string {
  return l10n.t(
    'InvokeAsync is deprecated. AWS recommends Invoke with InvocationType Event: payloads up to 1 MB, X-Ray traces, reserved concurrency honored.',
  );
}

/** What is sent where: the line before the request. */
export function sendingLine(invocation: Invocation): string {
  const { functionName, qualifier, payload, connection } = invocation;
  const name = qualifier === undefined ? functionName : `${functionName} (${qualifier})`;
  const { region, regionSource } = connection;
  const origin = regionSource === 'setting' ? '' : originOf(regionSource);
  const place = placeParts({ ...connection, region: region + origin });
  const headers = headerParts(invocation);
  return [`${callLabel(invocation)} → ${name}`, payload.label, ...headers, ...place].join(' · ');
}

/** Why an event goes another way than the setting or its target says; `undefined` when it does not. */
export function insteadOfInvokeAsync({
  insteadOfInvokeAsync: isOther,
  tenantId,
}: Pick<Invocation, 'insteadOfInvokeAsync' | 'tenantId'>): string | undefined {
  if (!isOther) return undefined;
  return tenantId === undefined
    ? l10n.t('Sent with Invoke: InvokeAsync cannot carry the name of a durable execution.')
    : l10n.t('Sent with Invoke: InvokeAsync cannot carry a tenant ID.');
}

/** What stands in the payload and is not sent; `undefined` where all of it is. */
export function sentWithout({
  label,
  leftOut,
}: Pick<Payload, 'label' | 'leftOut'>): string | undefined {
  if (leftOut === undefined) return undefined;
  return {
    comments: l10n.t('{0}: sent without its comments.', label),
    trailingCommas: l10n.t('{0}: sent without its trailing commas.', label),
    both: l10n.t('{0}: sent without its comments and trailing commas.', label),
  }[leftOut];
}

/** What the name of a durable execution is good for. */
export function exactlyOnce(durableName: string): string {
  return l10n.t(
    'The event runs exactly once: sent again under the name {0}, it starts nothing new.',
    durableName,
  );
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

/** How a function ended that was waited for: the line after its response. */
export function answeredLine(outcome: Outcome): string {
  const { functionError, executedVersion } = outcome.response ?? {};
  const end =
    functionError === undefined
      ? l10n.t('200 OK, succeeded')
      : l10n.t('200 OK, but the function failed ({0})', functionError);
  const version = executedVersion === undefined ? [] : [l10n.t('version {0}', executedVersion)];
  return [end, ...version, ...facts(outcome)].join(' · ');
}

/** What became of an event that was not accepted, in a few words. */
export function failureHeading({ kind, status, waits }: Outcome): string {
  const end = {
    accepted: '',
    rejected: l10n.t('Rejected'),
    notSent: l10n.t('Not sent'),
    unknown: waits
      ? l10n.t('Outcome unknown, the function may be running')
      : l10n.t('Outcome unknown, the event may have been queued'),
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
