import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { EventQueue } from '../../../src/local/eventQueue';
import type { Attempt, Invocation } from '../../../src/local/invocation';
import { WatchedLog } from '../../support/localLambda';

const invocation: Invocation = {
  requestId: '1',
  functionName: 'orders',
  functionArn: '',
  version: '$LATEST',
  payload: Buffer.from('{}'),
};
const success: Attempt = { result: { status: 'success', body: '1' }, durationMs: 1, memoryMb: 1 };
const failure: Attempt = {
  ...success,
  result: { status: 'error', error: { errorType: 'RangeError', errorMessage: 'out of stock' } },
};

/** A queue in front of a function whose attempts end as given, and then succeed. */
function queueBefore(attempts: Attempt[], retryDelaysMs: number[]) {
  const log = new WatchedLog();
  const runs: Invocation[] = [];
  const run = (event: Invocation): Promise<Attempt> => {
    runs.push(event);
    log.add({ requestId: event.requestId, stream: 'platform', text: `Run ${runs.length}` });
    return Promise.resolve(attempts.shift() ?? success);
  };
  const queue = newQueue(run, retryDelaysMs, log);
  return { queue, log, runs };
}

function newQueue(
  run: (event: Invocation) => Promise<Attempt>,
  retryDelaysMs: number[],
  log: WatchedLog,
): EventQueue {
  const temporaryFolder = tmpdir();
  return new EventQueue({ run, retryDelaysMs, log: (line) => log.add(line), temporaryFolder });
}

describe('the queue of Local Lambda', () => {
  it('runs an event after it was added, not while', async () => {
    const { queue, log, runs } = queueBefore([], []);
    await queue.add(invocation);
    assert.equal(runs.length, 0);
    await log.until(/^Run 1$/);
    assert.equal(runs[0], invocation);
  });

  it('runs an event that failed twice more, then keeps it as a dead letter', async () => {
    const { queue, log } = queueBefore([failure, failure, failure], [1, 2]);
    await queue.add(invocation);
    await log.until(/^Dead letter/);
    assert.deepEqual(log.textsOf('1'), [
      'Run 1',
      'Attempt 1 failed. Retrying in 0.001 s.',
      'Run 2',
      'Attempt 2 failed. Retrying in 0.002 s.',
      'Run 3',
      'Dead letter: attempt 3 was the last one. RangeError: out of stock',
    ]);
    const reason = 'RangeError: out of stock';
    assert.deepEqual(queue.deadLetters, [{ invocation, attempts: 3, reason }]);
  });

  it('is done with an event once an attempt succeeded', async () => {
    const { queue, log } = queueBefore([failure], [0, 0]);
    await queue.add(invocation);
    await log.until(/^Run 2$/);
    await queue.add({ ...invocation, requestId: '2' });
    await log.until(/^Run 3$/, '2');
    assert.equal(log.textsOf('1').length, 3, 'two runs, and one retry told');
    assert.deepEqual(queue.deadLetters, []);
  });

  it('runs other events while one waits for its retry', async () => {
    const { queue, log } = queueBefore([failure], [60_000]);
    await queue.add(invocation);
    await log.until(/Retrying in 60 s/);
    await queue.add({ ...invocation, requestId: '2' });
    await log.until(/^Run 2$/, '2');
    await queue.stop();
  });

  it('says so when an event is lost', async () => {
    const log = new WatchedLog();
    const queue = newQueue(() => Promise.reject(new Error('no process')), [], log);
    await queue.add(invocation);
    await log.until(/^The event is lost\. no process$/, '1');
  });

  it('keeps the newest 1000 dead letters, and says which one it drops', async () => {
    const events = Array.from({ length: 1002 }, (_, n) => ({
      ...invocation,
      requestId: String(n),
    }));
    const { queue, log } = queueBefore(
      Array.from({ length: 1002 }, () => failure),
      [],
    );
    for (const event of events) await queue.add(event);
    await log.until(/^Dead letter:/, '1001');
    await log.until(/^Dead letter dropped/, '1');
    const kept = queue.deadLetters.map((letter) => letter.invocation.requestId);
    assert.deepEqual(
      kept,
      events.slice(2).map(({ requestId }) => requestId),
    );
  });

  it('keeps 16 MB of dead letters, and little of an error of megabytes', async () => {
    const error = { errorType: 'Error', errorMessage: 'x'.repeat(6e6) };
    const long: Attempt = { ...failure, result: { status: 'error', error } };
    const { queue, log } = queueBefore(
      Array.from({ length: 20 }, () => long),
      [],
    );
    for (let n = 0; n < 20; n += 1) {
      await queue.add({ ...invocation, requestId: String(n), payload: Buffer.alloc(1024 * 1024) });
    }
    await log.until(/^Dead letter:/, '19');
    assert.equal(queue.deadLetters.length, 15);
    assert.match(queue.deadLetters.at(-1)?.reason ?? '', /^Error: x{1000,2100} …$/);
  });

  it('runs four events of a function at once, and those of another one meanwhile', async () => {
    const log = new WatchedLog();
    let finish = (): void => {};
    const finished = new Promise<Attempt>((resolve) => {
      finish = () => resolve(success);
    });
    const run = ({ functionName, requestId }: Invocation): Promise<Attempt> => {
      log.add({ requestId, stream: 'platform', text: 'Run' });
      return functionName === 'slow' ? finished : Promise.resolve(success);
    };
    const queue = newQueue(run, [], log);
    for (let n = 0; n < 1500; n += 1) {
      await queue.add({ ...invocation, functionName: 'slow', requestId: `slow ${n}` });
    }
    await queue.add({ ...invocation, requestId: 'other' });
    await log.until(/^Run$/, 'other');
    const started = log.lines.flatMap(({ requestId }) => requestId ?? []);
    assert.deepEqual(started, ['slow 0', 'slow 1', 'slow 2', 'slow 3', 'other']);
    finish();
    await log.until(/^Run$/, 'slow 1499');
    await queue.stop();
  });

  it('forgets what waits when it stops, and takes nothing more', async () => {
    const { queue, runs } = queueBefore([], []);
    await queue.add(invocation);
    await queue.stop();
    await queue.add(invocation);
    const other = queueBefore([], []);
    await other.queue.add(invocation);
    // Timers of the same delay fire in order: what was added before has had its turn by now.
    await other.log.until(/^Run 1$/);
    assert.equal(runs.length, 0);
  });
});
