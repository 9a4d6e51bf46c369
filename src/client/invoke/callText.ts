import * as l10n from '@vscode/l10n';
import type { RunTarget } from '../../core/fileRun/run';
import type { InvokeApi } from '../../core/invocation/outcome';
import { shownNumber } from '../../core/shownNumber';

/** The call as people know it. */
export function apiLabel(api: InvokeApi): string {
  return api === 'Invoke' ? 'Invoke (Event)' : 'InvokeAsync';
}

/** The size of a payload in UTF-8 bytes. */
export function sizeLabel(bytes: number): string {
  return bytes === 1 ? l10n.t('1 byte') : l10n.t('{0} bytes', shownNumber(bytes));
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
