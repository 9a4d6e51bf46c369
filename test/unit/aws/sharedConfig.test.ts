import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { explainError, invoke, listProfiles, resolveConnection } from '../../../src/aws/main';
import { readIni } from '../../../src/aws/iniFile';
import { namedSection, readSharedConfig } from '../../../src/aws/sharedConfig';
import { type AwsFiles, awsFiles } from '../../support/awsFiles';
import { type ProxyServer, startProxyServer } from '../../support/proxyServer';

const execute = promisify(execFile);

/** What AWS CLI 1.45.11 takes for the name of a profile; `undefined` where it knows none. */
const headers: readonly (readonly [header: string, name: string | undefined])[] = [
  ['default', 'default'],
  ["profile 'my team'", 'my team'],
  ['profile "his team"', 'his team'],
  ['profile her\\ team', 'her team'],
  ['profile our" "team', 'our team'],
  ['profile "a\\"b\\\\c\\d"', 'a"b\\c\\d'],
  ['profile their team', undefined],
  ["profile it's", undefined],
  ['profile team(dev)', 'team(dev)'],
  ['profile team[dev]', 'team[dev]'],
  ['profile r&d', 'r&d'],
  ['profile büro', 'büro'],
  ['profile 日本', '日本'],
  ['profile a,b', 'a,b'],
  ['profile a@b+c.d%e:/f', 'a@b+c.d%e:/f'],
  ['profile   wide', 'wide'],
  ['profile\ttab', 'tab'],
  ['profile spaced ', 'spaced'],
  [' profile indented', undefined],
  ['bare', undefined],
  ['Profile capital', undefined],
];

interface LineCase {
  readonly name: string;
  readonly profile: string;
  /** Asked for with `aws configure get`. */
  readonly key?: string;
  readonly config: string;
  readonly credentials?: string;
  readonly value: string;
}

/** What AWS CLI 1.45.11 reads. */
const lines: readonly LineCase[] = [
  {
    name: 'text after the bracket',
    profile: 'a',
    config: '[profile a] /* note */\nregion = eu-west-1\n',
    value: 'eu-west-1',
  },
  {
    name: 'a comment after the bracket',
    profile: 'a',
    config: '[profile a] # note\nregion = eu-west-1\n',
    value: 'eu-west-1',
  },
  { name: 'a colon', profile: 'a', config: '[profile a]\nregion: eu-west-1\n', value: 'eu-west-1' },
  { name: 'no spaces', profile: 'a', config: '[profile a]\nregion=eu-west-1', value: 'eu-west-1' },
  {
    name: 'another case of the key',
    profile: 'a',
    config: '[profile a]\nRegion = eu-west-1\n',
    value: 'eu-west-1',
  },
  {
    name: 'the first of two signs',
    profile: 'a',
    key: 'sso_start_url',
    config: '[profile a]\nsso_start_url = https://d-1.awsapps.com/start#/?a=b\n',
    value: 'https://d-1.awsapps.com/start#/?a=b',
  },
  {
    name: 'an indented section',
    profile: 'a',
    config: '  [profile a]\n  region = eu-west-1\n  output = json\n',
    value: 'eu-west-1',
  },
  {
    name: 'lines of comments',
    profile: 'a',
    config: '# one\n; two\n[profile a]\n  # three\noutput = json\n#\nregion = eu-west-1\n',
    value: 'eu-west-1',
  },
  {
    name: 'line ends of Windows',
    profile: 'a',
    config: '[profile a]\r\nregion = eu-west-1\r\n',
    value: 'eu-west-1',
  },
  {
    name: 'a value of several lines',
    profile: 'a',
    key: 'credential_process',
    config: '[profile a]\ncredential_process = helper\n  --name "x # y"\n  --last\nregion = x\n',
    value: 'helper\n--name "x # y"\n--last',
  },
  {
    name: 'an indented block',
    profile: 'a',
    key: 's3.addressing_style',
    config: '[profile a]\nS3 =\n  max_queue_size = 5\n  addressing_style = path\nregion = x\n',
    value: 'path',
  },
  {
    name: 'an empty value',
    profile: 'a',
    key: 'region',
    config: '[profile a]\noutput =\nregion = eu-west-1\n',
    value: 'eu-west-1',
  },
  {
    name: 'what [DEFAULT] says for all',
    profile: 'a',
    config: '[DEFAULT]\nregion = eu-west-1\n[profile a]\noutput = json\n',
    value: 'eu-west-1',
  },
  {
    name: 'the credentials file before the config file',
    profile: 'a b',
    config: '[profile "a b"]\nregion = us-east-1\n',
    credentials: '[a b]\nregion = eu-west-1\n',
    value: 'eu-west-1',
  },
];

describe('the shared config', () => {
  let files: AwsFiles;
  beforeEach(async () => {
    files = await awsFiles();
  });
  afterEach(() => files.remove());

  for (const [header, name] of headers) {
    it(`${name === undefined ? 'has no profile' : `has the profile ${name}`} in [${header}]`, async () => {
      await files.write({ config: `[${header}]\nregion = eu-west-1\n` });
      const { profiles } = await readSharedConfig(files.environment);
      const expected = name === undefined ? {} : { [name]: { region: 'eu-west-1' } };
      assert.deepEqual(Object.fromEntries(profiles), expected);
    });
  }

  for (const { name, profile, key = 'region', config, credentials = '', value } of lines) {
    it(`is read as the AWS CLI reads it: ${name}`, async () => {
      await files.write({ config, credentials });
      const { profiles } = await readSharedConfig(files.environment);
      assert.equal(profiles.get(profile)?.[key], value);
    });
  }

  it('has sections that a profile refers to by any name', async () => {
    await files.write({
      config:
        "[profile p]\nsso_session = My Corp\nservices = r&d\n[sso-session 'My Corp']\nsso_region = eu-west-2\n[services r&d]\nlambda =\n  endpoint_url = http://l.example\n",
    });
    const config = await readSharedConfig(files.environment);
    const profile = config.profiles.get('p') ?? {};
    assert.deepEqual(namedSection(profile, 'sso_session', config), { sso_region: 'eu-west-2' });
    assert.deepEqual(namedSection(profile, 'services', config), {
      'lambda.endpoint_url': 'http://l.example',
    });
  });

  it('takes what the AWS CLI refuses where its meaning is plain', async () => {
    await files.write({
      config:
        '\ufeff[profile a]\nregion = us-east-1 # as with the SDKs\n[profile b]\n[profile a]\nregion = eu-west-1 ; later\n',
    });
    const { profiles } = await readSharedConfig(files.environment);
    assert.deepEqual(Object.fromEntries(profiles), { a: { region: 'eu-west-1' }, b: {} });
  });

  for (const [line, text] of [
    [1, 'region = eu-west-1\n[default]\n'],
    [2, '[default]\nregion\n'],
    [3, '[default]\n\n[profile prod\nregion = us-east-1\n'],
    [2, '[default]\n[profile prod = x\n'],
    [2, '[default]\n= eu-west-1\n'],
    [2, '[default]\n[]\n'],
    [4, '[default]\ns3 =\n  a = b\n  addressing_style\n'],
  ] as const) {
    it(`breaks in line ${line} of ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readIni(text), { kind: 'broken', line });
    });
  }

  for (const unit of ['[', '[a]\n', "'", '\\', '"', ' ', '=', 'a = b\n ', '[profile ""', '# ;']) {
    it(`is read in time that grows with its length: ${JSON.stringify(unit)}`, function () {
      this.timeout(10_000);
      const text = unit.repeat(1_000_000 / unit.length);
      readIni(`[profile ${text}]\na = ${text}\n${text}`);
    });
  }
});

describe('a profile with a name that the SDK does not know', () => {
  let files: AwsFiles;
  let proxy: ProxyServer;
  let home: string | undefined;
  beforeEach(async () => {
    files = await awsFiles();
    proxy = await startProxyServer(403);
    home = process.env['HOME'];
  });
  afterEach(async () => {
    if (home === undefined) delete process.env['HOME'];
    else process.env['HOME'] = home;
    await proxy.stop();
    await files.remove();
  });

  const config =
    "[profile 'my team (dev)']\nregion = eu-west-1\nsso_session = My Corp\nsso_account_id = 123456789012\nsso_role_name = r\n[sso-session 'My Corp']\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-2\n";

  it('is listed', async () => {
    await files.write({ config });
    const profiles = await listProfiles(files.environment);
    assert.deepEqual(profiles, [
      {
        name: 'my team (dev)',
        region: 'eu-west-1',
        accountId: '123456789012',
        role: 'r',
        source: 'sso',
      },
    ]);
  });

  it('signs in through the session that it refers to', async () => {
    await files.write({ config });
    // In the only place where the SDK looks for the token: below the home folder, by the name of the session.
    const folder = dirname(files.configPath);
    const cache = join(folder, '.aws/sso/cache');
    await mkdir(cache, { recursive: true });
    const name = createHash('sha1').update('My Corp').digest('hex');
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    await writeFile(join(cache, `${name}.json`), JSON.stringify({ accessToken: 't', expiresAt }));
    process.env['HOME'] = folder;
    const connection = await resolveConnection({
      profile: 'my team (dev)',
      timeoutMs: 5000,
      environment: { ...files.environment, HTTPS_PROXY: proxy.url },
    });
    const outcome = await invoke(connection, { api: 'Invoke', functionName: 'f', payload: '{}' });
    assert.deepEqual(proxy.asked, ['CONNECT portal.sso.eu-west-2.amazonaws.com:443']);
    assert.equal(outcome.kind, 'notSent', JSON.stringify(explainError(outcome, connection)));
  });
});

/** Reads each file with the AWS CLI's own `aws configure get`, in one process: starting it takes seconds. */
const cliScript = `
import contextlib, io, json, os, sys
from awscli.clidriver import create_clidriver
answers = []
for question in json.load(sys.stdin):
    for variable, file in (('AWS_CONFIG_FILE', 'config'), ('AWS_SHARED_CREDENTIALS_FILE', 'credentials')):
        with open(os.environ[variable], 'w') as out:
            out.write(question.get(file, ''))
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
        code = create_clidriver().main(['configure', 'get', question['key'], '--profile', question['profile']])
    answers.append(said.getvalue().rstrip() if code == 0 else None)
json.dump(answers, sys.stdout)
`;

/** Both tables again, by the real AWS CLI. */
describe('the AWS CLI for Python, where it is installed,', function () {
  this.timeout(120_000);
  before(async function () {
    try {
      await execute('python3', ['-c', 'import awscli.clidriver']);
    } catch {
      process.stdout.write('    (not installed: the tables above say what it is known to read)\n');
      this.skip();
    }
  });

  it('reads the same', async () => {
    const files = await awsFiles();
    const ofHeaders = headers.map(([header, name]) => ({
      config: `[${header}]\nregion = eu-west-1\n`,
      profile: name ?? header.replace(/^\w+ /, ''),
      key: 'region',
      value: name === undefined ? null : 'eu-west-1',
    }));
    const questions = [...ofHeaders, ...lines.map((line) => ({ key: 'region', ...line }))];
    const env = { ...process.env, ...files.environment, PYTHONUTF8: '1' };
    const running = execute('python3', ['-c', cliScript], { env });
    running.child.stdin?.end(JSON.stringify(questions));
    const answers: unknown = JSON.parse((await running).stdout);
    await files.remove();
    assert.deepEqual(
      answers,
      questions.map(({ value }) => value),
    );
  });
});
