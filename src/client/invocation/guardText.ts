import { apiLabel } from '../reportText';
import type { Invocation } from './invocation';

/** What would be sent where, as the question before it is sent lists it. */
export function confirmationText(invocation: Invocation, pattern: string): string {
  const { payload, functionName, qualifier, connection } = invocation;
  const { accountId, region, profile, endpoint } = connection;
  const lines = [
    `${payload.label}, with ${apiLabel(invocation.api)}`,
    '',
    `Function: ${functionName}${qualifier === undefined ? '' : ` (${qualifier})`}`,
    ...(accountId === undefined && endpoint !== undefined
      ? []
      : [`Account: ${accountId ?? 'not known'}`]),
    `Region: ${region}`,
    `Profile: ${profile ?? 'default'}`,
    ...(endpoint === undefined ? [] : [`Endpoint: ${endpoint}`]),
    '',
    `Asked because of "${pattern}" in the setting invokeAsync.confirm.`,
  ];
  return lines.join('\n');
}
