import { isIPv4 } from 'node:net';
import type { ProxySettings } from './proxy';
import { ConnectionError } from './connectionError';
import { configuredEndpoint, type EndpointSource, parseEndpoint } from './endpoint';
import { readSharedConfig, type Section, type SharedConfig } from './sharedConfig';

/** What the user chose; everything left out comes from the environment and the shared config. */
export interface ConnectionChoice {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  /** For one request from its first to its last byte, in milliseconds. */
  readonly timeoutMs: number;
  /** The function that is to be called: the region of a full ARN wins over every other. */
  readonly functionIdentifier?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly proxy?: ProxySettings | undefined;
}

/** `local`: no region is configured anywhere and none is needed, because the endpoint is on loopback. */
export type RegionSource = 'arn' | 'setting' | 'environment' | 'profile' | 'local';

/** Where requests go and as whom. Holds no credentials: they are looked up at every use. */
export interface Connection {
  readonly profile?: string;
  readonly profileSource?: 'setting' | 'environment';
  readonly region: string;
  readonly regionSource: RegionSource;
  /** Only when it is not AWS's own. */
  readonly endpoint?: string;
  readonly endpointSource?: EndpointSource;
  /** As the function's ARN has it. */
  readonly accountId?: string;
  readonly timeoutMs: number;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  /** A file of certificates to trust, from `AWS_CA_BUNDLE` or `ca_bundle`. */
  readonly caBundle?: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly proxy?: ProxySettings;
}

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
  const arn = arnParts(choice.functionIdentifier);
  const region = chooseRegion(
    choice,
    arn?.['region'],
    section,
    endpoint !== undefined && isLoopback(endpoint.url),
  );
  if (!region) throw noRegion(profile?.name);
  const caBundle = environment['AWS_CA_BUNDLE'] || section['ca_bundle'];
  return {
    ...(profile && { profile: profile.name, profileSource: profile.source }),
    ...region,
    ...(endpoint && { endpoint: endpoint.url, endpointSource: endpoint.source }),
    ...(arn?.['accountId'] && { accountId: arn['accountId'] }),
    timeoutMs: choice.timeoutMs,
    useFipsEndpoint: isOn(environment['AWS_USE_FIPS_ENDPOINT'] ?? section['use_fips_endpoint']),
    useDualstackEndpoint: isOn(
      environment['AWS_USE_DUALSTACK_ENDPOINT'] ?? section['use_dualstack_endpoint'],
    ),
    ...(caBundle && { caBundle }),
    environment,
    ...(choice.proxy && { proxy: choice.proxy }),
  };
}

/** Whether a URL names this machine. Only there are made-up credentials good enough. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    (isIPv4(hostname) && hostname.startsWith('127.'))
  );
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
  const close = closeMatches(name, [...config.profiles.keys()]);
  const places = `${config.configPath} or ${config.credentialsPath}`;
  throw new ConnectionError(
    'UnknownProfile',
    `There is no AWS profile "${name}" in ${places}.`,
    close.length > 0
      ? `Did you mean ${close.map((match) => `"${match}"`).join(' or ')}?`
      : `Select another profile, or run: aws configure --profile ${name}`,
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
    `No AWS region is set: not in the settings, not in AWS_REGION, not in the profile "${name}".`,
    `Select a region, use the full ARN of the function, or run: aws configure set region REGION --profile ${name}`,
  );
}

function arnParts(identifier: string | undefined) {
  const match = /^(?:arn:[^:]*:lambda:(?<region>[^:]+):)?(?<accountId>\d{12}):function:/.exec(
    identifier ?? '',
  );
  return match?.groups;
}

function isOn(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

/** At most three names that a slip of the keyboard could have turned into `name`, the closest first. */
function closeMatches(name: string, names: readonly string[]): string[] {
  const limit = Math.max(1, Math.floor(name.length / 3));
  return names
    .map((candidate) => ({
      candidate,
      distance: editDistance(name.toLowerCase(), candidate.toLowerCase(), limit),
    }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Levenshtein's distance, or more than `limit` when the lengths alone exceed it. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
