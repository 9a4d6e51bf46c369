import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, open, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EventQueue, type QueueRoom } from '../../../src/local/eventQueue';
import type { Attempt, Invocation } from '../../../src/local/invocation';
import { WatchedLog } from '../../support/localLambda';

const megabyte = 1024 * 1024;
const success: Attempt = { result: { status: 'success', body: '1' }, durationMs: 1, memoryMb: 1 };
const failure: Attempt = {
  ...success,
  result: { status: 'error', error: { errorType: 'RangeError', errorMessage: 'out of stock' } },
};

/** As many events as are read from a file at once, and as few as make the next reading begin. */
const readAhead = 64 + 3;
const atOnce = 4;

/** Of all buffers that are in use. */
async function bufferBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  collect();
  // Their memory is given back beside the thread.
  await new Promise(setImmediate);
  collect();
  return process.memoryUsage().arrayBuffers;
}

function eventOf(n: number, payload = Buffer.from(JSON.stringify({ n }))): Invocation {
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:orders';
  const requestId = String(n);
  return { requestId, functionName: 'orders', functionArn, version: '$LATEST', payload };
}

describe('what the queue of Local Lambda does not hold in memory', () => {
  let folder: string;
  let queue: EventQueue;
  let log: WatchedLog;
  let runs: Invocation[];
  /** What becomes of each run. */
  let attempt: (event: Invocation) => Attempt | Promise<Attempt>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'queue-'));
    log = new WatchedLog();
    runs = [];
    attempt = () => success;
  });
  afterEach(async () => {
    await queue.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function start(limits: Partial<QueueRoom>, retryDelaysMs: number[] = []): void {
    queue = new EventQueue({
      async run(event) {
        runs.push(event);
        const result = await attempt(event);
        log.add({ requestId: event.requestId, stream: 'platform', text: 'Run' });
        return result;
      },
      retryDelaysMs,
      log: (line) => log.add(line),
      temporaryFolder: folder,
      limits,
    });
  }

  /** Holds every run until the returned function is called. */
  function holdRuns(): () => void {
    let release = (): void => {};
    const released = new Promise<Attempt>((resolve) => {
      release = () => {
        attempt = () => success;
        resolve(success);
      };
    });
    attempt = () => released;
    return release;
  }

  async function addAll(count: number, from = 0): Promise<void> {
    const events = Array.from({ length: count }, (_, n) => eventOf(from + n));
    await Promise.all(events.map((event) => queue.add(event)));
  }

  /** As a caller does that is told to try again. */
  async function addAtLast(event: Invocation): Promise<void> {
    for (;;) {
      try {
        await queue.add(event);
        return;
      } catch {
        await wait(50);
      }
    }
  }

  async function untilEmpty(): Promise<void> {
    // Only a length that lasts is told of.
    while (queue.length > 0) await wait(2);
  }

  /** Paths of the files that hold events. */
  async function files(): Promise<string[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  }

  const ids = (): number[] => runs.map(({ requestId }) => Number(requestId));
  const upTo = (count: number): number[] => [...Array(count).keys()];

  it('runs in the order in which it came, each once and byte for byte', async () => {
    start({ memoryEvents: 10 });
    const release = holdRuns();
    const events = upTo(3000).map((n) => {
      // Some are longer than what is read at once, and some are empty.
      const length = n % 500 === 7 ? 200_000 : n % 50;
      return eventOf(n, Buffer.alloc(length, n));
    });
    await Promise.all(events.slice(0, 2000).map((event) => queue.add(event)));
    assert.notEqual((await files()).length, 0);
    release();
    // The others come while these run.
    for (const event of events.slice(2000)) await queue.add(event);
    await untilEmpty();
    assert.deepEqual(ids(), upTo(3000));
    for (const [n, { payload, ...names }] of runs.entries()) {
      const { payload: sent, ...others } = events[n] ?? eventOf(n);
      assert.deepEqual(names, others);
      assert.ok(Buffer.from(payload).equals(sent), `payload ${n}`);
    }
    assert.deepEqual(await files(), [], 'what was read is deleted');
    assert.deepEqual(queue.room, { memoryEvents: 0, memoryBytes: 0, diskBytes: 0 });
  });

  it('is on disk: memory stays within its bounds while events come and go', async () => {
    start({ memoryEvents: 100, memoryBytes: megabyte });
    const before = await bufferBytes();
    const release = holdRuns();
    const count = 2000;
    for (let n = 0; n < count; n += 50) {
      const events = upTo(50).map((more) => eventOf(n + more, Buffer.alloc(32 * 1024, 'x')));
      await Promise.all(events.map((event) => queue.add(event)));
    }
    const { memoryEvents, memoryBytes, diskBytes } = queue.room;
    assert.ok(memoryBytes <= megabyte && memoryEvents <= 100, JSON.stringify(queue.room));
    assert.ok(diskBytes > 60 * megabyte, `${diskBytes} bytes on disk`);
    const grown = (await bufferBytes()) - before;
    assert.ok(grown < 16 * megabyte, `${grown} bytes of buffers`);
    let most = 0;
    release();
    attempt = () => {
      most = Math.max(most, queue.room.memoryEvents);
      return success;
    };
    await untilEmpty();
    assert.deepEqual(ids(), upTo(count));
    assert.ok(most <= 100 + readAhead + atOnce, `${most} events in memory`);
  });

  it('waits for its retry on disk, too, without a timer for each event', async () => {
    const delayMs = 300;
    start({ memoryEvents: 20 }, [delayMs]);
    const failedAt = new Map<string, number>();
    const pauses: number[] = [];
    attempt = ({ requestId }) => {
      const first = failedAt.get(requestId);
      if (first === undefined) {
        failedAt.set(requestId, performance.now());
        return failure;
      }
      pauses.push(performance.now() - first);
      return success;
    };
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    await addAll(1000);
    let most = 0;
    while (queue.length > 0) {
      most = Math.max(most, timers() - before);
      await wait(2);
    }
    assert.equal(failedAt.size, 1000);
    assert.equal(pauses.length, 1000, 'each ran twice');
    assert.ok(Math.min(...pauses) >= delayMs, `retried after ${Math.min(...pauses)} ms`);
    assert.ok(most <= 5, `${most} timers`);
    assert.ok((await files()).length === 0);
  });

  const damages = [
    {
      damage: 'is cut off',
      make: async (file: string, bytes: number) => truncate(file, Math.floor(bytes / 2)),
    },
    {
      damage: 'has another byte in it',
      async make(file: string, bytes: number) {
        const handle = await open(file, 'r+');
        await handle.write('!', Math.floor(bytes / 2));
        await handle.close();
      },
    },
    {
      damage: 'has other lengths in it',
      async make(file: string, bytes: number) {
        const handle = await open(file, 'r+');
        await handle.write(Buffer.alloc(1000, 0xff), 0, 1000, Math.floor(bytes / 2));
        await handle.close();
      },
    },
  ];
  for (const { damage, make } of damages) {
    it(`is told to be lost when its file ${damage}, and the rest goes on`, async () => {
      start({ memoryEvents: atOnce });
      const release = holdRuns();
      await addAll(1000);
      const [file, ...more] = await files();
      assert.ok(file !== undefined && more.length === 0);
      await make(file, (await stat(file)).size);
      release();
      await untilEmpty();
      const { text } = await log.until(/queued events are lost/);
      const lost = Number(/^(\d+) /.exec(text)?.[1]);
      assert.match(text, /end of the file|checksum mismatch|lengths that cannot be/);
      assert.deepEqual(ids(), upTo(1000 - lost), 'all before the damage ran');
      assert.ok(lost > 100 && lost < 1000, `${lost} lost`);
      await addAll(100, 1000);
      await untilEmpty();
      assert.equal(runs.length, 1100 - lost);
      assert.deepEqual(queue.room, { memoryEvents: 0, memoryBytes: 0, diskBytes: 0 });
    });
  }

  it('is refused beyond the bound on disk, and accepted again once there is room', async () => {
    start({ memoryEvents: 10, diskBytes: 100_000 });
    const release = holdRuns();
    const results = await Promise.allSettled(upTo(1000).map((n) => queue.add(eventOf(n))));
    const accepted = results.filter(({ status }) => status === 'fulfilled').length;
    assert.ok(accepted > 200 && accepted < 1000, `${accepted} accepted`);
    assert.ok(queue.room.diskBytes <= 100_000);
    assert.equal(queue.length, accepted);
    await assert.rejects(queue.add(eventOf(1)), {
      code: 'TooManyRequestsException',
      status: 429,
      message: `Rate exceeded: ${accepted} events wait in Local Lambda, and the queue holds no more than 100000 bytes on disk.`,
    });
    await log.until(/rejected with TooManyRequestsException: the queue holds no more than/);
    release();
    await untilEmpty();
    assert.deepEqual(ids(), upTo(accepted));
    await addAll(100);
    await untilEmpty();
    assert.equal(runs.length, accepted + 100);
  });

  it('is refused with the reason where no file can be made; what is in memory runs, retries included', async () => {
    start({ memoryEvents: 1 }, [1, 1]);
    await rm(folder, { recursive: true });
    const outcomes = [failure, failure, success];
    attempt = () => outcomes.shift() ?? success;
    await queue.add(eventOf(0));
    await assert.rejects(queue.add(eventOf(1)), {
      code: 'TooManyRequestsException',
      message:
        /^Rate exceeded: 1 events wait in Local Lambda, and the queue on disk cannot be written: ENOENT/,
    });
    await untilEmpty();
    assert.deepEqual(ids(), [0, 0, 0]);
    assert.deepEqual(
      log.textsOf('0').filter((text) => text.startsWith('Attempt')),
      ['Attempt 1 failed. Retrying in 0.001 s.', 'Attempt 2 failed. Retrying in 0.001 s.'],
    );
    await queue.add(eventOf(2));
    await untilEmpty();
    assert.deepEqual(ids(), [0, 0, 0, 2]);
  });

  it('is refused while the disk is full, and nothing that was accepted is lost', async function () {
    // A disk that may be filled is a small one of its own, which only root can make.
    if (process.platform !== 'linux' || process.getuid?.() !== 0) this.skip();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', folder], {
        stdio: 'ignore',
      });
    } catch {
      this.skip();
    }
    try {
      start({ memoryEvents: 10 });
      const release = holdRuns();
      const large = (n: number): Invocation => eventOf(n, Buffer.alloc(100_000, n));
      for (let n = 0; n < 20; n += 1) await queue.add(large(n));
      // Others fill the disk.
      await assert.rejects(writeFile(join(folder, 'other'), Buffer.alloc(64 * megabyte)), {
        code: 'ENOSPC',
      });
      await assert.rejects(queue.add(large(20)), {
        code: 'TooManyRequestsException',
        message: /cannot be written: ENOSPC/,
      });
      assert.equal(queue.length, 20);
      await rm(join(folder, 'other'));
      await addAtLast(large(20));
      let accepted = 21;
      // The next file would take what the disk has left.
      await assert.rejects(
        (async () => {
          for (;;) {
            await queue.add(large(accepted));
            accepted += 1;
          }
        })(),
        { message: /has no space left/ },
      );
      release();
      await untilEmpty();
      assert.deepEqual(ids(), upTo(accepted));
      for (const [n, { payload }] of runs.entries()) {
        assert.ok(Buffer.from(payload).equals(large(n).payload), `payload ${n}`);
      }
      await queue.stop();
    } finally {
      execFileSync('umount', ['-l', folder]);
    }
  });

  it('is deleted when the queue stops in the middle of it', async () => {
    start({ memoryEvents: 10 });
    holdRuns();
    await addAll(2000);
    assert.notEqual((await files()).length, 0);
    const added = upTo(100).map((n) => queue.add(eventOf(n)));
    const [, results] = await Promise.all([queue.stop(), Promise.allSettled(added)]);
    assert.equal(results.length, 100, 'none of them waits for ever');
    assert.deepEqual(await readdir(folder), []);
    assert.ok(runs.length <= atOnce);
  });
});
