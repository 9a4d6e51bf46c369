import * as l10n from '@vscode/l10n';
import { ProgressLocation } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import { isLoopback } from '../../core/invocation/loopback';
import { aws } from '../lazy';
import { messageOf } from '../messageOf';
import { MfaPrompt } from './mfaPrompt';
import type { Output } from '../ui/output';
import { withProgress } from '../ui/progress';

/** Nobody waits longer for a name: STS answers within a second, or is not to be reached from here. */
const longestWaitMs = 5000;

/**
 * The connection with the account that an event goes to: of the function's ARN, else of the credentials. An endpoint on
 * this machine has none. When STS cannot be asked the output says so, and the account stays unknown.
 * `undefined` when the user did not want to give an MFA code.
 */
export async function withAccount(
  connection: Connection,
  output: Output,
): Promise<Connection | undefined> {
  if (connection.accountId !== undefined || isOnThisMachine(connection)) return connection;
  const prompt = new MfaPrompt();
  const timeoutMs = Math.min(connection.timeoutMs, longestWaitMs);
  try {
    const accountId = await withProgress(
      { location: ProgressLocation.Window, title: l10n.t('Getting the account from AWS') },
      async () => (await aws()).callerAccount(connection, { mfaCode: prompt.ask, timeoutMs }),
    );
    return { ...connection, accountId };
  } catch (error) {
    if (prompt.wasRefused) return undefined;
    const reason = messageOf(error);
    output.warn(l10n.t('Cannot get the account from STS: {0}', reason));
    return connection;
  }
}

/** Whether requests stay on this machine, as those to Local Lambda do. */
export function isOnThisMachine({ endpoint }: Connection): boolean {
  return endpoint !== undefined && isLoopback(endpoint);
}
