import { ConnectionError } from './connectionError';
import type { Section, SharedConfig } from './sharedConfig';

export type EndpointSource = 'setting' | 'environment' | 'profile';

export interface Endpoint {
  readonly url: string;
  readonly source: EndpointSource;
}

/** The services that are asked, as they are called in the config file and in variables. */
export type ServiceKey = 'lambda' | 'sts' | 'cloudwatch_logs';

/**
 * The endpoint that environment or config name instead of AWS's own, in the order of the reference guide.
 * @throws ConnectionError when it is no http(s) URL, or the profile names a services section that is not there.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function configuredEndpoint(
  service: ServiceKey,
  environment: NodeJS.ProcessEnv,
  profile: Section,
  config: Pick<SharedConfig, 'section' | 'configPath'>,
): Endpoint | undefined {
  const ignored =
    environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ??
    profile['ignore_configured_endpoint_urls'];
  if (ignored?.toLowerCase() === 'true') return undefined;
  const variable =
    environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || environment['AWS_ENDPOINT_URL'];
  if (variable) return parseEndpoint(variable, 'environment');
  const url =
    servicesSection(profile, config)?.[`${service}.endpoint_url`] ?? profile['endpoint_url'];
  return url ? parseEndpoint(url, 'profile') : undefined;
}

/** @throws ConnectionError when the text is no http(s) URL that a request can be sent to. */
export function parseEndpoint(text: string, source: EndpointSource): Endpoint {
  const problem = endpointProblem(text);
  if (!problem) return { url: text, source };
  throw new ConnectionError(
    'BrokenEndpoint',
    `The endpoint "${withoutPassword(text)}" (from the ${source}) ${problem}.`,
    'Write it as http://host:port or https://host, for example http://127.0.0.1:3002.',
  );
}

function endpointProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is not a URL';
  const { protocol, username, password, search, hash } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return 'is not an http or https URL';
  if (username || password) return 'holds a user name or password, which AWS requests cannot carry';
  if (search || hash) return 'has a query or fragment, which a request would lose';
  return undefined;
}

function withoutPassword(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//…@');
}

function servicesSection(profile: Section, config: Pick<SharedConfig, 'section' | 'configPath'>) {
  const name = profile['services'];
  if (!name) return undefined;
  const section = config.section('services', name);
  if (section) return section;
  throw new ConnectionError(
    'BrokenConfig',
    `The profile names the section [services ${name}], which ${config.configPath} does not hold.`,
    'Add the section, or remove the key "services" from the profile.',
  );
}
