import type { Destination } from '../../core/guard';
import { apiLabel } from '../reportText';
import type { Invocation } from './invocation';

/** What would be sent where, and why that is asked. An account that is empty is none, and not shown. */
export function confirmationText(
  { api, payload, connection: { region, endpoint } }: Invocation,
  { functionName, qualifier, accountId, profile }: Destination,
  pattern: string,
): string {
  const lines = [
    `${payload.label}, with ${apiLabel(api)}`,
    '',
    `Function: ${functionName}${qualifier === undefined ? '' : ` (${qualifier})`}`,
    ...(accountId === '' ? [] : [`Account: ${accountId ?? 'not known'}`]),
    `Region: ${region}`,
    `Profile: ${profile ?? 'default'}`,
    ...(endpoint === undefined ? [] : [`Endpoint: ${endpoint}`]),
    '',
    `Asked because of "${pattern}" in the setting invokeAsync.confirm.`,
  ];
  return lines.join('\n');
}
