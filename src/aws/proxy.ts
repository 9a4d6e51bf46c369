import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Connection, ProxySettings } from '../core/invocation/connection';
import { ConnectionError } from '../core/invocation/connectionError';
import { isLoopback } from '../core/invocation/loopback';
import { KeptSockets } from './keptSockets';

/** For Node's http and https requests. */
export interface Agents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
  /** Closes the connection to a proxy that has not answered yet: the end of a request does not reach it. */
  readonly abandon: (request: http.ClientRequest) => void;
  /** Decides which connections are kept; without it, each request opens its own. */
  readonly kept?: KeptSockets;
}

/**
 * The way from here to the URL of a request, as it really is: through a proxy or straight, and whom to trust.
 * Throws ConnectionError when the proxy's URL is broken.
 */
export type WayOut = (url: string) => Agents;

type Way = Pick<Connection, 'environment' | 'proxy' | 'caBundle'>;

/** @throws ConnectionError when a file of certificates is broken. */
export async function wayOutOf(way: Way): Promise<WayOut> {
  const trust = await trustOf(way);
  return (url) => agentsFor(proxyFor(url, way.environment, way.proxy), trust);
}

/**
 * As `wayOutOf`, over connections that are kept for further requests.
 * @throws ConnectionError when a file of certificates is broken.
 */
export async function keptWayOutOf(
  way: Way,
): Promise<{ readonly wayOut: WayOut; readonly close: () => void }> {
  // Longest idle first: only then does Node pass over connections that are already closed.
  const trust = { ...(await trustOf(way)), keepAlive: true, scheduling: 'fifo' } as const;
  const ways = new Map<string, Agents & { readonly close: () => void }>();
  return {
    wayOut(url) {
      const known = ways.get(url);
      if (known) return known;
      const agents = agentsFor(proxyFor(url, way.environment, way.proxy), trust);
      const kept = new KeptSockets();
      kept.watch(agents.httpAgent);
      kept.watch(agents.httpsAgent);
      const found = {
        ...agents,
        kept,
        close() {
          agents.abandonAll();
          kept.close();
        },
      };
      ways.set(url, found);
      return found;
    },
    close() {
      for (const { close } of ways.values()) close();
    },
  };
}

async function trustOf({ environment, proxy, caBundle }: Way): Promise<https.AgentOptions> {
  const ca = await trustedCertificates(
    [proxy?.caFile, caBundle].filter((file): file is string => Boolean(file)),
    environment['NODE_EXTRA_CA_CERTS'],
  );
  return {
    keepAlive: false,
    // The editor reads `ca` from our agent; Node prefers the context.
    ...(ca && { ca, secureContext: contextOf(ca) }),
    ...(proxy?.strictSSL === false && { rejectUnauthorized: false }),
  };
}

function agentsFor(
  proxyUrl: string | undefined,
  trust: https.AgentOptions,
): Agents & { readonly abandonAll: () => void } {
  if (!proxyUrl) {
    return {
      httpAgent: new http.Agent(trust),
      httpsAgent: new https.Agent(trust),
      abandon() {},
      abandonAll() {},
    };
  }
  const httpAgent = new HttpProxyAgent(proxyUrl, trust);
  const httpsAgent = new HttpsProxyAgent(proxyUrl, trust);
  // It gives the options of its own constructor to the proxy's connection only.
  Object.assign(httpsAgent.options, trust);
  const waiting = new Map<http.ClientRequest, AbortController>();
  letAbandon(httpAgent, waiting);
  letAbandon(httpsAgent, waiting);
  return {
    httpAgent,
    httpsAgent,
    abandon: (request) => waiting.get(request)?.abort(),
    abandonAll() {
      for (const controller of waiting.values()) controller.abort();
    },
  };
}

/** What the agents of both kinds of proxy have. */
interface ProxyAgent<Request, Options> {
  connectOpts: HttpsProxyAgent<string>['connectOpts'];
  connect(request: Request, options: Options): Promise<Socket>;
}

/** Gives each request that waits for its connection to the proxy a way to end that wait. */
function letAbandon<Request extends http.ClientRequest, Options>(
  agent: ProxyAgent<Request, Options>,
  waiting: Map<http.ClientRequest, AbortController>,
): void {
  const { connectOpts } = agent;
  const connect = agent.connect.bind(agent);
  agent.connect = async (request, options) => {
    if (request.destroyed) throw new Error('The request has ended.');
    const controller = new AbortController();
    waiting.set(request, controller);
    try {
      // Read before the agent waits for anything, so that no other request gets them.
      agent.connectOpts = { ...connectOpts, signal: controller.signal };
      return await connect(request, options);
    } finally {
      waiting.delete(request);
    }
  };
}

/**
 * The proxy for a URL, or undefined for a straight way: the setting, else HTTPS_PROXY or HTTP_PROXY (small letters win,
 * as with curl), else ALL_PROXY, unless NO_PROXY or the setting names the host. Loopback never goes through a proxy.
 * An ALL_PROXY that is no HTTP proxy is passed over, as it is by the AWS CLI, which ignores the variable.
 */
export function proxyFor(
  url: string,
  environment: NodeJS.ProcessEnv,
  settings?: ProxySettings,
): string | undefined {
  const { protocol, hostname, port: explicitPort } = new URL(url);
  const port = explicitPort || (protocol === 'https:' ? '443' : '80');
  const exempt = [
    variable(environment, 'NO_PROXY')?.value ?? '',
    ...(settings?.noProxy ?? []),
  ].join(',');
  if (isLoopback(url) || isExempt(hostname, port, exempt)) return undefined;
  const chosen = chosenProxy(protocol, environment, settings);
  if (!chosen) return httpProxyUrl(variable(environment, 'ALL_PROXY')?.value ?? '');
  const proxy = httpProxyUrl(chosen.value);
  if (proxy !== undefined) return proxy;
  throw new ConnectionError(
    'BrokenProxy',
    l10n.t('{0} is not an http or https URL.', chosen.name),
    brokenProxyRemedy(),
  );
}

/** What settings or environment name for this protocol alone; ALL_PROXY is looked at when they name nothing. */
function chosenProxy(
  protocol: string,
  environment: NodeJS.ProcessEnv,
  settings: ProxySettings | undefined,
) {
  return settings?.url
    ? { name: 'http.proxy', value: settings.url }
    : variable(environment, protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
}

/** The environment's own spelling of a variable, and its value, unless that is empty. */
function variable(environment: NodeJS.ProcessEnv, upperCase: string) {
  for (const name of [upperCase.toLowerCase(), upperCase]) {
    const value = environment[name];
    if (value) return { name, value };
  }
  return undefined;
}

/** `undefined` for what no request can go through: another protocol, such as SOCKS, or no URL at all. */
function httpProxyUrl(text: string): string | undefined {
  const complete = text.includes('://') ? text : `http://${text}`;
  return URL.canParse(complete) && /^https?:/i.test(complete) ? complete : undefined;
}

export function brokenProxyRemedy(): string {
  return l10n.t('Write it as http://host:port, or clear it. SOCKS proxies are not supported.');
}

/** ALL_PROXY as the environment spells it, when it is what a connection would go through and cannot. */
export function unusedProxyVariable({
  endpoint,
  environment,
  proxy,
}: Pick<Connection, 'endpoint' | 'environment' | 'proxy'>): string | undefined {
  const url = endpoint ?? 'https://aws';
  if (isLoopback(url) || chosenProxy(new URL(url).protocol, environment, proxy)) return undefined;
  const all = variable(environment, 'ALL_PROXY');
  return all && httpProxyUrl(all.value) === undefined ? all.name : undefined;
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

let lastContext: { readonly pem: string; readonly context: SecureContext } | undefined;

/** What Node would make of `ca` for each connection, in 60 ms with the well-known ones. Remembers the last. */
function contextOf(ca: readonly string[]): SecureContext {
  const pem = ca.join('\n');
  if (lastContext?.pem !== pem)
    lastContext = { pem, context: createSecureContext({ ca: [...ca] }) };
  return lastContext.context;
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
