import * as l10n from '@vscode/l10n';
import type { Destination } from '../../core/guard';
import { apiLabel } from './reportText';
import type { Invocation } from './invocation';

/** What would be sent where, and why that is asked: one line each. An account that is empty is none, and not shown. */
export function confirmationText(
  { api, payload, connection: { region, endpoint } }: Invocation,
  { functionName, qualifier, accountId, profile }: Destination,
  pattern: string,
): string[] {
  return [
    l10n.t('{payload}, with {call}', { payload: payload.label, call: apiLabel(api) }),
    '',
    l10n.t('Function: {0}', functionName + (qualifier === undefined ? '' : ` (${qualifier})`)),
    ...(accountId === '' ? [] : [l10n.t('Account: {0}', accountId ?? l10n.t('unknown'))]),
    l10n.t('Region: {0}', region),
    l10n.t('Profile: {0}', profile ?? 'default'),
    ...(endpoint === undefined ? [] : [l10n.t('Endpoint: {0}', endpoint)]),
    '',
    l10n.t(
      'The pattern "{0}" in the setting invokeAsync.confirm requires this confirmation.',
      pattern,
    ),
  ];
}
