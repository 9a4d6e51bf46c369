import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { type CommandOptions, runCommand, startCommand } from '../../support/commandLine';
import { type Answer, type EventServer, startEventServer } from '../../support/eventServer';

describe('node dist/cli.js invoke', () => {
  let folder: string;
  let server: EventServer;
  let answer: Answer | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-invoke-'));
    answer = undefined;
    server = await startEventServer(() => answer);
  });
  afterEach(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const write = async (path: string, text: string | Uint8Array) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const invoke = async (words: readonly string[], options: CommandOptions = {}) => {
    const ended = await runCommand(['invoke', ...words, '--endpoint', server.url], {
      folder,
      ...options,
    });
    const outcome = ended.stdout === '' ? undefined : (JSON.parse(ended.stdout) as Outcome);
    return { ...ended, outcome };
  };

  it('sends a file byte for byte, and prints the outcome as JSON', async () => {
    const text = '{ "id": 12345678901234567890 }\n';
    await write('event.json', text);
    const { code, outcome, stderr } = await invoke(['event.json', '--function', 'orders']);
    assert.equal(code, 0, stderr);
    assert.deepEqual([...server.bodies.keys()], [text]);
    assert.deepEqual(
      { ...outcome, durationMs: 0 },
      {
        kind: 'accepted',
        api: 'Invoke',
        functionName: 'orders',
        status: 202,
        requestId: 'request-0',
        durationMs: 0,
        payloadBytes: text.length,
        attempts: 1,
      },
    );
    assert.match(stderr, /^Accepted: the event is queued.*request-0$/m);
  });

  it('sends standard input, and what is given as text', async () => {
    const input = '{"from": "input"}';
    assert.equal((await invoke(['-', '--function', 'orders'], { input })).code, 0);
    assert.equal((await invoke(['--payload', '[1]', '--function', 'orders'])).code, 0);
    assert.deepEqual([...server.bodies.keys()], [input, '[1]']);
  });

  it('takes from the target of a file what no option says', async () => {
    await write('.lambda/payloads/orders/created.json', '{}');
    await write('events/paid.json', '{}');
    await write(
      '.lambda/targets.json',
      '{ "targets": [{ "payloads": "events/*.json", "function": "billing", "api": "InvokeAsync" }] }',
    );
    const byFolder = await invoke(['.lambda/payloads/orders/created.json']);
    assert.equal(byFolder.outcome?.functionName, 'orders', byFolder.stderr);
    const byTarget = await invoke([join(folder, 'events/paid.json')]);
    assert.equal(byTarget.outcome?.functionName, 'billing', byTarget.stderr);
    assert.equal(byTarget.outcome?.api, 'InvokeAsync');
    const byOption = await invoke(['events/paid.json', '--function', 'other', '--api', 'Invoke']);
    assert.equal(byOption.outcome?.functionName, 'other', byOption.stderr);
    assert.equal(byOption.outcome?.api, 'Invoke');
  });

  it('sends for the tenant and by the execution name of the target, with Invoke', async () => {
    await write('events/paid.json', '{}');
    const target = {
      payloads: 'events/*',
      function: 'billing',
      tenantId: 'a b',
      api: 'InvokeAsync',
    };
    await write('.lambda/targets.json', JSON.stringify({ targets: [target] }));
    const { outcome, stderr } = await invoke(['events/paid.json', '--durable-name', 'one']);
    assert.equal(outcome?.api, 'Invoke', stderr);
    assert.equal(outcome.kind, 'accepted');
    const wrong = await invoke(['events/paid.json', '--durable-name', 'not a name']);
    assert.equal(wrong.code, 2);
    assert.equal(server.received, 1);
  });

  it('sends nothing while nobody can say where a file goes', async () => {
    await write('.lambda/payloads/orders/created.json', '{}');
    await write('.lambda/targets.json', '{ "targets": [{ "payloads": "*.json" }] }');
    const { code, outcome, stderr } = await invoke(['.lambda/payloads/orders/created.json']);
    assert.equal(code, 1);
    assert.equal(outcome?.kind, 'notSent');
    assert.match(stderr, /Nobody can say where .*targets\.json: Line 1: "function" is missing/);
    assert.equal(server.received, 0);
  });

  it('sends no payload whose target fills in variables', async () => {
    await write('events/a.json', '"${uuid}"');
    const target = { payloads: 'events/*', function: 'orders', variables: true };
    await write('.lambda/targets.json', JSON.stringify({ targets: [target] }));
    const { code, outcome, stderr } = await invoke(['events/a.json']);
    assert.deepEqual([code, outcome?.error?.name], [1, 'HasVariables']);
    assert.match(stderr, /fills in variables, and only the editor does that/);
    assert.equal(server.received, 0);
  });

  const rejections: readonly [title: string, given: Answer, code: number, words: RegExp][] = [
    [
      'rejected',
      { status: 404, code: 'ResourceNotFoundException' },
      1,
      /^Rejected\. .*orders.*\S$/m,
    ],
    ['unknown', { status: 202, hangUp: true }, 3, /^Unknown\. .*may have been queued/m],
    ['unknown', { status: 500, code: 'ServiceException' }, 3, /^Unknown\. .*may have been queued/m],
  ];
  for (const [kind, given, expected, words] of rejections) {
    it(`exits with ${expected} for ${given.code ?? 'a broken connection'}`, async () => {
      answer = given;
      const { code, outcome, stderr } = await invoke(['--payload', '{}', '--function', 'orders']);
      assert.equal(outcome?.kind, kind, stderr);
      assert.equal(code, expected);
      assert.match(stderr, words);
      assert.equal(server.received, 1);
    });
  }

  it('tells nothing as certain when it is interrupted while the request is under way', async () => {
    answer = { status: 202, delayMs: 600_000 };
    const words = ['invoke', '--payload', '{}', '--function', 'orders', '--endpoint', server.url];
    const { child, ended } = startCommand(words);
    await server.until(1);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    assert.equal((JSON.parse(stdout) as Outcome).kind, 'unknown');
    assert.equal(code, 3);
  });

  const unsent: readonly [title: string, words: readonly string[], message: RegExp][] = [
    ['JSON that Lambda rejects', ['--payload', '{id: 1}', '--function', 'f'], /^Not sent\. .*Fix/m],
    ['an event that is too large', ['large.json', '--function', 'f'], /^Not sent\. .*1,048,576/m],
    ['a file that is not there', ['gone.json', '--function', 'f'], /gone\.json cannot be read/],
    ['bytes that are not UTF-8', ['latin1.json', '--function', 'f'], /is not UTF-8 text/],
    [
      'production without a word',
      ['--payload', '{}', '--function', 'orders-prod'],
      /matches "\*prod\*"\. To send to production, add --yes/,
    ],
    ['an endpoint that is none', ['--payload', '{}', '--function', 'f', '--endpoint', 'x'], /x/],
  ];
  for (const [title, words, message] of unsent) {
    it(`exits with 1 for ${title}, and sends nothing`, async () => {
      await write('latin1.json', Buffer.from('"\u00e9"', 'latin1'));
      await write('large.json', JSON.stringify('x'.repeat(2 ** 20)));
      const ended = await runCommand(['invoke', '--endpoint', server.url, ...words], { folder });
      assert.equal(ended.code, 1, ended.stderr);
      assert.equal((JSON.parse(ended.stdout) as Outcome).kind, 'notSent');
      assert.match(ended.stderr, message);
      assert.equal(server.received, 0);
    });
  }

  it('sends to production when it is told so', async () => {
    const { code } = await invoke(['--payload', '{}', '--function', 'orders-prod', '--yes']);
    assert.equal(code, 0);
    assert.equal(server.received, 1);
  });

  const mistakes: readonly [words: readonly string[], message: RegExp][] = [
    [[], /No payload specified/],
    [['a.json', 'b.json'], /Specify a single payload file/],
    [['a.json', '--payload', '{}'], /exclude each other/],
    [['--payload', '{}'], /Specify the function with --function/],
    [['event.json'], /The file has no target/],
    [['--payload', '{}', '--function', 'f', '--timeout', '-1'], /--timeout/],
    [['--payload', '{}', '--function', 'f', '--api', 'Publish'], /not Publish/],
  ];
  for (const [words, message] of mistakes) {
    it(`exits with 2 for "invoke ${words.join(' ')}"`, async () => {
      await write('event.json', '{}');
      const { code, stdout, stderr } = await runCommand(['invoke', ...words], { folder });
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, message);
      assert.match(stderr, /\n\nUsage: lambda-invoke-async invoke FILE/);
    });
  }
});
