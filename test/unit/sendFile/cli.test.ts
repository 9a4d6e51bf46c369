import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, type EventServer, startEventServer } from '../../support/eventServer';
import { startSendFile } from '../../support/sendFileProcess';

describe('node dist/sendFile.js send', () => {
  let folder: string;
  let server: EventServer;
  let answerTo: ((body: string, index: number) => Answer | undefined) | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoke-async-cli-'));
    answerTo = undefined;
    server = await startEventServer((body, index) => answerTo?.(body, index));
  });
  afterEach(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const path = () => join(folder, 'events.jsonl');
  const write = async (count: number) =>
    writeFile(path(), Array.from({ length: count }, (_, n) => `{"n": ${n}}\n`).join(''));
  const options = () => [
    '--function',
    'orders',
    '--endpoint',
    server.url,
    '--journal',
    join(folder, 'runs'),
  ];
  const words = (...more: string[]) => [path(), ...options(), ...more];
  const run = async (...more: string[]) => startSendFile(words(...more)).ended;

  it('exits with 0 when every line was accepted, and prints a summary', async () => {
    await write(20);
    const { code, summary, stderr } = await run('--rate', 'max');
    assert.equal(code, 0, stderr);
    assert.equal(summary?.progress.counts.accepted, 20);
    assert.equal(summary?.file.lines, 20);
    assert.equal(summary?.target.functionName, 'orders');
    assert.match(stderr, /^20 events, 170 bytes; the largest has 9\.$/m);
    assert.match(stderr, /^Finished \(20 of 20 done\)\.$/m);
  });

  it('exits with 1 when some were not, and names the invalid lines', async () => {
    await writeFile(path(), '{"n": 1}\n{n: 2}\n');
    const { code, summary, stderr } = await run();
    assert.equal(code, 1, stderr);
    assert.deepEqual(summary?.progress.counts, {
      accepted: 1,
      rejected: 0,
      unknown: 0,
      invalid: 1,
    });
    assert.match(stderr, /^Line 2 is skipped: /m);
    assert.equal(await readFile(summary?.rejectedLines ?? '', 'utf8'), '{n: 2}\n');
  });

  const refusals: readonly [title: string, more: readonly string[], message: RegExp][] = [
    ['an unknown option', ['--fast'], /Unknown option '--fast'/],
    ['a rate of nothing', ['--rate', '0'], /--rate must be a number above 0, not 0/],
    ['a concurrency beyond reason', ['--concurrency', '5000'], /whole number up to 256/],
    ['another API', ['--api', 'Publish'], /--api must be Invoke or InvokeAsync, not Publish/],
    ['a tenant that is none', ['--tenant-id', 'é'], /A tenant ID has 1 to 256/],
    ['two files', ['more.jsonl'], /Specify a single event file/],
    ['both ways out', ['--resume', '--start-over'], /exclude each other/],
    ['an endpoint that is none', ['--endpoint', 'ftp://x'], /ftp:\/\/x/],
    ['nothing to resume', ['--resume'], /There is no unfinished run/],
    ['production', ['--function', 'orders-prod'], /matches "\*prod\*".*add --yes/],
  ];
  for (const [title, more, message] of refusals) {
    it(`exits with 2 for ${title}, and sends nothing`, async () => {
      await write(3);
      const { code, stderr, stdout } = await run(...more);
      assert.equal(code, 2, stderr);
      assert.match(stderr, message);
      assert.equal(stdout, '');
      assert.equal(server.received, 0);
    });
  }

  it('exits with 2 when the function does not exist', async () => {
    answerTo = () => ({ status: 404, code: 'ResourceNotFoundException' });
    await write(3);
    const { code, stderr } = await run();
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^Stopped: the function does not exist/m);
  });

  it('sends to production when it is told so', async () => {
    await write(3);
    const { code } = await run('--function', 'orders-prod', '--yes');
    assert.equal(code, 0);
    assert.equal(server.received, 3);
  });

  it('sends nothing in a dry run', async () => {
    await writeFile(path(), '{"n": 1}\noops\n');
    const { code, stdout } = await run('--dry-run');
    assert.equal(code, 1);
    const { lines, invalid } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([lines, invalid], [2, 1]);
    assert.equal(server.received, 0);
  });

  it('warns of a function that will not keep up', async () => {
    const { stop, url } = await startEventServer(undefined, 0, {
      '/concurrency': { ReservedConcurrentExecutions: 0 },
    });
    await write(120);
    const { code, stderr } = await run('--endpoint', url, '--rate', 'max');
    await stop();
    assert.equal(code, 0, stderr);
    assert.match(
      stderr,
      /^Warning: The function’s reserved concurrency is 0, so it never runs: all 120 events/m,
    );
  });

  it('wants a version of a durable function, and a tenant of one that isolates them', async () => {
    const { stop, url } = await startEventServer(undefined, 0, {
      '/durable/configuration': { DurableConfig: {} },
      '/tenants/configuration': { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } },
    });
    try {
      await write(2);
      const to = (name: string, ...more: string[]) =>
        run('--endpoint', url, '--function', name, ...more);
      const durable = await to('durable');
      assert.equal(durable.code, 2);
      assert.match(durable.stderr, /^durable is durable: .*--qualifier\.$/m);
      const tenants = await to('tenants');
      assert.equal(tenants.code, 2);
      assert.match(tenants.stderr, /^tenants isolates tenants\. .*--tenant-id\.$/m);
      const sent = await to('tenants', '--tenant-id', 'blue', '--api', 'InvokeAsync');
      assert.equal(sent.code, 0, sent.stderr);
      assert.equal(sent.summary?.target.tenantId, 'blue');
      assert.equal(sent.summary?.target.api, 'Invoke');
    } finally {
      await stop();
    }
  });

  it('sends what comes from standard input', async () => {
    const started = startSendFile(['-', ...options(), '--rate', 'max'], {
      input: '{"n": 1}\n{"n": 2}',
    });
    const { code, stderr } = await started.ended;
    assert.equal(code, 0, stderr);
    assert.match(stderr, /cannot be resumed/);
    assert.deepEqual([...server.bodies.keys()].toSorted(), ['{"n": 1}', '{"n": 2}']);
  });

  it('stops after the requests under way when it is interrupted, and resumes', async () => {
    await write(200);
    const started = startSendFile(words('--rate', '100'));
    await server.until(10);
    started.child.kill('SIGINT');
    const { code, summary, stderr } = await started.ended;
    assert.equal(code, 130, stderr);
    assert.match(stderr, /Resume with --resume/);
    const counts = summary?.progress.counts;
    assert.deepEqual(counts, { ...counts, accepted: server.received, unknown: 0 });
    const refused = await run();
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /is not finished/);
    const resumed = await run('--resume', '--rate', 'max');
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal(resumed.summary?.progress.counts.accepted, 200);
    assert.equal(server.received, 200);
    assert.equal(server.bodies.size, 200);
  });

  it('is alone with a file, also while it is stopped by the system', async () => {
    await write(100);
    const started = startSendFile(words('--rate', '50'));
    await server.until(5);
    started.child.kill('SIGSTOP');
    const other = await run('--resume');
    assert.equal(other.code, 2);
    assert.match(other.stderr, /Another process \(\d+\) sends this file/);
    started.child.kill('SIGCONT');
    const { code, stderr } = await started.ended;
    assert.equal(code, 0, stderr);
    assert.equal(server.received, 100);
  });

  it('never guesses what a damaged journal held', async () => {
    await write(30);
    answerTo = (_, index) =>
      index === 20 ? { status: 404, code: 'ResourceNotFoundException' } : undefined;
    const { summary } = await run('--rate', 'max', '--concurrency', '1');
    await truncate(summary?.journal ?? '', 20);
    const { code, stderr } = await run('--resume');
    assert.equal(code, 2);
    assert.match(stderr, /is damaged, so it is not known which lines were sent/);
  });
});
