import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConnection } from '../../../src/aws/connection';
import { collectResults, StepFunctionsConnection } from '../../../src/aws/stepFunctions/main';
import type { Execution } from '../../../src/core/stepFunctions/execution';
import { LineRanges, rangesText } from '../../../src/core/stepFunctions/lineRanges';
import { EventFile } from '../../../src/files/eventLines';
import { checkMapItems } from '../../../src/files/mapItems';
import { mapRunOf, stateMachineArn, StepFunctionsServer } from '../../support/stepFunctionsServer';

const megabyte = 1024 * 1024;
const resultsPrefix = 'in/results/one';
const lines = ['{"n": 1.0, "b": 1}', '{"n":2}', '{"n":2}', '', 'oops', '{"n": 3}', '{"n":4}'];
/** Numbers of the lines that are items: 1, 2, 3, 6, 7. */
const items = 5;

const record = (input: string, more: object = {}) =>
  JSON.stringify({ Input: input, InputDetails: { Included: true }, Status: 'FAILED', ...more });
const records = (...inputs: readonly string[]) =>
  inputs.map((input) => `${record(input)}\n`).join('');

describe('the results of an execution', () => {
  let server: StepFunctionsServer;
  let aws: StepFunctionsConnection;
  let folder: string;
  let cancel: AbortController;

  beforeEach(async () => {
    server = new StepFunctionsServer();
    const endpoint = await server.start();
    const connection = await resolveConnection({
      endpoint,
      region: 'eu-west-1',
      timeoutMs: 20_000,
      environment: { HOME: '/nowhere' },
    });
    cancel = new AbortController();
    aws = new StepFunctionsConnection(connection, { signal: cancel.signal });
    folder = await mkdtemp(join(tmpdir(), 'collect-'));
  });
  afterEach(async () => {
    aws.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const execution = async (
    succeeded: number,
    text = `${lines.join('\n')}\n`,
  ): Promise<Execution> => {
    const path = join(folder, 'orders.jsonl');
    await writeFile(path, text);
    const file = await EventFile.open(path);
    assert.ok(file instanceof EventFile);
    const check = await checkMapItems(file);
    await file.close();
    const executionArn = `${stateMachineArn.replace('stateMachine', 'execution')}:one`;
    return {
      name: 'one',
      file: { path, sha256: check.sha256, size: check.size, lines: check.lines },
      items: check.items,
      totalBytes: check.itemBytes,
      functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
      place: { region: 'eu-west-1' },
      stateMachineArn,
      bucket: 'events',
      key: 'k',
      resultsPrefix,
      startedAt: '2026-01-01T00:00:00Z',
      state: 'succeeded',
      executionArn,
      status: {
        state: 'succeeded',
        mapRunArn: mapRunOf(executionArn),
        counts: { pending: 0, running: 0, succeeded, failed: 0, timedOut: 0, aborted: 0 },
      },
    };
  };

  /** Puts files of results into the bucket, by their names, with a manifest that lists them by the beginnings of these. */
  const put = (files: Readonly<Record<string, string>>) => {
    const prefix = `${resultsPrefix}/run-1`;
    const listed: Record<string, object[]> = { SUCCEEDED: [], FAILED: [], PENDING: [] };
    for (const [name, text] of Object.entries(files)) {
      server.objects.set(`events/${prefix}/${name}`, Buffer.from(text));
      listed[name.split('_')[0] ?? '']?.push({ Key: `${prefix}/${name}`, Size: text.length });
    }
    const manifest = Buffer.from(JSON.stringify({ ResultFiles: listed }));
    server.objects.set(`events/${prefix}/manifest.json`, manifest);
  };

  const copies = () => ({
    rejected: join(folder, 'results', 'orders.rejected.jsonl'),
    missing: join(folder, 'results', 'orders.missing.jsonl'),
  });
  /** What is collected, with the copies' texts in place of their paths. */
  const collect = async (one: Execution) => {
    const { rejectedLines, missingLines, ...counts } = await collectResults(aws, one, copies());
    const text = (path: string | undefined) => path && readFileSync(path, 'utf8');
    return { ...counts, rejectedLines: text(rejectedLines), missingLines: text(missingLines) };
  };
  const requested = (name: RegExp) =>
    server.requests.filter(({ url }) => name.test(url.pathname)).length;

  describe('that were not sent', () => {
    it('become the lines of the file, byte for byte', async () => {
      put({
        'FAILED_0.jsonl': records('{"b":1,"n":1}', '{"n":2}'),
        'PENDING_0.jsonl': record('{"n":4}', { Status: 'PENDING' }),
        'SUCCEEDED_0.jsonl': '',
      });
      assert.deepEqual(await collect(await execution(2)), {
        rejected: 3,
        missing: 0,
        isExact: true,
        rejectedLines: '{"n": 1.0, "b": 1}\n{"n":2}\n{"n":4}\n',
        missingLines: undefined,
      });
      assert.equal(requested(/SUCCEEDED/), 0, 'nothing is missing');
    });

    it('are read as an array, too, and in ranges', async () => {
      const padding = { Output: 'x'.repeat(9 * megabyte) };
      put({ 'FAILED_0.json': `[${record('{"n":2}', padding)},\n${record('{"n":3}')}]` });
      assert.equal((await collect(await execution(3))).rejected, 2);
      assert.ok(server.count('GetObject') >= 3);
      put({ 'FAILED_0.json': `${record('{"n":2}', padding)}\n${record('{"n":3}')}` });
      assert.equal((await collect(await execution(3))).rejected, 2);
    });

    it('are copied as Step Functions wrote them when the file is another one now', async () => {
      const one = await execution(4);
      put({ 'FAILED_0.jsonl': record('{"b":1,"n":1}') });
      // Of the same size, too.
      for (const text of ['{"n":99}\n', (await readText(one)).replace('4', '5')]) {
        await writeFile(one.file.path, text);
        const { isExact, rejectedLines } = await collect(one);
        assert.equal(isExact, false);
        assert.equal(rejectedLines, '{"b":1,"n":1}\n');
      }
    });

    it('replace what was collected before', async () => {
      put({ 'FAILED_0.jsonl': record('{"n":2}') });
      await collect(await execution(4));
      put({});
      const { rejected, rejectedLines } = await collect(await execution(5));
      assert.deepEqual([rejected, rejectedLines], [0, undefined]);
      assert.deepEqual(readdirSync(join(folder, 'results')), []);
    });
  });

  it('leave no file when every line was sent', async () => {
    put({ 'SUCCEEDED_0.jsonl': '' });
    const collected = await collectResults(aws, await execution(items), copies());
    assert.deepEqual(collected, { rejected: 0, missing: 0, isExact: false });
    assert.deepEqual(readdirSync(join(folder, 'results')), []);
  });

  describe('that nothing is told of', () => {
    it('become the lines of the file that neither succeeded nor failed, with their numbers', async () => {
      put({
        'FAILED_0.jsonl': records('{"n":2}'),
        'SUCCEEDED_0.jsonl': records('{"n":3}'),
        'SUCCEEDED_1.jsonl': records('{"n":2}'),
      });
      assert.deepEqual(await collect(await execution(2)), {
        rejected: 1,
        missing: 2,
        isExact: true,
        rejectedLines: '{"n":2}\n',
        missingLines: '{"n": 1.0, "b": 1}\n{"n":4}\n',
        missingNumbers: [
          { from: 1, to: 1 },
          { from: 7, to: 7 },
        ],
      });
    });

    it('are none when a count was behind its results', async () => {
      put({
        'SUCCEEDED_0.jsonl': records('{"n":1,"b":1}', '{"n":2}', '{"n":2}', '{"n":3}', '{"n":4}'),
      });
      const { missing, missingLines } = await collect(await execution(3));
      assert.deepEqual([missing, missingLines], [0, undefined]);
    });

    it('are those whose result has no input', async () => {
      const bare = JSON.stringify({ InputDetails: { Included: false }, Status: 'FAILED' });
      put({
        'FAILED_0.jsonl': bare,
        'SUCCEEDED_0.jsonl': records('{"n":1,"b":1}', '{"n":2}', '{"n":2}', '{"n":4}'),
      });
      const { missing, missingNumbers, missingLines } = await collect(await execution(4));
      assert.deepEqual([missing, missingNumbers], [1, [{ from: 6, to: 6 }]]);
      assert.equal(missingLines, '{"n": 3}\n');
    });

    it('are only counted when they cannot be told from the others', async () => {
      const one = await execution(2);
      const counted = { rejected: 1, missing: 2 };
      const countsOf = async () => {
        const { rejected, missing, missingLines } = await collect(one);
        assert.equal(missingLines, undefined);
        return { rejected, missing };
      };
      const failed = { 'FAILED_0.jsonl': record('{"n":2}') };
      // A result of no line of the file.
      put({ ...failed, 'SUCCEEDED_0.jsonl': records('{"n":3}', '{"other":1}') });
      assert.deepEqual(await countsOf(), counted);
      put({ ...failed, 'SUCCEEDED_0.json': '[{' });
      assert.deepEqual(await countsOf(), counted);
      // Another file: nothing but counts can be had of what is in the bucket.
      await writeFile(one.file.path, '{"n":99}\n');
      const before = requested(/SUCCEEDED/);
      assert.deepEqual(await countsOf(), counted);
      assert.equal(requested(/SUCCEEDED/), before);
    });

    it('are found among a hundred thousand', async function () {
      this.timeout(120_000);
      const count = 100_000;
      const all = Array.from({ length: count }, (_, n) => `{"n": ${n}}`);
      const isMissing = (n: number) => n % 1000 === 7 || n === 8;
      const results = all.filter((_, n) => !isMissing(n)).map((line) => line.replace(' ', ''));
      put({
        'SUCCEEDED_0.jsonl': records(...results.slice(0, 70_000).toReversed()),
        'SUCCEEDED_1.jsonl': records(...results.slice(70_000)),
      });
      const one = await execution(results.length, `${all.join('\n')}\n`);
      const { missing, missingNumbers, missingLines } = await collect(one);
      assert.equal(missing, 101);
      assert.equal(
        missingLines,
        all
          .filter((_, n) => isMissing(n))
          .map((line) => `${line}\n`)
          .join(''),
      );
      assert.equal(missingNumbers?.length, 10);
      assert.equal(rangesText(missingNumbers).text.slice(0, 16), '8–9, 1008, 2008,');
    });
  });

  it('say what they lack, and leave nothing half done', async () => {
    const one = await execution(2);
    const left = () =>
      existsSync(join(folder, 'results')) ? readdirSync(join(folder, 'results')) : [];
    await assert.rejects(collect(one), /not in the bucket/);
    const { status, ...rest } = one;
    assert.ok(status);
    await assert.rejects(collect(rest), /before it read the event file/);
    put({ 'FAILED_0.jsonl': record('{"n":2}'), 'SUCCEEDED_0.jsonl': record('{"n":3}') });
    for (const gone of ['FAILED', 'SUCCEEDED']) {
      const key = `events/${resultsPrefix}/run-1/${gone}_0.jsonl`;
      const object = server.objects.get(key);
      server.objects.delete(key);
      await assert.rejects(collect(one), /not in the bucket/);
      assert.deepEqual(left(), []);
      server.objects.set(key, object ?? Buffer.alloc(0));
    }
    server.fault = (_, count) =>
      count >= server.count('GetObject') ? { status: 403, code: 'AccessDenied' } : undefined;
    await assert.rejects(collect(one), /lacks the permission s3:GetObject/);
    server.fault = () => undefined;
    server.objects.set(`events/${resultsPrefix}/run-1/manifest.json`, Buffer.from('<html>'));
    await assert.rejects(collect(one), /manifest of the results cannot be read/);
    put({ 'FAILED_0.json': '[{' });
    await assert.rejects(collect(one), /FAILED_0\.json cannot be read/);
    assert.deepEqual(left(), []);
  });

  it('stay as they were collected when the user cancels', async () => {
    put({ 'FAILED_0.jsonl': record('{"n":2}'), 'SUCCEEDED_0.jsonl': record('{"n":3}') });
    const one = await execution(2);
    const first = await collect(one);
    put({ 'FAILED_0.jsonl': record('{"n":3}'), 'SUCCEEDED_0.jsonl': record('{"n":2}') });
    server.fault = (_operation, count) => {
      if (count === 5) cancel.abort(new Error('cancelled by the user'));
      return undefined;
    };
    await assert.rejects(collect(one), /cancelled by the user/);
    assert.deepEqual(readdirSync(join(folder, 'results')).toSorted(), [
      'orders.missing.jsonl',
      'orders.rejected.jsonl',
    ]);
    assert.equal(readFileSync(copies().rejected, 'utf8'), first.rejectedLines);
  });
});

describe('ranges of lines', () => {
  it('are named from one to another, the first ones', () => {
    const ranges = new LineRanges(3);
    for (const line of [2, 7, 8, 9, 14, 15, 20, 21]) ranges.add(line);
    assert.deepEqual(rangesText(ranges.all), { text: '2, 7–9, 14–15', lines: 6 });
  });
});

async function readText({ file }: Execution): Promise<string> {
  return readFileSync(file.path, 'utf8');
}
