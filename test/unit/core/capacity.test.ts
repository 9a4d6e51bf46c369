import assert from 'node:assert/strict';
import {
  type Capacity,
  capacityWarning,
  type Load,
  planCapacity,
} from '../../../src/core/capacity';
import type {
  EventHandling,
  FunctionHealth,
  FunctionMetrics,
  FunctionSettings,
  Reading,
} from '../../../src/core/invocation/functionHealth';

interface Facts extends Partial<FunctionSettings & EventHandling & FunctionMetrics> {
  readonly reserved?: number;
  /** What the credentials may not read. */
  readonly denied?: readonly (keyof FunctionHealth)[];
}

/** A function of which everything is known and nothing is configured or measured unless it is told. */
function health({ denied = [], reserved, ...facts }: Facts): FunctionHealth {
  const reading = <Value>(part: keyof FunctionHealth, value: Value): Reading<Value> =>
    denied.includes(part) ? { kind: 'denied', missingAction: part } : { kind: 'known', value };
  return {
    configuration: reading('configuration', {
      state: 'Active',
      timeoutSeconds: facts.timeoutSeconds,
      deadLetterTarget: facts.deadLetterTarget,
    }),
    eventHandling: reading('eventHandling', {
      maxRetries: 2,
      maxAgeSeconds: facts.maxAgeSeconds ?? 21_600,
      failureDestination: facts.failureDestination,
    }),
    concurrency: reading('concurrency', { reserved }),
    metrics: reading('metrics', {
      averageDurationMs: facts.averageDurationMs,
      p95DurationMs: undefined,
      mostConcurrent: facts.mostConcurrent,
      throttles: facts.throttles ?? 0,
      droppedEvents: 0,
      queueAgeSeconds: facts.queueAgeSeconds,
    }),
  };
}

/** Only the named facts of a capacity, rounded to whole numbers. */
function shown(capacity: Capacity, ...facts: readonly string[]): Record<string, unknown> {
  const all: Readonly<Record<string, unknown>> = { ...capacity };
  const values = facts.map((fact) => {
    const value = all[fact];
    return [fact, typeof value === 'number' ? Math.round(value) : value] as const;
  });
  return { kind: capacity.kind, ...Object.fromEntries(values) };
}

const queue = 'arn:aws:sqs:eu-west-1:123456789012:failed';
const atOnce = Infinity;

describe('whether a function keeps up', () => {
  const rows: readonly (readonly [string, Load, Facts, Record<string, unknown>])[] = [
    [
      'loses most of 100,000 events of 2 s at a concurrency of 5',
      { events: 100_000, rate: atOnce },
      { averageDurationMs: 2000, reserved: 5 },
      // 6 hours are enough for 54,000 events of 0.4 s.
      { kind: 'tooSlow', processingSeconds: 40_000, dropped: 46_000, fate: 'lost' },
    ],
    [
      'loses fewer when they come in slowly',
      { events: 100_000, rate: 10 },
      { averageDurationMs: 2000, reserved: 5 },
      // Each waits 0.3 s longer than the last; event 72,000 waits 6 hours. Of 10 that come in then, 2.5 run.
      { kind: 'tooSlow', longestWaitSeconds: 30_000, sendingSeconds: 10_000, dropped: 21_000 },
    ],
    [
      'keeps up when they come in no faster than they run',
      { events: 10_000_000, rate: 2.5 },
      { averageDurationMs: 2000, reserved: 5 },
      { kind: 'keepsUp', longestWaitSeconds: 0, neededConcurrency: 5 },
    ],
    [
      'keeps up when all have run before the first would expire',
      { events: 1000, rate: 10 },
      { averageDurationMs: 2000, reserved: 5 },
      { kind: 'keepsUp', longestWaitSeconds: 300, processingSeconds: 400, neededConcurrency: 20 },
    ],
    [
      'adds what waits already',
      { events: 1000, rate: atOnce },
      { averageDurationMs: 1000, reserved: 1, queueAgeSeconds: 21_000 },
      { kind: 'tooSlow', longestWaitSeconds: 22_000, dropped: 400 },
    ],
    [
      'has no room when the oldest event expires now',
      { events: 1000, rate: 1 },
      { averageDurationMs: 1, reserved: 100, queueAgeSeconds: 21_600 },
      { kind: 'queueFull', dropped: 1000, queueAgeSeconds: 21_600 },
    ],
    [
      'knows a maximum age of 60 s',
      { events: 100, rate: atOnce },
      { averageDurationMs: 1000, reserved: 1, maxAgeSeconds: 60 },
      { kind: 'tooSlow', maxAgeSeconds: 60, dropped: 40 },
    ],
    [
      'takes the default maximum age when it may not be read, and does not know the fate',
      { events: 100_000, rate: atOnce },
      { averageDurationMs: 2000, reserved: 5, denied: ['eventHandling'] },
      { kind: 'tooSlow', maxAgeSeconds: 21_600, fate: 'unknown' },
    ],
    [
      'knows that events are kept by a dead-letter queue',
      { events: 100_000, rate: atOnce },
      { averageDurationMs: 2000, reserved: 5, deadLetterTarget: queue, denied: ['eventHandling'] },
      { kind: 'tooSlow', fate: 'kept' },
    ],
    [
      'knows that events are kept by a failure destination',
      { events: 100_000, rate: atOnce },
      { averageDurationMs: 2000, reserved: 5, failureDestination: queue },
      { kind: 'tooSlow', fate: 'kept' },
    ],
    [
      'never runs at a reserved concurrency of 0, whatever the rest',
      { events: 7, rate: 1 },
      { reserved: 0, denied: ['metrics'] },
      { kind: 'neverRuns', dropped: 7, fate: 'lost', processingSeconds: undefined },
    ],
    [
      'has nothing to do without events',
      { events: 0, rate: 10 },
      { reserved: 0 },
      { kind: 'keepsUp', longestWaitSeconds: 0, sendingSeconds: 0 },
    ],
    [
      'does not know the duration of a function that has not run',
      { events: 100_000, rate: atOnce },
      { reserved: 5 },
      { kind: 'unknown', missing: ['duration'], neededConcurrency: undefined },
    ],
    [
      'is certain that a function keeps up which does so even at its timeout',
      { events: 100, rate: atOnce },
      { reserved: 5, timeoutSeconds: 60 },
      { kind: 'keepsUp', longestWaitSeconds: 1200, durationSeconds: 60 },
    ],
    [
      'is not certain that it does not where it does not at its timeout',
      { events: 100_000, rate: atOnce },
      { reserved: 5, timeoutSeconds: 60 },
      { kind: 'unknown', missing: ['duration'] },
    ],
    [
      'does not know what a function may use that shares the concurrency of the account',
      { events: 100_000, rate: 10 },
      { averageDurationMs: 2000, mostConcurrent: 5 },
      { kind: 'unknown', missing: ['concurrency'], neededConcurrency: 20 },
    ],
    [
      'knows it when the function is throttled',
      { events: 100_000, rate: atOnce },
      { averageDurationMs: 2000, mostConcurrent: 5, throttles: 12 },
      { kind: 'tooSlow', concurrency: 5, dropped: 46_000, throttles: 12 },
    ],
    [
      'knows nothing without permissions',
      { events: 10, rate: 5 },
      { denied: ['configuration', 'eventHandling', 'concurrency', 'metrics'] },
      { kind: 'unknown', missing: ['duration', 'concurrency'], sendingSeconds: 2 },
    ],
  ];
  for (const [name, load, facts, expected] of rows) {
    it(name, () => {
      const capacity = planCapacity(load, health(facts));
      assert.deepEqual(shown(capacity, ...Object.keys(expected)), expected);
    });
  }

  it('offers a rate at which nothing expires, and not much less than is possible', () => {
    let offered = 0;
    for (const events of [1001, 50_000, 1_000_000]) {
      for (const averageDurationMs of [900, 2000, 60_000]) {
        for (const maxAgeSeconds of [60, 3600, 21_600]) {
          for (const queueAgeSeconds of [0, 59]) {
            const facts = { averageDurationMs, reserved: 2, maxAgeSeconds, queueAgeSeconds };
            const plan = (rate: number) => planCapacity({ events, rate }, health(facts));
            const fast = plan(1000);
            if (fast.kind !== 'tooSlow') continue;
            offered++;
            assert.ok(fast.safeRate < 1000);
            assert.equal(plan(fast.safeRate).kind, 'keepsUp', JSON.stringify(fast));
            assert.ok(fast.safeRate >= 2000 / averageDurationMs, 'slower than the function');
            assert.ok(fast.dropped > 0 && fast.dropped <= events);
          }
        }
      }
    }
    assert.ok(offered > 10);
  });
});

describe('the warning of lost events', () => {
  const warning = (load: Load, facts: Facts) => capacityWarning(planCapacity(load, health(facts)));
  const slow = { averageDurationMs: 2000, reserved: 5 };
  const many = { events: 100_000, rate: 10 };

  it('says how long it takes, what is lost, and the rate at which nothing is', () => {
    assert.equal(
      warning(many, slow),
      'The function needs 11 hours for 100,000 events, but Lambda discards an event after 6 hours: about 21,000 would be lost. At 4.4/s, none would.',
    );
  });

  it('says where the events go', () => {
    assert.match(warning(many, { ...slow, deadLetterTarget: queue }) ?? '', /would go to its dead/);
    assert.match(
      warning(many, { ...slow, denied: ['configuration'] }) ?? '',
      /unless the function/,
    );
  });

  it('says that nothing runs at all', () => {
    assert.match(
      warning({ events: 1234, rate: 1 }, { reserved: 0 }) ?? '',
      /concurrency is 0, so it never runs: all 1,234 events would be lost\.$/,
    );
  });

  it('says that the queue is full', () => {
    const full = { ...slow, maxAgeSeconds: 60, queueAgeSeconds: 75 };
    assert.match(warning(many, full) ?? '', /for 60 seconds, after which Lambda discards them/);
  });

  it('says nothing when the function keeps up, and when nobody knows', () => {
    assert.equal(warning({ events: 10, rate: 1 }, slow), undefined);
    assert.equal(warning(many, {}), undefined);
  });
});
