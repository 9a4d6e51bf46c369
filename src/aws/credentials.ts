import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { fromIni, fromNodeProviderChain, fromSSO } from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentity } from '@smithy/types';
import { type Connection, isLoopback } from './connection';
import { ConnectionError } from './connectionError';
import { agentsFor } from './proxy';
import {
  namedSection,
  readSharedConfig,
  type Section,
  type SharedConfig,
  sharedConfigPaths,
} from './sharedConfig';

/** Asks the user for the code that the device `serial` shows. */
export type MfaCode = (serial: string) => Promise<string>;

/** What emulators get from somebody without an account. Never sent to another machine. */
const localCredentials: AwsCredentialIdentity = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Where a profile's credentials come from, in the words that a message needs. */
export type CredentialSource =
  | 'sso'
  | 'login'
  | 'role'
  | 'process'
  | 'web-identity'
  | 'keys'
  | 'none';

/**
 * Credentials for the connection, read afresh: what `aws sso login` or a credential helper has just
 * refreshed is used at once. As with the AWS CLI a chosen profile wins over keys in the environment, and
 * those win over AWS_PROFILE. A loopback endpoint gets made-up ones when there are none.
 * @throws ConnectionError, or the error of the service that was asked for them.
 */
export async function findCredentials(
  connection: Connection,
  mfaCode?: MfaCode,
): Promise<AwsCredentialIdentity> {
  const { endpoint, environment, profileSource } = connection;
  const keys = environmentKeys(environment);
  if (keys && profileSource !== 'setting') return keys;
  const local = endpoint !== undefined && isLoopback(endpoint);
  try {
    return await profileCredentials(connection, local, mfaCode);
  } catch (error) {
    if (local) return localCredentials;
    throw namedForPeople(error);
  }
}

/**
 * What a profile names as its source. Reads no secret.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function sourceOf(section: Section): CredentialSource {
  const sources: readonly (readonly [string, CredentialSource])[] = [
    ['role_arn', section['web_identity_token_file'] ? 'web-identity' : 'role'],
    ['aws_access_key_id', 'keys'],
    ['sso_session', 'sso'],
    ['sso_start_url', 'sso'],
    ['credential_process', 'process'],
    ['login_session', 'login'],
  ];
  return sources.find(([key]) => section[key])?.[1] ?? 'none';
}

async function profileCredentials(
  connection: Connection,
  local: boolean,
  mfaCode: MfaCode | undefined,
): Promise<AwsCredentialIdentity> {
  const { environment, region } = connection;
  const profile = connection.profile ?? 'default';
  const { configPath, credentialsPath } = sharedConfigPaths(environment);
  const config = await readSharedConfig(environment);
  const { profiles } = config;
  const section = profiles.get(profile) ?? {};
  const source = sourceOf(section);
  // The SDK would stumble over a section that is missing.
  if (source === 'sso') namedSection(section, 'sso_session', config);
  const key = sessionKey(profile, profiles);
  const session = sessions.get(key);
  if (session?.expiration && session.expiration.getTime() - Date.now() > 60_000) return session;
  let askedForCode = false;
  const options = {
    configFilepath: configPath,
    filepath: credentialsPath,
    ignoreCache: true,
    clientConfig: {
      requestHandler: {
        ...(await agentsFor('https://sts.amazonaws.com', connection)),
        requestTimeout: connection.timeoutMs,
        connectionTimeout: connection.timeoutMs,
        throwOnRequestTimeout: true,
      },
    },
    parentClientConfig: { region },
    ...(mfaCode && {
      mfaCodeProvider: (serial: string) => {
        askedForCode = true;
        return mfaCode(serial);
      },
    }),
  };
  const found = await provider(source, profile, local, options)();
  if (askedForCode) sessions.set(key, found);
  return found;
}

type ProviderOptions = Parameters<typeof fromIni>[0] & Parameters<typeof fromSSO>[0];

/**
 * A profile that names a source is asked alone: no other account may step in when it fails. One that names none
 * leaves it to the machine (a container, an instance), never to the profile or the keys of `process.env`.
 */
function provider(
  source: CredentialSource,
  profile: string,
  local: boolean,
  options: ProviderOptions,
) {
  // From an ini profile the SDK would look for SSO in the files that process.env names, as they once were.
  if (source === 'sso') return fromSSO({ ...options, profile });
  if (source !== 'none' || local) return fromIni({ ...options, profile });
  return fromNodeProviderChain({ ...options, profile });
}

/** Sessions that a code was typed for, so that it is asked for once; in memory alone, like every secret here. */
const sessions = new Map<string, AwsCredentialIdentity>();

/** Forgets what AWS no longer takes. */
export function forgetSessions(): void {
  sessions.clear();
}

/** Changes with every line of the profile and of those it builds on. */
function sessionKey(profile: string, profiles: SharedConfig['profiles']): string {
  const hash = createHash('sha256');
  const seen = new Set<string>();
  for (let name: string | undefined = profile; name && !seen.has(name); ) {
    seen.add(name);
    const section: Section | undefined = profiles.get(name);
    hash.update(JSON.stringify([name, section]));
    name = section?.['source_profile'];
  }
  return hash.digest('hex');
}

function environmentKeys(environment: NodeJS.ProcessEnv): AwsCredentialIdentity | undefined {
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

/**
 * The providers' errors tell expired from missing in their messages alone. What STS or a file's reader reports
 * has a name of its own.
 */
function namedForPeople(error: unknown): unknown {
  if (!(error instanceof Error) || '$fault' in error || error instanceof ConnectionError)
    return error;
  const expired = /expired|refresh|reauthenticate/i.test(error.message);
  return new ConnectionError(
    expired ? 'CredentialsExpired' : 'CredentialsMissing',
    // The command may hold a password.
    error.message.replace(/^Command failed: .*\n?/, `${l10n.t('credential_process failed:')} `),
    l10n.t('Sign in or configure the profile, or select another.'),
  );
}
