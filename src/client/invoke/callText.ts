import * as l10n from '@vscode/l10n';
import type { RunTarget } from '../../core/fileRun/run';
import type { InvokeApi } from '../../core/invocation/outcome';
import type { InvocationHeaders } from '../../core/invocationHeaders';
import { shownNumber } from '../../core/shownNumber';

/** The call as people know it. */
export function apiLabel(api: InvokeApi): string {
  return api === 'Invoke' ? 'Invoke (Event)' : 'InvokeAsync';
}

/** The call of an invocation, which may be a mere question, or wait for the function. */
export function callLabel({
  api,
  dryRun,
  waits,
}: {
  readonly api: InvokeApi;
  readonly dryRun?: boolean | undefined;
  readonly waits?: boolean | undefined;
}): string {
  if (dryRun) return 'Invoke (DryRun)';
  return waits ? 'Invoke (RequestResponse)' : apiLabel(api);
}

/** The call as a lens names what it does. */
export function callTitle(api: InvokeApi): string {
  return api === 'InvokeAsync' ? l10n.t('Invoke Async') : apiLabel(api);
}

/** The size of a payload in UTF-8 bytes. */
export function sizeLabel(bytes: number): string {
  return bytes === 1 ? l10n.t('1 byte') : l10n.t('{0} bytes', shownNumber(bytes));
}

/** Whose event it is and which execution it starts, in parts of a line. */
export function headerParts({ tenantId, durableName }: InvocationHeaders): string[] {
  return [
    ...(tenantId === undefined ? [] : [l10n.t('tenant {0}', tenantId)]),
    ...(durableName === undefined ? [] : [l10n.t('execution {0}', durableName)]),
  ];
}

/** Where an event goes, in parts of a line; a part that is not known, or AWS's own, is left out. */
export function placeParts({
  region,
  accountId,
  profile,
  endpoint,
}: Pick<RunTarget, 'region' | 'accountId' | 'profile' | 'endpoint'>): string[] {
  return [
    region,
    ...(accountId === undefined ? [] : [l10n.t('account {0}', accountId)]),
    ...(profile === undefined ? [] : [l10n.t('profile {0}', profile)]),
    // The history says `local`, because Local Lambda has another port each time.
    ...(endpoint === undefined ? [] : [endpoint === 'local' ? 'Local Lambda' : endpoint]),
  ];
}
