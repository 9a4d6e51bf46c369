import * as l10n from '@vscode/l10n';
import { ProgressLocation } from 'vscode';
import type { Connection } from '../../aws/main';
import { aws, connectionRules } from '../lazy';
import { messageOf } from '../messageOf';
import { MfaPrompt } from './mfaCode';
import type { Output } from '../ui/output';
import { withProgress } from '../ui/progress';

/** Nobody waits longer for a name: STS answers within a second, or is not to be reached from here. */
const longestWaitMs = 5000;

/** A look-up that takes longer can be cancelled; a notification for each quick one would only flicker. */
const offerCancelAfterMs = 2000;

/**
 * The connection with the account that an event goes to: of the function's ARN, else of the credentials. An endpoint on
 * this machine has none. When STS cannot be asked the output says so, and the account stays unknown.
 * `undefined` when the user cancelled, or did not want to give an MFA code.
 */
export async function withAccount(
  connection: Connection,
  output: Output,
): Promise<Connection | undefined> {
  if (connection.accountId !== undefined || isOnThisMachine(connection)) return connection;
  const prompt = new MfaPrompt();
  const cancelling = new AbortController();
  const { signal } = cancelling;
  const timeoutMs = Math.min(connection.timeoutMs, longestWaitMs);
  const title = l10n.t('Asking AWS for the account');
  const asking = aws().callerAccount(connection, { mfaCode: prompt.ask, timeoutMs, signal });
  const offer = setTimeout(
    () =>
      void withProgress(
        { location: ProgressLocation.Notification, title, cancellable: true },
        async (_, token) => {
          token.onCancellationRequested(() => cancelling.abort());
          await asking.catch(() => {});
        },
      ),
    offerCancelAfterMs,
  );
  try {
    const accountId = await withProgress(
      { location: ProgressLocation.Window, title },
      async () => asking,
    );
    return { ...connection, accountId };
  } catch (error) {
    if (prompt.wasRefused || signal.aborted) return undefined;
    const reason = messageOf(error);
    output.warn(l10n.t('The account is not known, STS could not be asked: {0}', reason));
    return connection;
  } finally {
    clearTimeout(offer);
  }
}

/** Whether requests stay on this machine, as those to Local Lambda do. */
export function isOnThisMachine({ endpoint }: Connection): boolean {
  return endpoint !== undefined && connectionRules().isLoopback(endpoint);
}
