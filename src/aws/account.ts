import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { readingConfig } from './client';
import type { Connection } from './connection';
import type { MfaCode } from './credentials';
import { readingError } from './errors';

/** How long nobody waits again for an STS that did not answer, in milliseconds. */
const retryAfterMs = 60_000;

/** By a hash of the access key, since a key always belongs to the same account. */
const accounts = new Map<string, Promise<string>>();

/**
 * The account whose credentials the connection uses, asked of STS once for each access key; after a failure,
 * at most once a minute. Looking up credentials may take the user's time; STS gets `connection.timeoutMs`.
 * @throws ConnectionError when there are no credentials or STS does not answer.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function callerAccount(
  connection: Connection,
  { mfaCode }: { mfaCode?: MfaCode | undefined } = {},
): Promise<string> {
  try {
    const config = await readingConfig(connection, 'sts', mfaCode);
    const key = createHash('sha256')
      .update(`${config.credentials.accessKeyId} ${config.endpoint ?? connection.region}`)
      .digest('hex');
    let account = accounts.get(key);
    if (!account) {
      account = askAccount(new STSClient(config), connection.timeoutMs);
      accounts.set(key, account);
      account.catch(() => setTimeout(() => accounts.delete(key), retryAfterMs).unref());
    }
    return await account;
  } catch (error) {
    throw readingError(error, 'sts:GetCallerIdentity', connection);
  }
}

async function askAccount(client: STSClient, timeoutMs: number): Promise<string> {
  // The SDK's own limits hold for each of its attempts.
  const abortSignal = AbortSignal.timeout(timeoutMs);
  try {
    const { Account } = await client.send(new GetCallerIdentityCommand({}), { abortSignal });
    if (!Account) throw new Error(l10n.t('The answer names no account.'));
    return Account;
  } catch (error) {
    throw abortSignal.aborted ? abortSignal.reason : error;
  } finally {
    client.destroy();
  }
}
