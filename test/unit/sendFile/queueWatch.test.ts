import assert from 'node:assert/strict';
import { noCounts, type RunProgress, type RunState } from '../../../src/core/fileRun/run';
import type { Reading } from '../../../src/core/invocation/functionHealth';
import { QueueWatch } from '../../../src/sendFile/queueWatch';

describe('the look at the queue of a function', () => {
  let did: string[];
  let state: RunState;
  let asked: number;
  let age: Reading<number | undefined>;
  const progress = (): RunProgress => ({
    state,
    lines: 9,
    counts: noCounts,
    errors: [],
    perSecond: 0,
  });
  const known = <Value>(value: Value) => ({ kind: 'known', value }) as const;
  const denied = { kind: 'denied', missingAction: 'cloudwatch:GetMetricData' } as const;
  const failed = { kind: 'failed', reason: 'none', remedy: '' } as const;

  beforeEach(() => {
    did = [];
    state = 'running';
    asked = 0;
  });

  /** Looks once for each age, of events that may wait 100 seconds. */
  async function look(
    ages: readonly (number | undefined)[],
    maxAgeSeconds: number | 'denied' = 100,
  ): Promise<string> {
    const run = {
      get progress() {
        return progress();
      },
      slowDown: () => did.push('slow'),
      pauseForQueue: () => did.push('pause'),
    };
    const watch = new QueueWatch(run, {
      age: async () => {
        asked += 1;
        return age;
      },
      handling: async () =>
        maxAgeSeconds === 'denied'
          ? denied
          : known({ maxRetries: 2, maxAgeSeconds, failureDestination: undefined }),
    });
    for (const one of ages) {
      age = known(one);
      did.push(`${one}:`);
      await watch.look();
    }
    return did.join(' ');
  }

  it('slows the run down first, and pauses it when that was not enough', async () => {
    assert.equal(
      await look([undefined, 10, 49, 50, 50, 60, 79, 80, 95]),
      'undefined: 10: 49: 50: slow 50: 60: slow 79: slow 80: pause 95: pause',
    );
  });

  it('slows down before it pauses, however late it comes', async () => {
    assert.equal(await look([99, 99]), '99: slow 99: pause');
  });

  it('starts anew once the queue has recovered', async () => {
    assert.equal(await look([60, 20, 60]), '60: slow 20: 60: slow');
  });

  it('goes by the six hours that an event may wait unless it is configured', async () => {
    assert.equal(await look([10_799, 10_800], 'denied'), '10799: 10800: slow');
  });

  it('asks nothing while the run does not send', async () => {
    for (state of ['waiting', 'paused', 'stopped', 'finished'] as const) await look([99]);
    assert.equal(asked, 0);
  });

  it('gives up at once without the permission, and after three failures', async () => {
    const run = {
      progress: progress(),
      slowDown: () => assert.fail(),
      pauseForQueue: () => assert.fail(),
    };
    for (const [reading, times] of [
      [denied, 1],
      [failed, 3],
    ] as const) {
      asked = 0;
      const watch = new QueueWatch(run, {
        age: async () => {
          asked += 1;
          return reading;
        },
        handling: async () => assert.fail(),
      });
      for (let looks = 0; looks < 5; looks++) await watch.look();
      assert.equal(asked, times);
    }
  });
});
