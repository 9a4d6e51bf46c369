import assert from 'node:assert/strict';
import { lineLimitBytes, responseLimitBytes } from '../../../src/local/byteLimits';
import {
  type LocalWorkspace,
  sendEndless,
  sendRaw,
  startLocalWorkspace,
} from '../../support/localLambda';

const megabyte = 1024 * 1024;

/** What the process of the tests, which Local Lambda runs in, may grow by: much less than what handlers write. */
const growthLimit = 250 * megabyte;

describe('a handler that writes without end', () => {
  let workspace: LocalWorkspace;
  before(async () => {
    workspace = await startLocalWorkspace({
      functions: Object.fromEntries(
        ['pipe', 'stream', 'console', 'error', 'quotes', 'flood', 'fine'].map((name) => [
          name,
          { handler: `handlers.${name}`, timeout: 900 },
        ]),
      ),
      files: {
        'handlers.js': `
          const { writeSync } = require('node:fs');
          const megabyte = Buffer.alloc(${megabyte}, 'x');
          const writeFully = (bytes) => { for (let at = 0; at < bytes.length; at += writeSome(bytes, at)); };
          const writeSome = (bytes, at) => {
            try { return writeSync(1, bytes, at); } catch { return 0; } // The pipe is full.
          };
          exports.pipe = () => { for (let n = 0; n < 600; n += 1) writeFully(megabyte); };
          exports.stream = () => {
            for (let n = 0; n < 600; n += 1) process.stdout.write(megabyte);
            process.stdout.write('\\nthe next line\\n');
          };
          exports.console = () => { console.log('€'.repeat(100e6)); };
          exports.error = () => { throw new RangeError('x'.repeat(300e6)); };
          exports.quotes = () => { throw new RangeError('"'.repeat(6e6)); };
          exports.flood = () => { for (let n = 0; n < 1e6; n += 1) console.log('line', n); };
          exports.fine = () => 'fine';`,
      },
    });
  });
  after(() => workspace.stop());

  /** Runs a function, and returns its answer and by how much this process has grown meanwhile, in bytes. */
  async function run(name: string): Promise<{ body: string; grown: number; requestId: string }> {
    const before = process.memoryUsage.rss();
    let highest = before;
    const timer = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage.rss());
    }, 10);
    const path = `/2015-03-31/functions/${name}/invocations`;
    const { body, headers } = await sendRaw(workspace.local.endpoint, { path });
    clearInterval(timer);
    return { body, grown: highest - before, requestId: String(headers['x-amzn-requestid']) };
  }

  for (const name of ['pipe', 'stream', 'console']) {
    const bytes = name === 'console' ? 300e6 : 600 * megabyte;
    it(`shows 256 KB of a line of ${bytes} bytes, and counts the rest (${name})`, async function () {
      this.timeout(120_000);
      const { body, grown, requestId } = await run(name);
      assert.equal(body, 'null');
      const { text } = await workspace.log.until(/more bytes\)$/, requestId);
      const [, line = '', omitted] = /^(.*) … \((\d+) more bytes\)$/.exec(text) ?? [];
      // The last character is left out where the limit falls inside it.
      assert.ok(Math.abs(Buffer.byteLength(line) - lineLimitBytes) < 3);
      assert.equal(Buffer.byteLength(line) + Number(omitted), bytes);
      assert.ok(!line.includes('\ufffd'));
      assert.ok(grown < growthLimit, `${grown} bytes`);
      if (name === 'stream') await workspace.log.until(/^the next line$/, requestId);
    });
  }

  for (const [name, size, least] of [
    ['error', 300e6, responseLimitBytes - 100],
    // Each takes two bytes in JSON.
    ['quotes', 6e6, responseLimitBytes / 2],
  ] as const) {
    it(`answers with 6 MB of an error of ${size} bytes (${name})`, async function () {
      this.timeout(120_000);
      const { body, grown } = await run(name);
      const { errorType, errorMessage } = JSON.parse(body);
      assert.equal(errorType, 'RangeError');
      const [, kept = '', omitted] = /^(.*) … \((\d+) more bytes\)$/.exec(errorMessage) ?? [];
      assert.equal(kept.length + Number(omitted), size);
      assert.ok(Buffer.byteLength(body) <= responseLimitBytes);
      assert.ok(Buffer.byteLength(body) >= least);
      assert.ok(grown < growthLimit, `${grown} bytes`);
    });
  }

  it('shows some of a million lines, and says how many it skips, while others are answered', async function () {
    this.timeout(120_000);
    const before = workspace.log.lines.length;
    let isFlooding = true;
    const flood = run('flood').finally(() => {
      isFlooding = false;
    });
    for (let n = 0; n < 5; n += 1) assert.equal((await run('fine')).body, '"fine"');
    assert.ok(isFlooding, 'the others were answered meanwhile');
    const { body, requestId } = await flood;
    assert.equal(body, 'null');
    await workspace.log.until(/^END/, requestId);
    await workspace.log.until(/^… \d+ lines skipped: /);
    await workspace.local.stop();
    const lines = workspace.log.lines.slice(before);
    const shown = lines.filter(({ text }) => /^line \d+$/.test(text)).length;
    const skipped = lines.map(({ text }) => Number(/^… (\d+) lines skipped/.exec(text)?.[1] ?? 0));
    assert.ok(shown < 100_000, `${shown} lines`);
    assert.ok(shown + skipped.reduce((a, b) => a + b, 0) >= 1e6);
  });
});

describe('the queue of Local Lambda is full', () => {
  it('in memory and on disk: 429 TooManyRequestsException, and what is in it runs', async () => {
    const workspace = await startLocalWorkspace({
      functions: {
        waiting: { handler: 'handlers.waiting', timeout: 900 },
        fine: { handler: 'handlers.fine' },
      },
      files: {
        'handlers.js': `
          const { existsSync } = require('node:fs');
          exports.fine = () => 'fine';
          exports.waiting = async () => {
            while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 10));
          };`,
      },
      queueLimits: { memoryBytes: 16 * megabyte, diskBytes: 20 * megabyte },
    });
    try {
      const Payload = JSON.stringify('x'.repeat(megabyte - 2));
      const event = { FunctionName: 'waiting', InvocationType: 'Event', Payload } as const;
      const ids: (string | undefined)[] = [];
      // What is beside the payloads takes the room of one of them.
      for (let n = 0; n < 16 + 19; n += 1)
        ids.push((await workspace.sdk.invoke(event)).$metadata.requestId);
      const full = { name: 'TooManyRequestsException', Reason: 'CallerRateLimitExceeded' };
      const error = { ...full, retryAfterSeconds: '1', $metadata: { httpStatusCode: 429 } };
      await assert.rejects(workspace.sdk.invoke(event), (thrown: typeof error & Error) => {
        const { name, Reason, retryAfterSeconds, $metadata } = thrown;
        assert.deepEqual({ name, Reason }, full);
        assert.equal(retryAfterSeconds, error.retryAfterSeconds);
        assert.equal($metadata.httpStatusCode, 429);
        assert.match(
          thrown.message,
          /^Rate exceeded: 35 events wait in Local Lambda, and the queue/,
        );
        return true;
      });
      const meanwhile = await workspace.sdk.invoke({ FunctionName: 'fine', Payload });
      assert.equal(meanwhile.Payload?.transformToString(), '"fine"');
      await workspace.write('go', '');
      for (const id of ids) await workspace.log.until(/^END/, id);
      const { $metadata } = await workspace.sdk.invoke(event);
      await workspace.log.until(/^END/, $metadata.requestId);
    } finally {
      await workspace.stop();
    }
  });
});

describe('a request to Local Lambda', () => {
  it('with a body that never ends is cut off, and others are answered', async () => {
    const workspace = await startLocalWorkspace({
      functions: { fine: { handler: 'fine.handler' } },
      files: { 'fine.js': 'exports.handler = () => "fine";' },
    });
    try {
      const path = '/2014-11-13/functions/fine/invoke-async';
      await sendEndless(workspace.local.endpoint, path);
      const answer = await workspace.sdk.invoke({ FunctionName: 'fine' });
      assert.equal(answer.Payload?.transformToString(), '"fine"');
    } finally {
      await workspace.stop();
    }
  });
});
