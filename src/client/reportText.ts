import type { Connection } from '../aws/main';
import type { InvokeApi, Outcome, OutcomeKind } from '../core/invocation';
import type { Invocation } from './invocation/invocation';

/** What the output channel says, in words; pure, so that every sentence can be tested. */

export const explanationOf202 =
  '202 means that Lambda has queued the event, not that the function has run or succeeded. ' +
  'After a function error Lambda tries twice more; then the event goes to the failure destination, if there is one. ' +
  'Lambda: Follow Logs shows what becomes of it.';

export const deprecationNotice =
  'InvokeAsync is deprecated. AWS recommends Invoke with InvocationType Event: payloads up to 1 MB, ' +
  'X-Ray traces, reserved concurrency honoured.';

/** The call as people know it. */
export function apiLabel(api: InvokeApi): string {
  return api === 'Invoke' ? 'Invoke (Event)' : 'InvokeAsync';
}

/** The call of an invocation, which may be a mere question. */
export function callLabel({ api, dryRun }: Pick<Invocation, 'api' | 'dryRun'>): string {
  return dryRun ? 'Invoke (DryRun)' : apiLabel(api);
}

/** What is sent where: the line before the request. */
export function sendingLine(invocation: Invocation): string {
  const { functionName, qualifier, payload, connection } = invocation;
  const name = qualifier === undefined ? functionName : `${functionName} (${qualifier})`;
  return [`${callLabel(invocation)} → ${name}`, payload.label, ...place(connection)].join(' · ');
}

/** The status and its facts: the line after an answer of 2xx. */
export function acceptedLine(outcome: Outcome): string {
  const status = { 202: '202 Accepted, queued', 204: '204 No Content, permitted' }[
    outcome.status ?? 0
  ];
  return [status ?? String(outcome.status), ...facts(outcome)].join(' · ');
}

const failed: Record<Exclude<OutcomeKind, 'accepted'>, string> = {
  rejected: 'Refused',
  notSent: 'Not sent',
  unknown: 'No clear answer, the event may have been queued',
};

/** What became of an event that was not accepted, in a few words. */
export function failureHeading({ kind, status }: Outcome): string {
  if (kind === 'accepted') return '';
  return status === undefined ? failed[kind] : `${failed[kind]} (${status})`;
}

/** The failure with its cause and facts: the line after any other end. */
export function failureLine(outcome: Outcome, cause: string): string {
  const name = outcome.error?.name;
  return [failureHeading(outcome), name ? `${name}: ${cause}` : cause, ...facts(outcome)].join(
    ' · ',
  );
}

const regionSources: Record<Connection['regionSource'], string> = {
  arn: ' from the ARN',
  setting: '',
  environment: ' from the environment',
  profile: ' from the profile',
  local: '',
};

function place({ region, regionSource, profile, accountId, endpoint }: Connection): string[] {
  return [
    `${region}${regionSources[regionSource]}`,
    ...(accountId === undefined ? [] : [`account ${accountId}`]),
    ...(profile === undefined ? [] : [`profile ${profile}`]),
    ...(endpoint === undefined ? [] : [endpoint]),
  ];
}

function facts({ requestId, payloadBytes, durationMs, attempts }: Outcome): string[] {
  return [
    ...(requestId === undefined ? [] : [`request id ${requestId}`]),
    `${payloadBytes.toLocaleString('en-US')} ${payloadBytes === 1 ? 'byte' : 'bytes'}`,
    `${Math.round(durationMs)} ms`,
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
  ];
}
