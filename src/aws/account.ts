import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Connection } from '../core/invocation/connection';
import { readingConfig, type ReadingOptions } from './client';
import { readingError } from './errors';

/** How long nobody waits again for an STS that did not answer, in milliseconds. */
const retryAfterMs = 60_000;

/** By a hash of the access key, since a key always belongs to the same account. */
const accounts = new Map<string, Promise<string>>();

/**
 * The account whose credentials the connection uses, asked of STS once for each access key; after a failure,
 * at most once a minute. `timeoutMs` is for STS alone: looking up credentials may take the connection's, and the user's.
 * @throws ConnectionError when there are no credentials or STS does not answer.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function callerAccount(
  connection: Connection,
  { timeoutMs = connection.timeoutMs, ...options }: ReadingOptions = {},
): Promise<string> {
  try {
    const config = await readingConfig(connection, 'sts', { ...options, timeoutMs });
    const key = createHash('sha256')
      .update(`${config.credentials.accessKeyId} ${config.endpoint ?? connection.region}`)
      .digest('hex');
    let account = accounts.get(key);
    if (!account) {
      account = askAccount(new STSClient(config));
      accounts.set(key, account);
      account.catch(() => {
        const forget = () => accounts.delete(key);
        if (options.signal?.aborted) forget();
        else setTimeout(forget, retryAfterMs).unref();
      });
    }
    return await account;
  } catch (error) {
    throw readingError(error, 'sts:GetCallerIdentity', { ...connection, timeoutMs });
  }
}

async function askAccount(client: STSClient): Promise<string> {
  try {
    const { Account } = await client.send(new GetCallerIdentityCommand({}));
    if (!Account) throw new Error(l10n.t('The response contains no account.'));
    return Account;
  } finally {
    client.destroy();
  }
}
