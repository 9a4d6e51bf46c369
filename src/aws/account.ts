import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { readingConfig } from './client';
import type { Connection } from './connection';
import type { MfaCode } from './credentials';
import { readingError } from './errors';

/** By a hash of the access key, since a key always belongs to the same account. */
const accounts = new Map<string, Promise<string>>();

/**
 * The account whose credentials the connection uses, asked of STS once for each access key.
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
    const known = accounts.get(key) ?? askAccount(new STSClient(config));
    accounts.set(key, known);
    known.catch(() => accounts.delete(key));
    return await known;
  } catch (error) {
    throw readingError(error, 'sts:GetCallerIdentity', connection);
  }
}

async function askAccount(client: STSClient): Promise<string> {
  try {
    const { Account } = await client.send(new GetCallerIdentityCommand({}));
    if (!Account) throw new Error(l10n.t('The answer names no account.'));
    return Account;
  } finally {
    client.destroy();
  }
}
