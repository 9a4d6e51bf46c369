import * as l10n from '@vscode/l10n';
import {
  fromContainerMetadata,
  fromHttp,
  fromIni,
  fromInstanceMetadata,
  fromNodeProviderChain,
  fromSSO,
  propertyProviderChain,
} from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Connection } from '../core/invocation/connection';
import { ConnectionError } from '../core/invocation/connectionError';
import { isLoopback } from '../core/invocation/loopback';
import { assumeRole, type MfaCode } from './assumeRole';
import { readingHandler } from './clientConfiguration';
import { credentialsOfProcess } from './credentialProcess';
import { type CredentialSource, sourceOf } from './credentialSource';
import type { Section } from './iniFile';
import { withinLimits } from './limits';
import { withSdkFiles } from './sdkFiles';
import { namedSection, readSharedConfig, type SharedConfig } from './sharedConfig';

/** What emulators get from somebody without an account. Never sent to another machine. */
const localCredentials: AwsCredentialIdentity = { accessKeyId: 'local', secretAccessKey: 'local' };

export interface CredentialOptions {
  readonly mfaCode?: MfaCode | undefined;
  /** Cancels, at every step. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Credentials for the connection, read afresh: what `aws sso login` or a credential helper has just
 * refreshed is used at once. As with the AWS CLI a chosen profile wins over keys in the environment, and
 * those win over AWS_PROFILE. A loopback endpoint gets made-up ones when there are none.
 * Each step (a program, a sign-in service, STS, a metadata service) may take `connection.timeoutMs`.
 * @throws ConnectionError, the error of the service that was asked for them, or the signal's reason.
 */
export async function findCredentials(
  connection: Connection,
  options: CredentialOptions = {},
): Promise<AwsCredentialIdentity> {
  const { endpoint, environment, profileSource, profile = 'default' } = connection;
  options.signal?.throwIfAborted();
  const keys = environmentKeys(environment);
  if (keys && profileSource !== 'setting') return keys;
  const local = endpoint !== undefined && isLoopback(endpoint);
  try {
    const config = await readSharedConfig(environment);
    return await new Search(connection, config, local, options).of(profile);
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    if (local) return localCredentials;
    throw namedForPeople(error);
  }
}

/** One search, along the profiles that name each other as `source_profile`. */
class Search {
  private readonly visited = new Set<string>();

  constructor(
    private readonly connection: Connection,
    private readonly config: SharedConfig,
    private readonly local: boolean,
    private readonly options: CredentialOptions,
  ) {}

  async of(profile: string): Promise<AwsCredentialIdentity> {
    const section = this.config.profiles.get(profile) ?? {};
    const source = sourceOf(section);
    const keys = keysOf(section);
    // As the source of another, even of itself, a profile is its keys.
    if (keys && (source === 'keys' || this.visited.size > 0)) return keys;
    if (this.visited.has(profile)) throw missing(l10n.t('its source_profile forms a cycle.'));
    this.visited.add(profile);
    const { credential_source: named, credential_process: commandLine } = section;
    // The SDK would stumble over a section that is missing.
    if (source === 'sso') namedSection(section, 'sso_session', this.config);
    if (source === 'role') return this.role(profile, section);
    // The SDK would run it without limit or cancel, and repeat what it prints.
    if (source === 'process' && commandLine) return this.program(commandLine);
    if (source === 'none' && named) return this.credentialSource(named);
    return this.ask(source, profile);
  }

  private role(profile: string, section: Section): Promise<AwsCredentialIdentity> {
    const { connection, config, options } = this;
    const { source_profile: next, credential_source: named } = section;
    if (Boolean(next) === Boolean(named)) {
      throw missing(
        l10n.t('a role needs either source_profile or credential_source in addition to role_arn.'),
      );
    }
    if (next && !config.profiles.has(next)) {
      throw missing(l10n.t('its source_profile "{0}" does not exist.', next));
    }
    const base = () => (next ? this.of(next) : this.credentialSource(named ?? ''));
    const { profiles } = config;
    return assumeRole({ connection, profile, section, profiles, base, ...options });
  }

  private program(commandLine: string): Promise<AwsCredentialIdentity> {
    const { environment } = this.connection;
    return this.step('credential_process', (signal) =>
      credentialsOfProcess(commandLine, { environment, signal }),
    );
  }

  /** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html#feature-assume-role-credentials-settings */
  private credentialSource(named: string): Promise<AwsCredentialIdentity> {
    const sources: Readonly<Record<string, () => Promise<AwsCredentialIdentity>>> = {
      Environment: async () => {
        const keys = environmentKeys(this.connection.environment);
        if (!keys) throw missing(l10n.t('the environment contains no keys.'));
        return keys;
      },
      EcsContainer: async () => propertyProviderChain(fromHttp(), fromContainerMetadata())(),
      Ec2InstanceMetadata: async () => fromInstanceMetadata()(),
    };
    const source = sources[named];
    if (!source) throw missing(l10n.t('its credential_source "{0}" is not known.', named));
    return this.step(named, source);
  }

  /**
   * A profile that names a source is asked alone: no other account may step in when it fails. One that names none
   * leaves it to the machine (a container, an instance), never to the profile or the keys of `process.env`.
   */
  private async ask(source: CredentialSource, profile: string): Promise<AwsCredentialIdentity> {
    const { connection, config, local } = this;
    return this.step(words[source], async (signal) => {
      const requestHandler = await readingHandler(connection, { signal });
      return withSdkFiles(config, profile, async (files) => {
        const options = {
          profile,
          ...files,
          clientConfig: { requestHandler },
          parentClientConfig: { region: connection.region, requestHandler },
        };
        // From an ini profile the SDK would look for SSO in the files that process.env names, as they once were.
        if (source === 'sso') return fromSSO(options)();
        if (source !== 'none' || local) return fromIni(options)();
        return fromNodeProviderChain(options)();
      });
    });
  }

  private step(
    who: string,
    work: (signal: AbortSignal) => Promise<AwsCredentialIdentity>,
  ): Promise<AwsCredentialIdentity> {
    const { timeoutMs } = this.connection;
    return withinLimits(work, who, { timeoutMs, signal: this.options.signal });
  }
}

/** Who is waited for, by the source. */
const words: Readonly<Record<CredentialSource, string>> = {
  sso: 'IAM Identity Center',
  login: 'AWS sign-in',
  role: 'AWS STS',
  process: 'credential_process',
  'web-identity': 'AWS STS',
  keys: 'The AWS configuration',
  none: 'The metadata service',
};

function keysOf(section: Section): AwsCredentialIdentity | undefined {
  const {
    aws_access_key_id: accessKeyId,
    aws_secret_access_key: secretAccessKey,
    aws_session_token: sessionToken,
  } = section;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

function missing(
  message: string,
  name: 'CredentialsMissing' | 'CredentialsExpired' = 'CredentialsMissing',
): ConnectionError {
  return new ConnectionError(
    name,
    message,
    l10n.t('Sign in or configure the profile, or select another.'),
  );
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
  return missing(error.message, expired ? 'CredentialsExpired' : 'CredentialsMissing');
}
