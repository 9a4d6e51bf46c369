import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { callerAccount, explainError, invoke, resolveConnection } from '../../../src/aws/main';
import { type AwsFiles, awsFiles } from '../../support/awsFiles';
import { answer, startFaultServer } from '../../support/faultServer';
import { repository } from '../../support/repository';

const secret = 'hunter2';

/** Connects to the test, so that its end is noticed, and hangs; as `parent` it starts another, which holds its pipes. */
const hanging = `
const [, file, kind, port] = process.argv;
require('node:net').connect(Number(port), '127.0.0.1').on('error', () => process.exit());
if (kind === 'parent') {
  require('node:child_process').spawn(process.execPath, [file, 'child', port], { stdio: 'inherit' });
}`;

const json = (more: object = {}) =>
  JSON.stringify({ Version: 1, AccessKeyId: 'AKPROC', SecretAccessKey: secret, ...more });

describe('credential_process', () => {
  let files: AwsFiles;
  let folder: string;
  let ends: Server;
  const connected: Socket[] = [];
  const stops: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    files = await awsFiles();
    folder = dirname(files.configPath);
    await writeFile(join(folder, 'hanging.js'), hanging);
    ends = createServer((socket) => {
      connected.push(socket.on('error', () => {}).resume());
      ends.emit('more');
    });
    await once(ends.listen(0, '127.0.0.1'), 'listening');
    stops.push(files.remove, async () => void ends.close());
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    connected.length = 0;
  });

  /** The command line of a program that hangs and of its child. */
  const hangs = () =>
    `"${process.execPath}" "${join(folder, 'hanging.js')}" parent ${portOf(ends)}`;
  /** Once both have said that they run. */
  const bothRun = async () => {
    while (connected.length < 2) await once(ends, 'more');
  };
  /** Resolves when neither is left. */
  const bothEnded = async () => {
    for (const socket of connected) if (!socket.destroyed) await once(socket, 'close');
  };

  async function connect(config: string, more: NodeJS.ProcessEnv = {}) {
    await files.write({ config });
    return resolveConnection({
      // Nobody is there: what matters happens before.
      endpoint: 'http://not-loopback.test:9',
      region: 'eu-west-1',
      profile: 'p',
      timeoutMs: 10_000,
      environment: { ...files.environment, PATH: process.env['PATH'], ...more },
    });
  }
  const profile = (commandLine: string) => `[profile p]\ncredential_process = ${commandLine}\n`;
  const event = { api: 'Invoke', functionName: 'f', payload: '{}' } as const;

  const failures: readonly (readonly [string, string, RegExp])[] = [
    ['exits with 3', `sh -c "echo ${secret} >&2; exit 3"`, /\(sh\) exited with code 3\./],
    [
      'asks to sign in',
      `sh -c "echo The session ${secret} has expired >&2; exit 255"`,
      /\(sh\) exited with code 255\. You may need to sign in again\./,
    ],
    ['ends itself', 'kill -TERM $$', /\(kill\) was terminated by SIGTERM\./],
    [
      'is not there',
      `/opt/${secret}/no-such-helper --password ${secret}`,
      /\(no-such-helper\) was not found/,
    ],
    [
      'has its secret before it',
      `PASSWORD=${secret} false`,
      /credential_process exited with code 1/,
    ],
    ['prints nothing and fails', 'sh -c "exit 7"', /\(sh\) exited with code 7\./],
    ['prints nothing', 'true', /\(true\) printed nothing, though it exited with code 0\./],
    ['prints no JSON', `echo ${secret}`, /did not print a JSON object/],
    ['prints a text', `echo '"${secret}"'`, /did not print a JSON object/],
    ['prints version 2', `echo '${json({ Version: 2 })}'`, /did not print "Version": 1/],
    ['prints no key', `echo '${json({ AccessKeyId: 7 })}'`, /did not print AccessKeyId/],
    [
      'prints what has expired',
      `echo '${json({ Expiration: '2020-01-01T00:00:00Z' })}'`,
      /printed credentials that have expired/,
    ],
    ['prints 100 MB', 'head -c 104857600 /dev/zero', /\(head\) printed more than 1 MB/],
  ];
  for (const [what, commandLine, words] of failures) {
    it(`that ${what} says so, and nothing of what it was told or told`, async () => {
      const connection = await connect(profile(commandLine));
      const outcome = await invoke(connection, event);
      const explanation = explainError(outcome, connection);
      assert.deepEqual(
        [outcome.kind, outcome.attempts, outcome.error?.name],
        ['notSent', 0, 'CredentialProcessFailed'],
      );
      assert.match(explanation.cause, words);
      assert.match(explanation.remedy, /in a terminal/);
      await assert.rejects(callerAccount(connection), words);
      assert.doesNotMatch(JSON.stringify({ outcome, explanation }), new RegExp(secret));
    });
  }

  it('may complain at any length', async () => {
    const lambda = await startFaultServer({ answers: [[answer(202)]] });
    stops.push(lambda.stop);
    const commandLine = `head -c 104857600 /dev/zero >&2; echo '${json()}'`;
    const connection = await connect(profile(commandLine));
    const outcome = await invoke({ ...connection, endpoint: lambda.url }, event);
    assert.equal(outcome.kind, 'accepted');
    assert.match(lambda.requests[0]?.headers['authorization'] ?? '', /Credential=AKPROC/);
  });

  it('may leave a child that holds its pipes, which goes on', async () => {
    const lambda = await startFaultServer({ answers: [[answer(202)]] });
    stops.push(lambda.stop);
    const connection = await connect(
      profile(`${hangs().replace(' parent ', ' child ')} & echo '${json()}'`),
    );
    const running = once(ends, 'more');
    const outcome = await invoke({ ...connection, endpoint: lambda.url }, event);
    await running;
    assert.equal(outcome.kind, 'accepted');
    assert.match(lambda.requests[0]?.headers['authorization'] ?? '', /Credential=AKPROC/);
    assert.equal(connected[0]?.destroyed, false);
    // Its end of the connection is what it lives by.
    connected[0]?.destroy();
  });

  const chains: readonly (readonly [string, (commandLine: string) => string])[] = [
    ['in a profile', profile],
    [
      'as the source of a role',
      (commandLine) =>
        `[profile p]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = q\n[profile q]\nrole_arn = arn:aws:iam::111122223333:role/S\nsource_profile = r\n${profile(commandLine).replace(' p]', ' r]')}`,
    ],
  ];
  for (const [where, config] of chains) {
    it(`that hangs ${where} is stopped at the limit, with its child`, async () => {
      const connection = { ...(await connect(config(hangs()))), timeoutMs: 4000 };
      const [outcome] = await Promise.all([invoke(connection, event), bothRun()]);
      await bothEnded();
      assert.deepEqual(
        [outcome.kind, outcome.error?.name],
        ['notSent', 'CredentialsTimedOut'],
        JSON.stringify(outcome),
      );
      const { cause } = explainError(outcome, connection);
      assert.match(cause, /credential_process returned no credentials within 4 s/);
    });

    it(`that hangs ${where} is stopped when the event is cancelled`, async () => {
      const connection = await connect(config(hangs()));
      const cancelling = new AbortController();
      const sending = invoke(connection, event, { signal: cancelling.signal });
      await bothRun();
      cancelling.abort();
      const outcome = await sending;
      await bothEnded();
      assert.deepEqual([outcome.kind, outcome.error?.name], ['notSent', 'Cancelled']);
    });
  }

  it('ends with the editor, even when that is killed', async () => {
    const bundle = join(folder, 'bundle.cjs');
    await build({
      entryPoints: [join(repository, 'src/aws/credentialProcess.ts')],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'warning',
    });
    const run = `require(${JSON.stringify(bundle)}).credentialsOfProcess(process.env.COMMAND, { environment: process.env, signal: new AbortController().signal })`;
    const editor = spawn(process.execPath, ['-e', run], {
      env: { ...process.env, COMMAND: hangs() },
    });
    await bothRun();
    editor.kill('SIGKILL');
    await bothEnded();
  });

  it('gives a role its keys', async () => {
    const [, chain] = chains[1] ?? [];
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const role = (key: string) =>
      answer(
        200,
        `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${inAnHour}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
        { 'content-type': 'text/xml' },
      );
    const sts = await startFaultServer({ answers: [[role('AKINNER')], [role('AKOUTER')]] });
    const lambda = await startFaultServer({ answers: [[answer(202)]] });
    stops.push(sts.stop, lambda.stop);
    const connection = await connect(chain?.(`echo '${json()}'`) ?? '', {
      AWS_ENDPOINT_URL_STS: sts.url,
    });
    await invoke({ ...connection, endpoint: lambda.url }, event);
    const signers = [...sts.requests, ...lambda.requests].map(
      ({ headers }) => /Credential=([^/]+)/.exec(headers['authorization'] ?? '')?.[1],
    );
    assert.deepEqual(signers, ['AKPROC', 'AKINNER', 'AKOUTER']);
    const roles = sts.requests.map(({ body }) => /role%2F(\w)/.exec(body.toString())?.[1]);
    assert.deepEqual(roles, ['S', 'R']);
  });
});

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
