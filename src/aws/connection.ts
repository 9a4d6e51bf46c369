import * as l10n from '@vscode/l10n';
import { closest } from '../core/functionIdentifier/closest';
import { parseFunctionIdentifier } from '../core/functionIdentifier/parse';
import type { Connection, ProxySettings, RegionSource } from '../core/invocation/connection';
import { ConnectionError } from '../core/invocation/connectionError';
import { isLoopback } from '../core/invocation/loopback';
import { accountOf, hasKeys } from './credentialSource';
import { configuredEndpoint, parseEndpoint } from './endpoint';
import type { Section } from './iniFile';
import { readSharedConfig, type SharedConfig } from './sharedConfig';

/** What the user chose; everything left out comes from the environment and the shared config. */
export interface ConnectionChoice {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  /** For one request from its first to its last byte, in milliseconds; 15 minutes at most, 30 s unless it is positive. */
  readonly timeoutMs: number;
  /** The function that is to be called: the region of a full ARN wins over every other. */
  readonly functionIdentifier?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly proxy?: ProxySettings | undefined;
}

/** What package.json says of the setting `timeout`. */
const longestTimeoutMs = 900_000;
const defaultTimeoutMs = 30_000;

/**
 * Decides profile, region and endpoint as the AWS CLI does. Reads files, never credentials, never the network.
 * @throws ConnectionError when there is no region, no such profile, or a broken endpoint or config file.
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-quickstart.html#cli-configure-quickstart-precedence
 */
export async function resolveConnection(choice: ConnectionChoice): Promise<Connection> {
  const { environment } = choice;
  const config = await readSharedConfig(environment);
  const profile = chooseProfile(choice);
  const section = profileSection(config, profile?.name);
  const endpoint = choice.endpoint
    ? parseEndpoint(choice.endpoint, 'setting')
    : configuredEndpoint('lambda', environment, section, config);
  const parsed = parseFunctionIdentifier(choice.functionIdentifier ?? '');
  const target = parsed.ok ? parsed.identifier : undefined;
  const local = endpoint !== undefined && isLoopback(endpoint.url);
  const region = chooseRegion(choice, target?.region?.text, section, local);
  if (!region) throw noRegion(profile?.name);
  // Kinds of AWS's own endpoints: for one on this machine the SDK would refuse to send at all.
  const wants = (variable: string, key: string) =>
    !local && (environment[variable] || section[key])?.toLowerCase() === 'true';
  // Keys of the environment win over a profile that was not chosen, and an endpoint on this machine has no account.
  const isOfProfile = !local && (profile?.source === 'setting' || !hasKeys(environment));
  const accountId = target?.account?.text ?? (isOfProfile ? accountOf(section) : undefined);
  const caBundle = environment['AWS_CA_BUNDLE'] || section['ca_bundle'];
  return {
    ...(profile && { profile: profile.name, profileSource: profile.source }),
    ...region,
    ...(endpoint && { endpoint: endpoint.url, endpointSource: endpoint.source }),
    ...(accountId !== undefined && { accountId }),
    timeoutMs: usableTimeout(choice.timeoutMs),
    useFipsEndpoint: wants('AWS_USE_FIPS_ENDPOINT', 'use_fips_endpoint'),
    useDualstackEndpoint: wants('AWS_USE_DUALSTACK_ENDPOINT', 'use_dualstack_endpoint'),
    ...(caBundle && { caBundle }),
    environment,
    ...(choice.proxy && { proxy: choice.proxy }),
  };
}

function chooseProfile({ profile, environment }: ConnectionChoice) {
  if (profile) return { name: profile, source: 'setting' } as const;
  const name = environment['AWS_PROFILE'] || environment['AWS_DEFAULT_PROFILE'];
  return name ? ({ name, source: 'environment' } as const) : undefined;
}

function profileSection(config: SharedConfig, name: string | undefined): Section {
  const section = config.profiles.get(name ?? 'default');
  if (section) return section;
  if (name === undefined || name === 'default') return {};
  const close = closest(name, [...config.profiles.keys()], 1 + Math.floor(name.length / 4));
  const { configPath, credentialsPath } = config;
  throw new ConnectionError(
    'UnknownProfile',
    l10n.t('There is no AWS profile "{name}" in {configPath} or {credentialsPath}.', {
      name,
      configPath,
      credentialsPath,
    }),
    close
      ? l10n.t('Did you mean "{0}"?', close)
      : l10n.t('Select another profile, or run: {0}', `aws configure --profile ${name}`),
  );
}

function chooseRegion(
  choice: ConnectionChoice,
  arnRegion: string | undefined,
  section: Section,
  local: boolean,
): Pick<Connection, 'region' | 'regionSource'> | undefined {
  const { environment } = choice;
  const candidates: readonly (readonly [RegionSource, string | undefined])[] = [
    ['arn', arnRegion],
    ['setting', choice.region],
    ['environment', environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION']],
    ['profile', section['region']],
    ['local', local ? 'us-east-1' : undefined],
  ];
  for (const [regionSource, region] of candidates) {
    if (region) return { region, regionSource };
  }
  return undefined;
}

function noRegion(profile: string | undefined): ConnectionError {
  const name = profile ?? 'default';
  return new ConnectionError(
    'NoRegion',
    l10n.t(
      'No AWS region is set: not in the settings, not in AWS_REGION, not in the profile "{0}".',
      name,
    ),
    l10n.t(
      'Select a region, use the full ARN of the function, or run: {0}',
      `aws configure set region REGION --profile ${name}`,
    ),
  );
}

/** The editor hands over any number that stands in the settings; a timer that is too long for Node ends at once. */
function usableTimeout(timeoutMs: number): number {
  return timeoutMs > 0 ? Math.min(timeoutMs, longestTimeoutMs) : defaultTimeoutMs;
}
