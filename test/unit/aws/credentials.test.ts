import assert from 'node:assert/strict';
import { callerAccount, explainError, invoke, resolveConnection } from '../../../src/aws/main';
import type { Connection } from '../../../src/core/invocation/connection';
import { type AwsFiles, awsFiles } from '../../support/awsFiles';
import { answer, type FaultServer, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';

/** Who signed, as the service sees it. */
function signers({ requests }: FaultServer): string[] {
  return requests.map(
    ({ headers }) => /Credential=([^/]+)/.exec(headers['authorization'] ?? '')?.[1] ?? 'nobody',
  );
}

describe('credentials', () => {
  let files: AwsFiles;
  let lambda: FaultServer;
  const stopped: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    files = await awsFiles();
    lambda = await startFaultServer(faults.accepts);
    stopped.push(lambda.stop, files.remove);
  });
  afterEach(async () => {
    for (const stop of stopped.splice(0)) await stop();
  });

  const connect = (profile?: string, more: NodeJS.ProcessEnv = {}): Promise<Connection> =>
    resolveConnection({
      endpoint: lambda.url,
      region: 'eu-west-1',
      profile,
      timeoutMs: 2000,
      environment: { ...files.environment, ...more },
    });
  /** As `connect`, but the endpoint counts as another machine's, where nothing is made up. */
  const connectToAws = async (profile?: string, more?: NodeJS.ProcessEnv) => ({
    ...(await connect(profile, more)),
    endpoint: lambda.url.replace('127.0.0.1', 'not-loopback.test'),
  });
  const keys = { AWS_ACCESS_KEY_ID: 'AKENV', AWS_SECRET_ACCESS_KEY: 'secret' };
  const stored = '[one]\naws_access_key_id = AKONE\naws_secret_access_key = s\n';

  it('are made up for this machine alone', async () => {
    assert.equal((await send(await connect())).kind, 'accepted');
    assert.deepEqual(signers(lambda), ['local']);
  });

  it('come from a chosen profile before the environment, and from there before AWS_PROFILE', async () => {
    await files.write({ credentials: stored });
    await send(await connect('one', keys));
    await send(await connect(undefined, { ...keys, AWS_PROFILE: 'one' }));
    await send(await connect(undefined, { AWS_PROFILE: 'one' }));
    assert.deepEqual(signers(lambda), ['AKONE', 'AKENV', 'AKONE']);
  });

  it('are read again for every event', async () => {
    await files.write({ credentials: stored });
    const connection = await connect('one');
    await send(connection);
    await files.write({ credentials: stored.replace('AKONE', 'AKTWO') });
    await send(connection);
    assert.deepEqual(signers(lambda), ['AKONE', 'AKTWO']);
  });

  it('come from a program', async () => {
    const program = `'{"Version":1,"AccessKeyId":"AKPROC","SecretAccessKey":"s"}'`;
    await files.write({ config: `[profile p]\ncredential_process = echo ${program}\n` });
    await send(await connect('p'));
    assert.deepEqual(signers(lambda), ['AKPROC']);
  });

  it('of an SSO session that is over name the command that renews it', async () => {
    await files.write({
      config:
        '[profile s]\nsso_session = c\nsso_account_id = 111122223333\nsso_role_name = R\n[sso-session c]\nsso_region = eu-west-1\nsso_start_url = https://c.example\n',
    });
    const connection = await connectToAws('s');
    const outcome = await send(connection);
    const { remedy, action } = explainError(outcome, connection);
    assert.deepEqual([outcome.kind, outcome.attempts], ['notSent', 0]);
    assert.deepEqual([remedy, action], ['Run: aws sso login --profile s', 'ssoLogin']);
    assert.deepEqual(lambda.requests, []);
  });

  it('of an SSO session that no section describes name the section', async () => {
    await files.write({ config: '[profile s]\nsso_session = c\n' });
    const { kind, error } = await send(await connectToAws('s'));
    assert.deepEqual([kind, error?.name], ['notSent', 'BrokenConfig']);
    assert.match(error?.message ?? '', /\[sso-session c\]/);
  });

  it('of a profile without any leave the event unsent', async () => {
    await files.write({ config: '[profile p]\ncredential_process = \nrole_arn = x\n' });
    const outcome = await send(await connectToAws('p'));
    assert.equal(outcome.kind, 'notSent');
    assert.equal(outcome.error?.name, 'CredentialsMissing');
  });

  it('of a profile that names none do not come from another one', async () => {
    const { AWS_PROFILE, AWS_EC2_METADATA_DISABLED } = process.env;
    Object.assign(process.env, { AWS_PROFILE: 'one', AWS_EC2_METADATA_DISABLED: 'true' });
    stopped.push(() => restore({ AWS_PROFILE, AWS_EC2_METADATA_DISABLED }));
    await files.write({ config: '[profile bare]\nregion = eu-west-1\n', credentials: stored });
    const outcome = await send(await connectToAws('bare', { AWS_PROFILE: 'one' }));
    assert.deepEqual([outcome.kind, outcome.error?.name], ['notSent', 'CredentialsMissing']);
  });

  it('of a role with MFA ask for one code, and for another when the profile changes', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const role = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>AKROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${inAnHour}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
    const sts = await startFaultServer({
      answers: [[answer(200, role, { 'content-type': 'text/xml' })]],
    });
    stopped.push(sts.stop);
    const atSts = { AWS_ENDPOINT_URL_STS: sts.url };
    const config =
      '[profile r]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = one\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n';
    await files.write({ config, credentials: stored });
    const asked: string[] = [];
    const mfaCode = (serial: string) => {
      asked.push(serial);
      return Promise.resolve('123456');
    };
    await send(await connect('r', atSts), mfaCode);
    await send(await connect('r', atSts), mfaCode);
    assert.deepEqual(asked, ['arn:aws:iam::111122223333:mfa/me']);
    assert.deepEqual(signers(lambda), ['AKROLE', 'AKROLE']);
    assert.match(String(sts.requests[0]?.body), /TokenCode=123456/);
    await files.write({ config: config.replace('mfa/me', 'mfa/other') });
    await send(await connect('r', atSts), mfaCode);
    assert.equal(asked.length, 2);
  });

  it('belong to an account that is asked for once', async () => {
    const identity =
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>999988887777</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
    const sts = await startFaultServer({
      answers: [[answer(200, identity, { 'content-type': 'text/xml' })]],
    });
    stopped.push(sts.stop);
    const { endpoint: _, ...atAws } = await connect(undefined, {
      ...keys,
      AWS_ENDPOINT_URL_STS: sts.url,
    });
    assert.equal(await callerAccount(atAws), '999988887777');
    assert.equal(await callerAccount(atAws), '999988887777');
    assert.equal(sts.requests.length, 1);
  });

  it('that STS refuses are named in words', async () => {
    const refusal =
      '<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>The security token is invalid.</Message></Error></ErrorResponse>';
    const sts = await startFaultServer({
      answers: [[answer(403, refusal, { 'content-type': 'text/xml' })]],
    });
    stopped.push(sts.stop);
    const { endpoint: _, ...atAws } = await connect(undefined, {
      AWS_ACCESS_KEY_ID: 'AKGONE',
      AWS_SECRET_ACCESS_KEY: 's',
      AWS_ENDPOINT_URL_STS: sts.url,
    });
    await assert.rejects(callerAccount(atAws), {
      name: 'ListFailed',
      message: /does not recognize the access key of the profile "default"/,
    });
  });

  it('that STS does not name in time are not waited for again with the next event', async () => {
    const sts = await startFaultServer(faults.neverAnswers);
    stopped.push(sts.stop);
    const { endpoint: _, ...atAws } = await connect(undefined, {
      AWS_ACCESS_KEY_ID: 'AKSILENT',
      AWS_SECRET_ACCESS_KEY: 's',
      AWS_ENDPOINT_URL_STS: sts.url,
    });
    const impatient = { ...atAws, timeoutMs: 500 };
    for (let event = 1; event <= 2; event++) {
      await assert.rejects(callerAccount(impatient), { message: /STS .*0\.5 s/ });
    }
    assert.equal(sts.requests.length, 1);
  });
});

function restore(variables: NodeJS.ProcessEnv): Promise<void> {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return Promise.resolve();
}

function send(connection: Connection, mfaCode?: (serial: string) => Promise<string>) {
  return invoke(connection, { api: 'Invoke', functionName: 'f', payload: '{}' }, { mfaCode });
}
