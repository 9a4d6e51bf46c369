import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  callerAccount,
  explainError,
  followLogs,
  invoke,
  resolveConnection,
} from '../../../src/aws/main';
import type { Connection, ProxySettings } from '../../../src/core/invocation/connection';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { proxyFor } from '../../../src/aws/proxy';
import { awsFiles } from '../../support/awsFiles';
import { certificateFile, type Fault, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';
import { type ProxyServer, startProxyServer } from '../../support/proxyServer';

const aws = 'https://lambda.eu-west-1.amazonaws.com';
const keys = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 's' };

describe('the way through a proxy', () => {
  const choices: readonly (readonly [
    string,
    string,
    NodeJS.ProcessEnv,
    ProxySettings | undefined,
    string | undefined,
  ])[] = [
    ['none is set', aws, {}, undefined, undefined],
    [
      'HTTPS_PROXY for https',
      aws,
      { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:1' },
      undefined,
      'http://p:1',
    ],
    [
      'HTTP_PROXY for http',
      'http://x.example',
      { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:1' },
      undefined,
      'http://q:1',
    ],
    [
      'small letters first',
      aws,
      { HTTPS_PROXY: 'http://p:1', https_proxy: 'http://q:1' },
      undefined,
      'http://q:1',
    ],
    ['ALL_PROXY is SOCKS', aws, { ALL_PROXY: 'socks5://127.0.0.1:1080' }, undefined, undefined],
    ['all_proxy is no URL', aws, { all_proxy: 'http://' }, undefined, undefined],
    [
      'HTTPS_PROXY, whatever ALL_PROXY is',
      aws,
      { HTTPS_PROXY: 'http://p:1', ALL_PROXY: 'socks5h://127.0.0.1:1080' },
      undefined,
      'http://p:1',
    ],
    [
      'NO_PROXY names the host, whatever HTTPS_PROXY is',
      aws,
      { HTTPS_PROXY: 'socks5://p:1', NO_PROXY: 'amazonaws.com' },
      undefined,
      undefined,
    ],
    ['ALL_PROXY at last', aws, { ALL_PROXY: 'http://p:1' }, undefined, 'http://p:1'],
    ['the setting first', aws, { HTTPS_PROXY: 'http://p:1' }, { url: 'http://s:1' }, 'http://s:1'],
    ['an address without http://', aws, { HTTPS_PROXY: 'p:1' }, undefined, 'http://p:1'],
    [
      'NO_PROXY names the domain',
      aws,
      { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example, .amazonaws.com' },
      undefined,
      undefined,
    ],
    [
      'NO_PROXY names another',
      aws,
      { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'naws.com' },
      undefined,
      'http://p:1',
    ],
    ['NO_PROXY names all', aws, { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, undefined, undefined],
    [
      'NO_PROXY names another port',
      'http://x.example:81',
      { HTTP_PROXY: 'http://p:1', NO_PROXY: 'x.example:80' },
      undefined,
      'http://p:1',
    ],
    [
      'NO_PROXY names the port that https means',
      aws,
      { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'lambda.eu-west-1.amazonaws.com:443' },
      undefined,
      undefined,
    ],
    [
      'the setting exempts the host',
      aws,
      { HTTPS_PROXY: 'http://p:1' },
      { noProxy: ['*.amazonaws.com'] },
      undefined,
    ],
    ['this machine', 'http://localhost:3002', { HTTP_PROXY: 'http://p:1' }, undefined, undefined],
    [
      'a host that only looks like this machine',
      'http://127.example.com',
      { HTTP_PROXY: 'http://p:1' },
      undefined,
      'http://p:1',
    ],
  ];
  for (const [when, url, environment, settings, expected] of choices) {
    it(`is ${expected ?? 'straight'}: ${when}`, () => {
      assert.equal(proxyFor(url, environment, settings), expected);
    });
  }

  const faulty: readonly (readonly [string, NodeJS.ProcessEnv, ProxySettings | undefined])[] = [
    ['HTTPS_PROXY', { HTTPS_PROXY: 'socks5://me:secret@p:1' }, undefined],
    [
      'https_proxy',
      { https_proxy: 'socks5://me:secret@p:1', HTTPS_PROXY: 'http://q:1' },
      undefined,
    ],
    ['http.proxy', { HTTPS_PROXY: 'http://q:1' }, { url: 'socks5://me:secret@p:1' }],
  ];
  for (const [name, environment, settings] of faulty) {
    it(`that no request can take is said to come from ${name}`, () => {
      assert.throws(() => proxyFor(aws, environment, settings), {
        name: 'BrokenProxy',
        message: `${name} is not an http or https URL.`,
        remedy: 'Write it as http://host:port, or clear it. SOCKS proxies are not supported.',
      });
    });
  }

  const failed: Outcome = {
    kind: 'notSent',
    api: 'Invoke',
    functionName: 'f',
    durationMs: 1,
    payloadBytes: 2,
    attempts: 0,
    error: { name: 'ETIMEDOUT', message: 'x' },
  };
  for (const [mentioned, environment, endpoint] of [
    [true, { ALL_PROXY: 'socks5://p:1' }, undefined],
    [false, { ALL_PROXY: 'http://p:1' }, undefined],
    [false, { ALL_PROXY: 'socks5://p:1', https_proxy: 'http://p:1' }, undefined],
    [false, { ALL_PROXY: 'socks5://p:1' }, 'http://127.0.0.1:1'],
  ] as const) {
    const place = endpoint ?? 'AWS';
    it(`${mentioned ? 'is' : 'is not'} missed at ${place}: ${JSON.stringify(environment)}`, async () => {
      const connection = await resolveConnection({
        region: 'eu-west-1',
        endpoint,
        timeoutMs: 1000,
        environment: { HOME: '/nowhere', ...environment },
      });
      const { remedy } = explainError(failed, connection);
      assert.equal(remedy.startsWith('ALL_PROXY is not used'), mentioned, remedy);
    });
  }

  let proxy: ProxyServer | undefined;
  afterEach(() => proxy?.stop());

  async function send(fault: Fault, refusal?: number) {
    proxy = await startProxyServer(refusal);
    const server = await startFaultServer(fault);
    const connection = await resolveConnection({
      // Not this machine's name: the proxy leads it here.
      endpoint: server.url.replace('127.0.0.1', 'localhost.example'),
      region: 'eu-west-1',
      timeoutMs: 2000,
      environment: { HOME: '/nowhere', ...keys },
      proxy: { url: proxy.url, caFile: certificateFile('ca'), strictSSL: refusal !== undefined },
    });
    const outcome = await invoke(
      connection,
      { api: 'Invoke', functionName: 'f', payload: '{}' },
      { backoffMs: () => 0 },
    );
    await server.stop();
    const explanation = explainError(outcome, connection);
    return { outcome, explanation, requests: server.requests.length, asked: proxy.asked };
  }

  it('leads a plain request on', async () => {
    const { outcome, requests, asked } = await send(faults.accepts);
    assert.deepEqual([outcome.kind, requests], ['accepted', 1]);
    assert.match(asked[0] ?? '', /^POST http:\/\/localhost\.example:\d+\/2015-03-31/);
  });

  it('leads a TLS connection on', async () => {
    const { outcome, requests, asked } = await send(faults.unknownAuthority);
    assert.deepEqual([outcome.kind, requests], ['accepted', 1], JSON.stringify(outcome));
    assert.match(asked[0] ?? '', /^CONNECT localhost\.example:\d+$/);
  });

  it('is closed: not sent, though an answer came', async () => {
    const { outcome, explanation, requests } = await send(faults.unknownAuthority, 407);
    assert.deepEqual(
      [outcome.kind, outcome.error?.name, outcome.attempts, requests],
      ['notSent', 'ProxyRefused', 0, 0],
    );
    assert.match(`${explanation.cause} ${explanation.remedy}`, /responded with 407.*http\.proxy/);
  });

  it('never answers: not sent, and no connection to it is left', async () => {
    const silent = createServer();
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const closed = once(silent, 'connection').then(([socket]: Socket[]) =>
      once(socket?.resume() ?? silent, 'close'),
    );
    const connection = await resolveConnection({
      region: 'eu-west-1',
      timeoutMs: 300,
      environment: { HOME: '/nowhere', ...keys },
      proxy: { url: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` },
    });
    const outcome = await invoke(connection, { api: 'Invoke', functionName: 'f', payload: '{}' });
    assert.deepEqual([outcome.kind, outcome.error?.name], ['notSent', 'TimedOut']);
    await closed;
    silent.close();
  });

  const hosts: readonly (readonly [string, string, NodeJS.ProcessEnv])[] = [
    ['cn-north-1', 'lambda.cn-north-1.amazonaws.com.cn', {}],
    ['us-iso-east-1', 'lambda.us-iso-east-1.c2s.ic.gov', {}],
    ['us-isob-east-1', 'lambda.us-isob-east-1.sc2s.sgov.gov', {}],
    ['eusc-de-east-1', 'lambda.eusc-de-east-1.amazonaws.eu', {}],
    ['eu-west-1', 'lambda.eu-west-1.api.aws', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }],
    ['us-east-1', 'lambda-fips.us-east-1.amazonaws.com', { AWS_USE_FIPS_ENDPOINT: 'true' }],
    [
      'us-east-1',
      'lambda-fips.us-east-1.api.aws',
      { AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'true' },
    ],
  ];
  for (const [region, host, kind] of hosts) {
    it(`is judged by the host that is asked: ${host}`, async () => {
      const { asked } = await askThroughProxy(
        region,
        { ...kind, NO_PROXY: `lambda.${region}.amazonaws.com` },
        (connection) => invoke(connection, { api: 'Invoke', functionName: 'f', payload: '{}' }),
      );
      assert.deepEqual(asked, [`CONNECT ${host}:443`]);
    });
  }

  const readers: readonly (readonly [
    string,
    string,
    (connection: Connection) => Promise<unknown>,
  ])[] = [
    ['STS', 'sts.cn-north-1.amazonaws.com.cn', (connection) => callerAccount(connection)],
    [
      'CloudWatch Logs',
      'logs.cn-north-1.amazonaws.com.cn',
      async (connection) => {
        const request = { functionName: 'f', requestId: 'r', sentAt: Date.now() };
        for await (const _ of followLogs(connection, request));
      },
    ],
    [
      'IAM Identity Center',
      'portal.sso.cn-north-1.amazonaws.com.cn',
      (connection) => callerAccount({ ...connection, profile: 's', profileSource: 'setting' }),
    ],
  ];
  for (const [service, host, ask] of readers) {
    it(`is judged by the host that is asked: ${service}`, async () => {
      const { asked } = await askThroughProxy('cn-north-1', { NO_PROXY: 'amazonaws.com' }, ask);
      assert.equal(asked.at(-1), `CONNECT ${host}:443`);
      assert.ok(asked.every((line) => line.endsWith('.amazonaws.com.cn:443')));
    });
  }

  /** What a proxy that refuses everything is asked for. */
  async function askThroughProxy(
    region: string,
    more: NodeJS.ProcessEnv,
    ask: (connection: Connection) => Promise<unknown>,
  ): Promise<ProxyServer> {
    const refusing = await startProxyServer(403);
    proxy = refusing;
    const files = await awsFiles();
    await files.write({
      config:
        '[profile s]\nsso_start_url = https://c.example\nsso_region = cn-north-1\nsso_account_id = 111122223333\nsso_role_name = R\n',
    });
    const environment = {
      ...files.environment,
      ...keys,
      ...more,
      HTTPS_PROXY: refusing.url,
    };
    const connection = await resolveConnection({ region, timeoutMs: 5000, environment });
    await signedIn('https://c.example', async () => {
      await ask(connection).catch((error: unknown) => {
        assert.match(String(error), /proxy|Proxy|403/);
      });
    });
    await files.remove();
    return refusing;
  }

  it('keeps the event’s doubt when the connection behind it is cut', async () => {
    const { outcome, requests } = await send({
      ...faults.resetsBeforeHeaders,
      certificate: 'trusted',
    });
    assert.deepEqual([outcome.kind, outcome.attempts, requests], ['unknown', 1, 1]);
  });
});

/** With a token of IAM Identity Center in the only place where the SDK looks for it: below the home folder. */
async function signedIn(startUrl: string, run: () => Promise<void>): Promise<void> {
  const home = process.env['HOME'];
  const folder = await mkdtemp(join(tmpdir(), 'sso-home-'));
  const cache = join(folder, '.aws/sso/cache');
  await mkdir(cache, { recursive: true });
  const name = createHash('sha1').update(startUrl).digest('hex');
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await writeFile(join(cache, `${name}.json`), JSON.stringify({ accessToken: 't', expiresAt }));
  process.env['HOME'] = folder;
  try {
    await run();
  } finally {
    if (home === undefined) delete process.env['HOME'];
    else process.env['HOME'] = home;
    await rm(folder, { recursive: true, force: true });
  }
}
