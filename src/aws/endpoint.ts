import * as l10n from '@vscode/l10n';
import type { EndpointSource } from '../core/invocation/connection';
import { ConnectionError } from '../core/invocation/connectionError';
import type { Section } from './iniFile';
import { namedSection, type SharedConfig } from './sharedConfig';

export interface Endpoint {
  readonly url: string;
  readonly source: EndpointSource;
}

/** The services that are asked, as they are called in the config file and in variables. */
export type ServiceKey =
  | 'lambda'
  | 'sts'
  | 'cloudwatch'
  | 'cloudwatch_logs'
  | 'sqs'
  | 's3'
  | 'sfn'
  | 'cloudformation'
  | 'schemas';

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
    namedSection(profile, 'services', config)?.[`${service}.endpoint_url`] ??
    profile['endpoint_url'];
  return url ? parseEndpoint(url, 'profile') : undefined;
}

/** @throws ConnectionError when the text is no http(s) URL that a request can be sent to. */
export function parseEndpoint(text: string, source: EndpointSource): Endpoint {
  const problem = endpointProblem(text, source);
  if (!problem) return { url: text, source };
  throw new ConnectionError(
    'BrokenEndpoint',
    problem,
    l10n.t(
      'Write it as http://host:port or https://host, for example {0}.',
      'http://127.0.0.1:3002',
    ),
  );
}

function endpointProblem(text: string, source: EndpointSource): string | undefined {
  const words = { endpoint: withoutPassword(text), origin: originWords(source) };
  if (!URL.canParse(text))
    return l10n.t('The endpoint "{endpoint}" ({origin}) is not a URL.', words);
  const { protocol, username, password, search, hash } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') {
    return l10n.t('The endpoint "{endpoint}" ({origin}) is not an http or https URL.', words);
  }
  if (username || password) {
    return l10n.t(
      'The endpoint "{endpoint}" ({origin}) contains a user name or password, which AWS requests cannot carry.',
      words,
    );
  }
  if (search || hash) {
    return l10n.t(
      'The endpoint "{endpoint}" ({origin}) has a query or fragment, which requests would drop.',
      words,
    );
  }
  return undefined;
}

function originWords(source: EndpointSource): string {
  return {
    setting: l10n.t('from the settings'),
    environment: l10n.t('from the environment'),
    profile: l10n.t('from the profile'),
  }[source];
}

function withoutPassword(text: string): string {
  // Up to the last one: a password may hold both / and @.
  return text.replace(/\/\/.*@/, '//…@');
}
