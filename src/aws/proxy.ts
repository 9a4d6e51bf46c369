import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { rootCertificates } from 'node:tls';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Connection, ProxySettings } from '../core/invocation/connection';
import { ConnectionError } from '../core/invocation/connectionError';
import { isLoopback } from '../core/invocation/loopback';

/** For Node's http and https requests; each connection is made anew and serves one request. */
export interface Agents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
  /** Closes the connection to a proxy that has not answered yet: the end of a request does not reach it. */
  readonly abandon: () => void;
}

/**
 * The way from here to the URL of a request, as it really is: through a proxy or straight, and whom to trust.
 * Throws ConnectionError when the proxy's URL is broken.
 */
export type WayOut = (url: string) => Agents;

/** @throws ConnectionError when a file of certificates is broken. */
export async function wayOutOf({
  environment,
  proxy,
  caBundle,
}: Pick<Connection, 'environment' | 'proxy' | 'caBundle'>): Promise<WayOut> {
  const ca = await trustedCertificates(
    [proxy?.caFile, caBundle].filter((file): file is string => Boolean(file)),
    environment['NODE_EXTRA_CA_CERTS'],
  );
  const trust = {
    keepAlive: false,
    ...(ca && { ca }),
    ...(proxy?.strictSSL === false && { rejectUnauthorized: false }),
  };
  return (url) => agentsFor(proxyFor(url, environment, proxy), trust);
}

function agentsFor(proxyUrl: string | undefined, trust: https.AgentOptions): Agents {
  if (!proxyUrl) {
    return {
      httpAgent: new http.Agent({ keepAlive: false }),
      httpsAgent: new https.Agent(trust),
      abandon() {},
    };
  }
  const abandoned = new AbortController();
  return {
    httpAgent: new HttpProxyAgent(proxyUrl, trust),
    httpsAgent: httpsProxyAgent(proxyUrl, trust, abandoned.signal),
    abandon: () => abandoned.abort(),
  };
}

/**
 * The proxy for a URL, or undefined for a straight way: the setting, else HTTPS_PROXY or HTTP_PROXY
 * (small letters win, as with curl), unless NO_PROXY or the setting names the host. Loopback never goes through a proxy.
 */
export function proxyFor(
  url: string,
  environment: NodeJS.ProcessEnv,
  settings?: ProxySettings,
): string | undefined {
  const { protocol, hostname, port: explicitPort } = new URL(url);
  const port = explicitPort || (protocol === 'https:' ? '443' : '80');
  const from = (name: string) => environment[name.toLowerCase()] || environment[name];
  const proxy =
    settings?.url ||
    from(protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') ||
    from('ALL_PROXY');
  const exempt = [from('NO_PROXY') ?? '', ...(settings?.noProxy ?? [])].join(',');
  if (!proxy || isLoopback(url) || isExempt(hostname, port, exempt)) return undefined;
  const complete = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (URL.canParse(complete) && /^https?:/.test(complete)) return complete;
  throw new ConnectionError(
    'BrokenProxy',
    l10n.t('The proxy address is not an http or https URL.'),
    l10n.t('Correct the setting http.proxy or the variables HTTPS_PROXY and HTTP_PROXY.'),
  );
}

function isExempt(host: string, port: string, exempt: string): boolean {
  return exempt
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      const [name = '', entryPort] = entry.startsWith('[') ? [entry] : entry.split(':');
      if (entryPort && entryPort !== port) return false;
      const suffix = name.replace(/^\*?\.?/, '');
      return name === '*' || host === suffix || (suffix !== '' && host.endsWith(`.${suffix}`));
    });
}

/** HttpsProxyAgent gives the options of its own constructor to the proxy's connection only. */
function httpsProxyAgent(
  proxyUrl: string,
  trust: https.AgentOptions,
  signal: AbortSignal,
): https.Agent {
  const agent = new HttpsProxyAgent(proxyUrl, { ...trust, signal });
  Object.assign(agent.options, trust);
  return agent;
}

async function trustedCertificates(
  files: readonly string[],
  extra: string | undefined,
): Promise<string[] | undefined> {
  if (files.length === 0) return undefined;
  // Certificates given here replace Node's own, and with them those of NODE_EXTRA_CA_CERTS.
  const read = await Promise.all([...files, ...(extra ? [extra] : [])].map(readCertificates));
  return [...rootCertificates, ...read];
}

async function readCertificates(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text.includes('-----BEGIN')) return text;
  throw new ConnectionError(
    'BrokenConfig',
    l10n.t('The certificate file {0} cannot be read or contains no PEM certificate.', file),
    l10n.t(
      'Correct AWS_CA_BUNDLE, ca_bundle in the AWS profile, or the setting that specifies the file.',
    ),
  );
}
