import * as l10n from '@vscode/l10n';
import type { ConfigurationScope } from 'vscode';
import { askingPattern } from '../../core/guard';
import type { Services } from '../services';
import { isWorkspaceEndpoint, settings } from '../settings';
import { ask } from '../ui/messages';
import { isOnThisMachine } from '../connection/account';
import type { Consents } from './consents';
import { confirmationText } from './guardText';
import type { Invocation } from './invocation';
import type { InvokeArguments } from './invokeArguments';

/**
 * Asks before an event goes to a place that `invokeAsync.confirm` names, unless the user has agreed for good.
 * Whether it may be sent.
 */
export async function mayBeSent(invocation: Invocation, consents: Consents): Promise<boolean> {
  const { functionName, qualifier, payload, connection } = invocation;
  if (consents.coversFunction(invocation)) return true;
  const destination = {
    functionName,
    qualifier,
    profile: connection.profile,
    // Nothing that stays on this machine has an account.
    accountId: connection.accountId ?? (isOnThisMachine(connection) ? '' : undefined),
  };
  const pattern = askingPattern(settings(payload.folder).confirm, destination);
  if (pattern === undefined) return true;
  const send = l10n.t('Send');
  const sendAlways = l10n.t("Don't Ask Again for This Function");
  const choice = await ask(
    'warning',
    {
      message: l10n.t('Send this event to {0}?', functionName),
      detail: confirmationText(invocation, destination, pattern),
    },
    send,
    sendAlways,
  );
  if (choice === sendAlways) await consents.addFunction(invocation);
  return choice === send || choice === sendAlways;
}

/**
 * Where requests may go: a URL, `local`, or empty for what the profile says. While Local Lambda runs that is the place,
 * unless the arguments name another. Asks once for each endpoint that the workspace's settings name: they come with the
 * files of others, and what is sent there carries the event and a signature of the user. `undefined` when the user
 * does not allow it.
 */
export async function allowedEndpoint(
  { endpoint: given }: InvokeArguments,
  scope: ConfigurationScope | undefined,
  { consents, localLambda }: Pick<Services, 'consents' | 'localLambda'>,
): Promise<string | undefined> {
  const running = await localLambda.settled();
  if (given !== undefined || running) return given ?? running?.endpoint;
  const { endpoint } = settings(scope);
  if (endpoint === '' || endpoint === 'local') return endpoint;
  if (!isWorkspaceEndpoint(scope) || consents.coversEndpoint(endpoint)) return endpoint;
  const allow = l10n.t('Allow');
  const choice = await ask(
    'warning',
    {
      message: l10n.t('Send events to {0}?', endpoint),
      detail: [
        l10n.t(
          'The settings of this workspace (invokeAsync.endpoint) set it as the endpoint instead of AWS. It receives the events, and requests signed with your profile.',
        ),
      ],
    },
    allow,
  );
  if (choice !== allow) return undefined;
  await consents.addEndpoint(endpoint);
  return endpoint;
}
