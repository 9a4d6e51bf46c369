import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repository } from '../support/repository';

const use = `const AWS = require('aws-sdk');
new AWS.Lambda().invokeAsync({ FunctionName: 'orders', InvokeArgs: '{}' }, done);
`;
const byHand = `const AWS = require('aws-sdk');
new AWS.Lambda().invokeAsync(input, done);
`;
const policy = `{ "Statement": [{ "Effect": "Allow", "Action": ["lambda:InvokeAsync"], "Resource": "*" }] }
`;

describe('node dist/server.js --check', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-check-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('prints place, code and message of every use, sorted, and exits with 1', async () => {
    await write({ 'b/send.js': use, 'a/policy.json': policy, 'a/other.js': 'invokeAsync();\n' });
    const { status, out, error } = await check('.');
    const lines = out.trim().split('\n');
    assert.equal(lines.length, 2, out);
    assert.match(lines[0] ?? '', /^a\/policy\.json:1:\d+ deprecated\.iam-action .*InvokeFunction/);
    assert.match(lines[1] ?? '', /^b\/send\.js:2:18 deprecated\.invoke-async .*InvocationType/);
    assert.match(error, /^2 uses found in 2 files \(3 files searched/);
    assert.equal(status, 1);
  });

  it('prints a use in one line, whatever its file is called', async function () {
    // Windows has no such names.
    if (process.platform === 'win32') this.skip();
    await write({
      'a\nb.js:1:1 deprecated.invoke-async forged\u001b[2K.js': use,
      '::error::c.js': use,
    });
    await write({ 'skipped\nd.js': `\0${use}` });
    const { out, error } = await check('.');
    const lines = out.trim().split('\n');
    assert.equal(lines.length, 2, out);
    assert.match(lines[0] ?? '', /^\.\/::error::c\.js:2:18 /);
    assert.match(
      lines[1] ?? '',
      /^a\\nb\.js:1:1 deprecated\.invoke-async forged\\u001b\[2K\.js:2:18 /,
    );
    assert.match(error, /^Skipped .*skipped\\nd\.js: /);
    const { status, error: usageError } = await check('gone\nfile');
    assert.equal(status, 2);
    assert.match(usageError, /^gone\\nfile does not exist\.\n/);
  });

  it('exits with 0 when nothing is found, and prints nothing to parse', async () => {
    await write({ 'clean.js': use.replace('invokeAsync', 'invoke') });
    assert.deepEqual(pick(await check('.')), { status: 0, out: '' });
  });

  it('leaves out what git ignores, but takes a file that is named', async () => {
    await write({ '.gitignore': 'built/\n', 'built/send.js': use });
    assert.deepEqual(pick(await check('.')), { status: 0, out: '' });
    const { status, out } = await check('built/send.js');
    assert.equal(status, 1);
    assert.match(out, /^built\/send\.js:2:18 /);
  });

  it('looks at a file once, however often it is named', async () => {
    await write({ 'src/send.js': use });
    const { out, error } = await check('.', 'src', 'src/send.js', 'src/send.js');
    assert.equal(out.trim().split('\n').length, 1, out);
    assert.match(error, /^1 use found in 1 file \(1 file searched/);
  });

  it('obeys the ignore files of the repository that a folder stands in', async () => {
    await write({
      '.git/info/exclude': '*.old.js\n',
      '.gitignore': 'app/built/\n',
      'app/built/send.js': use,
      'app/send.old.js': use,
      'app/send.js': use,
    });
    const { out } = await check('app');
    assert.match(out, /^app\/send\.js:2:18 [^\n]*\n$/);
    assert.deepEqual(pick(await check('app/built')), { status: 0, out: '' }, 'ignored itself');
  });

  it('exits with 2 on wrong usage, and says what is right', async () => {
    for (const words of [[], ['--sarif'], ['missing'], ['.', '--fixx']]) {
      const { status, out, error } = await check(...words);
      assert.equal(status, 2, words.join(' '));
      assert.equal(out, '');
      assert.match(error, /Usage: node server\.js --check PATH…/);
    }
    assert.equal((await check('--help')).status, 0);
  });

  it('applies the certain fixes, keeps bytes that are not its own, and tells of what is left', async () => {
    const latin1 = Buffer.concat([Buffer.from(`// ${String.fromCharCode(0xe9)}\r\n`, 'latin1')]);
    await write({ 'byHand.js': byHand, 'mark.js': `\ufeff${use.replaceAll('\n', '\r\n')}` });
    await writeFile(join(folder, 'latin1.js'), Buffer.concat([latin1, Buffer.from(use)]));
    const { status, out, error } = await check('.', '--fix');
    assert.equal(status, 1);
    assert.match(out, /^byHand\.js:2:18 [^\n]*Not replaced automatically: [^\n]*\n$/);
    assert.match(error, /^2 uses replaced\. 1 use left in 1 file /);
    const fixed = use
      .replace('invokeAsync', 'invoke')
      .replace('InvokeArgs', "InvocationType: 'Event', Payload");
    assert.equal(await read('mark.js'), `\ufeff${fixed.replaceAll('\n', '\r\n')}`);
    assert.deepEqual(
      await readFile(join(folder, 'latin1.js')),
      Buffer.concat([latin1, Buffer.from(fixed)]),
    );
    assert.equal(await read('byHand.js'), byHand);
    await rm(join(folder, 'byHand.js'));
    assert.equal((await check('.', '--fix')).status, 0);
  });

  it('reads UTF-16, and says which files it did not look at', async () => {
    await write({
      'wide.ps1': Buffer.from(
        '\ufeffInvoke-LMFunctionAsync -FunctionName orders -InvokeArg $e\r\n',
        'utf16le',
      ),
      'binary.js': `\0${use}`,
      'large.js': use + '//'.padEnd(5 * 1024 * 1024, ' long\n'),
    });
    const { out, error } = await check('.');
    assert.match(out, /^wide\.ps1:1:1 deprecated\.invoke-async [^\n]*\n$/);
    assert.match(error, /Skipped .*binary\.js: the file is binary\./);
    assert.match(error, /Skipped .*large\.js: the file is larger than 4 MB\./);
  });

  it('says of each named file why it was not searched, and does not count it as searched', async () => {
    await write({
      'clean.js': 'invoke();\n',
      'binary.js': '\0',
      'large.js': '//'.padEnd(5 * 1024 * 1024, ' long\n'),
      'notes.xyz': 'invoke\n',
      'old.xyz': use,
      LICENSE: `Licensed under invokeAsync.\n`,
    });
    const named = ['clean.js', 'binary.js', 'large.js', 'notes.xyz', 'old.xyz', 'LICENSE'];
    const { status, error } = await check(...named);
    assert.equal(status, 0);
    assert.match(error, /Skipped .*binary\.js: the file is binary\./);
    assert.match(error, /Skipped .*large\.js: the file is larger than 4 MB\./);
    for (const name of ['notes.xyz', 'old.xyz', 'LICENSE'])
      assert.ok(error.includes(`${name}: this type of file is not searched.`), error);
    assert.match(error, /^0 uses found in 0 files \(1 file searched in [\d.]+ s, 5 skipped\)\.$/m);
  });

  it('says of a large file in a folder that it was skipped only if it holds a word of the call', async () => {
    const filler = '//'.padEnd(9 * 1024 * 1024, ' long\n');
    await write({ 'with.js': `${filler}\n${use}`, 'without.js': filler });
    const { status, error } = await check('.');
    assert.equal(status, 0);
    assert.match(error, /^Skipped .*with\.js: the file is larger than 4 MB\.$/m);
    assert.match(error, /\(1 file searched in [\d.]+ s, 1 skipped\)/);
    assert.doesNotMatch(error, /without\.js/);
  });

  it('leaves a UTF-16 file as it is that is too large to be read as a whole', async () => {
    const large = Buffer.from(`\ufeff${use}${'// long\n'.repeat(400_000)}`, 'utf16le');
    await write({ 'large.js': large });
    const { error } = await check('.', '--fix');
    assert.ok(large.equals(await readFile(join(folder, 'large.js'))), 'changed');
    assert.match(error, /Skipped .*large\.js: the file is larger than 4 MB\./);
  });

  it('prints SARIF 2.1.0', async () => {
    await write({ 'with space/send.js': use, 'policy.json': policy, 'binary.js': `\0${use}` });
    const { status, out } = await check('.', '--sarif');
    assert.equal(status, 1);
    const log = JSON.parse(out) as SarifLog;
    assert.equal(log.version, '2.1.0');
    const [run] = log.runs;
    assert.deepEqual(
      run?.results.map(({ ruleId, ruleIndex, level }) => [
        ruleId,
        run.tool.driver.rules[ruleIndex]?.id,
        level,
      ]),
      [
        ['deprecated.iam-action', 'deprecated.iam-action', 'note'],
        ['deprecated.invoke-async', 'deprecated.invoke-async', 'warning'],
      ],
    );
    assert.deepEqual(run?.results[1]?.locations[0]?.physicalLocation, {
      artifactLocation: { uri: 'with%20space/send.js', uriBaseId: '%SRCROOT%' },
      region: { startLine: 2, startColumn: 18, endLine: 2, endColumn: 29 },
    });
    assert.equal(run?.invocations[0]?.toolExecutionNotifications.length, 1);
    await rm(folder, { recursive: true });
    await mkdir(folder);
    const empty = await check('.', '--sarif');
    assert.equal(empty.status, 0);
    assert.deepEqual((JSON.parse(empty.out) as SarifLog).runs[0]?.results, []);
  });

  const payloads = {
    '.lambda/payloads/orders/created.json': '{ "id": 1, "id": 2 }',
    '.lambda/payloads/orders/broken.json': '{ id: 1 }',
    '.lambda/local.json': '{ // for local use\n "functions": {} }',
    'events/lines.jsonl': '{"n": 1}\n{n: 2}\n',
    'events/mark.json': '\ufeff{}',
    'config/app.json': '{ id: 1 }',
  };

  it('validates payloads and event files where they lie, or are named', async () => {
    await write(payloads);
    const { status, out, error } = await check('.', '--payloads');
    assert.equal(status, 1, error);
    assert.deepEqual(
      out
        .trim()
        .split('\n')
        .map((line) => line.split(' ').slice(0, 2).join(' ')),
      [
        '.lambda/payloads/orders/broken.json:1:3 payload.syntax',
        '.lambda/payloads/orders/created.json:1:12 payload.duplicate-key',
        'events/lines.jsonl:2:2 payload.syntax',
        'events/mark.json:1:1 payload.syntax',
      ],
    );
    assert.match(error, /^0 uses and 4 other problems found in 4 files /m);
    const named = await check('config/app.json', 'events/lines.jsonl', '--payloads');
    assert.deepEqual(named.out.match(/^\S+/gm), ['config/app.json:1:3', 'events/lines.jsonl:2:2']);
    assert.equal((await check('.')).status, 0, 'not asked for');
  });

  it('validates payloads against their schemas, in the folder that has them', async () => {
    await write({
      'services/shop/.lambda/targets.json': JSON.stringify({
        targets: [
          { payloads: 'events/*.json', function: 'orders', schema: 'order.schema.json' },
          { payloads: 'paid/*.json', function: 'orders', schema: 'gone.json' },
        ],
      }),
      'services/shop/order.schema.json': '{ "required": ["id"] }',
      'services/shop/events/order.json': '{ "ID": 1 }',
      'events/order.json': '{ "ID": 1 }',
    });
    const { out } = await check('.', '--payloads');
    assert.deepEqual(out.match(/^\S+ \S+/gm), [
      'services/shop/.lambda/targets.json:1:147 payload.schema',
      'services/shop/events/order.json:1:1 payload.schema',
    ]);
  });

  it('checks function identifiers in all text files', async () => {
    await write({
      'deploy.tf': 'arn = "arn:aws:lambda:eu-central-1:12345678901:function:orders"\n',
      'binary.tf': '\0"arn:aws:lambda:eu-central-1:12345678901:function:orders"\n',
      'ignored/deploy.tf': 'arn = "arn:aws:lambda:eu-central-1:12345678901:function:orders"\n',
      '.gitignore': 'ignored\n',
      '.lambda/targets.json':
        '{ "targets": [{ "payloads": "*.json", "function": "orders!", "region": "eu-centrl-1" }] }',
    });
    const { status, out, error } = await check('.', '--identifiers');
    assert.equal(status, 1, error);
    assert.deepEqual(out.match(/^\S+ \S+/gm), [
      '.lambda/targets.json:1:58 identifier.malformed',
      '.lambda/targets.json:1:73 identifier.region',
      'deploy.tf:1:36 identifier.malformed',
    ]);
    assert.equal((await check('.')).status, 0, 'not asked for');
  });

  it('counts and sorts the problems of all checks, and prints SARIF of them', async () => {
    await write({ ...payloads, 'send.js': use });
    const { out, error } = await check('.', '--payloads', '--identifiers', '--sarif');
    assert.match(error, /^1 use and 4 other problems found in 5 files /m);
    const [run] = (JSON.parse(out) as SarifLog).runs;
    assert.deepEqual(
      run?.results.map(({ ruleId, ruleIndex }) => [ruleId, run.tool.driver.rules[ruleIndex]?.id]),
      [
        ['payload.syntax', 'payload.syntax'],
        ['payload.duplicate-key', 'payload.duplicate-key'],
        ['payload.syntax', 'payload.syntax'],
        ['payload.syntax', 'payload.syntax'],
        ['deprecated.invoke-async', 'deprecated.invoke-async'],
      ],
    );
  });

  it('leaves no file unmentioned that is too large to be checked', async () => {
    await write({ 'events/large.json': `"${'x'.repeat(7 * 1024 * 1024)}"` });
    const { status, error } = await check('.', '--payloads');
    assert.equal(status, 0);
    assert.match(error, /^Skipped .*large\.json: /m);
    assert.match(error, /, 1 skipped\)\.$/m);
  });

  async function write(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
  }

  async function read(path: string): Promise<string> {
    return readFile(join(folder, path), 'utf8');
  }

  async function check(...words: readonly string[]): Promise<Result> {
    const server = join(repository, 'dist/server.js');
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [server, '--check', ...words],
        { cwd: folder },
        (_, out, error) => resolve({ status: child.exitCode, out, error }),
      );
    });
  }
});

interface Result {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

interface SarifLog {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly { readonly toolExecutionNotifications: readonly unknown[] }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly locations: readonly { readonly physicalLocation: unknown }[];
    }[];
  }[];
}

function pick({ status, out }: Result) {
  return { status, out };
}
