import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import {
  type ConnectionChoice,
  listProfiles,
  listRegions,
  resolveConnection,
} from '../../../src/aws/main';
import type { ConnectionErrorName } from '../../../src/core/invocation/connectionError';
import { type AwsFiles, awsFiles } from '../../support/awsFiles';

const config = `
[default]
region = eu-central-1
[profile dev]
region = eu-west-1
endpoint_url = http://config.example:1
[profile services]
region = eu-west-1
services = mine
endpoint_url = http://config.example:1
[profile lost]
region = eu-west-1
services = nowhere
[profile bare]
output = json
[profile role]
role_arn = arn:aws:iam::111122223333:role/team/Deploy
source_profile = default
[profile sso]
sso_session = company
sso_account_id = 444455556666
sso_role_name = ReadOnly
region = us-east-2
[profile console]
login_session = arn:aws:iam::777788889999:user/ada
[profile mixed]
aws_access_key_id = AKID
aws_secret_access_key = secret
sso_start_url = https://company.example/start
sso_account_id = 444455556666
[profile typo]
sso_session = company
sso_account_id = 44445555666
[sso-session company]
sso_region = eu-west-1
[services mine]
lambda =
  endpoint_url = http://lambda.example:2
`;
const credentials = '[stored]\naws_access_key_id = AKID\naws_secret_access_key = secret\n';

type Choice = Omit<Partial<ConnectionChoice>, 'environment'> & { environment?: NodeJS.ProcessEnv };

describe('a connection', () => {
  let files: AwsFiles;
  beforeEach(async () => {
    files = await awsFiles();
    await files.write({ config, credentials });
  });
  afterEach(() => files.remove());

  const resolve = ({ environment, ...choice }: Choice) =>
    resolveConnection({
      timeoutMs: 1000,
      ...choice,
      environment: { ...files.environment, ...environment },
    });

  const arn = 'arn:aws:lambda:ap-south-1:123456789012:function:orders:live';
  const regions: readonly (readonly [string, Choice, string, string])[] = [
    ['the default profile', {}, 'eu-central-1', 'profile'],
    ['the profile of the setting', { profile: 'dev' }, 'eu-west-1', 'profile'],
    ['AWS_PROFILE', { environment: { AWS_PROFILE: 'sso' } }, 'us-east-2', 'profile'],
    [
      'the setting before AWS_PROFILE',
      { profile: 'dev', environment: { AWS_PROFILE: 'sso' } },
      'eu-west-1',
      'profile',
    ],
    [
      'AWS_REGION before the profile',
      { profile: 'dev', environment: { AWS_REGION: 'sa-east-1' } },
      'sa-east-1',
      'environment',
    ],
    [
      'AWS_DEFAULT_REGION',
      { environment: { AWS_DEFAULT_REGION: 'sa-east-1' } },
      'sa-east-1',
      'environment',
    ],
    [
      'the setting before AWS_REGION',
      { region: 'ca-west-1', environment: { AWS_REGION: 'sa-east-1' } },
      'ca-west-1',
      'setting',
    ],
    [
      'the ARN before the setting',
      { region: 'ca-west-1', functionIdentifier: arn },
      'ap-south-1',
      'arn',
    ],
    [
      'nothing, for an endpoint of this machine',
      { profile: 'bare', endpoint: 'http://localhost:1' },
      'us-east-1',
      'local',
    ],
    ['an empty setting is none', { region: '', profile: '' }, 'eu-central-1', 'profile'],
  ];
  for (const [from, choice, region, regionSource] of regions) {
    it(`takes the region from ${from}`, async () => {
      const connection = await resolve(choice);
      assert.deepEqual([connection.region, connection.regionSource], [region, regionSource]);
    });
  }

  const endpoints: readonly (readonly [string, Choice, string | undefined])[] = [
    ['nowhere', {}, undefined],
    ['the profile', { profile: 'dev' }, 'http://config.example:1'],
    ['the services section before the profile', { profile: 'services' }, 'http://lambda.example:2'],
    [
      'AWS_ENDPOINT_URL before the profile',
      { profile: 'services', environment: { AWS_ENDPOINT_URL: 'http://all.example' } },
      'http://all.example',
    ],
    [
      'AWS_ENDPOINT_URL_LAMBDA before AWS_ENDPOINT_URL',
      {
        environment: {
          AWS_ENDPOINT_URL: 'http://all.example',
          AWS_ENDPOINT_URL_LAMBDA: 'http://one.example',
        },
      },
      'http://one.example',
    ],
    [
      'the setting before everything',
      { endpoint: 'http://set.example', environment: { AWS_ENDPOINT_URL: 'http://all.example' } },
      'http://set.example',
    ],
    [
      'nowhere when all are ignored',
      { profile: 'dev', environment: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } },
      undefined,
    ],
  ];
  for (const [from, choice, endpoint] of endpoints) {
    it(`takes the endpoint from ${from}`, async () => {
      assert.equal((await resolve(choice)).endpoint, endpoint);
    });
  }

  it('takes the account from the ARN', async () => {
    assert.equal((await resolve({ functionIdentifier: arn })).accountId, '123456789012');
    assert.equal(
      (await resolve({ functionIdentifier: '123456789012:function:f' })).accountId,
      '123456789012',
    );
    assert.equal((await resolve({ functionIdentifier: 'orders' })).accountId, undefined);
  });

  const keys = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };
  const accounts: readonly (readonly [string, Choice, string | undefined])[] = [
    ['the role of a profile', { profile: 'role' }, '111122223333'],
    ['the permission set of a profile', { profile: 'sso' }, '444455556666'],
    ['the user who is signed in', { profile: 'console' }, '777788889999'],
    ['a profile of the environment', { environment: { AWS_PROFILE: 'sso' } }, '444455556666'],
    ['no profile with keys, which may be of another account', { profile: 'mixed' }, undefined],
    ['no text that is no account', { profile: 'typo' }, undefined],
    [
      'no profile of the environment beside its keys',
      { environment: { AWS_PROFILE: 'sso', ...keys } },
      undefined,
    ],
    [
      'a profile that was chosen in spite of such keys',
      { profile: 'sso', environment: keys },
      '444455556666',
    ],
    [
      'no profile for an endpoint on this machine',
      { profile: 'sso', endpoint: 'http://localhost:4566' },
      undefined,
    ],
  ];
  for (const [from, choice, accountId] of accounts) {
    it(`takes the account from ${from}`, async () => {
      const named = { region: 'eu-west-1', ...choice };
      assert.equal((await resolve(named)).accountId, accountId);
      const ofArn = (await resolve({ ...named, functionIdentifier: arn })).accountId;
      assert.equal(ofArn, '123456789012');
    });
  }

  const failures: readonly (readonly [ConnectionErrorName, Choice, RegExp])[] = [
    ['NoRegion', { profile: 'bare' }, /profile "bare".*aws configure set region/],
    [
      'UnknownProfile',
      { profile: 'stroed' },
      /no AWS profile "stroed" in .*config or .*credentials.*"stored"/,
    ],
    [
      'UnknownProfile',
      { environment: { AWS_PROFILE: 'zzzzzzzz' } },
      /aws configure --profile zzzzzzzz/,
    ],
    ['BrokenConfig', { profile: 'lost' }, /\[services nowhere\]/],
    ['BrokenEndpoint', { endpoint: 'localhost:3000' }, /not an http or https URL/],
    ['BrokenEndpoint', { endpoint: 'http//x' }, /not a URL/],
    [
      'BrokenEndpoint',
      { endpoint: 'https://me:secret@x.example' },
      /^(?!.*secret).*user name or password/,
    ],
    [
      'BrokenEndpoint',
      { endpoint: 'https://me:top@secret/1@x.example' },
      /^(?!.*secret).*user name or password/,
    ],
    ['BrokenEndpoint', { environment: { AWS_ENDPOINT_URL: 'ftp://x' } }, /from the environment/],
  ];
  for (const [name, choice, words] of failures) {
    it(`says what is wrong: ${name} ${words.source}`, async () => {
      await assert.rejects(resolve(choice), (error: Error & { remedy: string }) => {
        assert.equal(error.name, name);
        assert.match(`${error.message} ${error.remedy}`, words);
        return true;
      });
    });
  }

  it('does not guess where a key of a broken file belongs', async () => {
    await files.write({
      config: '[default]\nregion = eu-west-1\n[profile prod\nregion = us-east-1\n',
    });
    await assert.rejects(resolve({}), {
      name: 'BrokenConfig',
      message: /^Line 3 of .*config is neither/,
    });
  });

  it('says when a file cannot be read', async () => {
    const folder = `${files.configPath}.folder`;
    await mkdir(folder);
    const environment = { AWS_CONFIG_FILE: folder };
    await assert.rejects(resolve({ environment }), { name: 'BrokenConfig', message: /EISDIR/ });
  });

  const kinds = { AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'TRUE' };
  for (const [where, endpoint, used] of [
    ['AWS', undefined, true],
    ['another machine', 'http://emulator.example:1', true],
    ['this machine', 'http://127.0.0.1:1', false],
  ] as const) {
    it(`${used ? 'takes' : 'leaves'} FIPS and dual-stack endpoints with ${where}`, async () => {
      const { useFipsEndpoint, useDualstackEndpoint } = await resolve({
        endpoint,
        environment: kinds,
      });
      assert.deepEqual([useFipsEndpoint, useDualstackEndpoint], [used, used]);
    });
  }

  it('reads a variable that is empty in the profile', async () => {
    await files.write({ config: '[default]\nregion = eu-west-1\nuse_fips_endpoint = true\n' });
    const environment = { AWS_USE_FIPS_ENDPOINT: '' };
    assert.equal((await resolve({ environment })).useFipsEndpoint, true);
  });

  for (const [given, waits] of [
    [500, 500],
    [1e12, 900_000],
    [0, 30_000],
    [-1, 30_000],
    [Number.NaN, 30_000],
  ] as const) {
    it(`waits ${waits} ms where the settings say ${given}`, async () => {
      assert.equal((await resolve({ timeoutMs: given })).timeoutMs, waits);
    });
  }

  it('reads the files afresh each time', async () => {
    await resolve({});
    await files.write({ config: '[default]\nregion = eu-north-1\n' });
    assert.equal((await resolve({})).region, 'eu-north-1');
  });
});

describe('profiles and regions', () => {
  let files: AwsFiles;
  beforeEach(async () => {
    files = await awsFiles();
    await files.write({ config, credentials });
  });
  afterEach(() => files.remove());

  it('lists profiles with what the files tell of them, and no secret', async () => {
    const profiles = await listProfiles(files.environment);
    assert.deepEqual(
      profiles.filter(({ name }) => ['role', 'sso', 'stored'].includes(name)),
      [
        { name: 'role', accountId: '111122223333', role: 'Deploy', source: 'role' },
        {
          name: 'sso',
          region: 'us-east-2',
          accountId: '444455556666',
          role: 'ReadOnly',
          source: 'sso',
        },
        { name: 'stored', source: 'keys' },
      ],
    );
    assert.doesNotMatch(JSON.stringify(profiles), /secret|AKID|company/);
  });

  it('lists no profile where there are no files', async () => {
    assert.deepEqual(await listProfiles({ HOME: '/nowhere' }), []);
  });

  it('lists the regions of the partition in use first', () => {
    assert.match(listRegions('cn-north-1')[0]?.name ?? '', /^cn-/);
    assert.ok(listRegions().some(({ name }) => name === 'eu-west-1'));
  });
});
