import assert from 'node:assert/strict';
import type { FunctionHealth, Reading } from '../../../src/core/invocation/functionHealth';
import { PlanChoice } from '../../../src/client/runs/planChoice';
import type { Pace } from '../../../src/client/runs/runPaces';
import { planRows } from '../../../src/client/runs/planRows';
import type { RunPlan } from '../../../src/client/runs/runPlan';
import { standIn } from '../../support/vscode';
import { FakeUi } from './fakeUi';

const known = <Value>(value: Value): Reading<Value> => ({ kind: 'known', value });

/** Two seconds each, five at once: 2.5 events a second. */
const slow: FunctionHealth = {
  configuration: known({ state: 'Active', timeoutSeconds: 30, deadLetterTarget: undefined }),
  eventHandling: known({ maxRetries: 2, maxAgeSeconds: 21_600, failureDestination: undefined }),
  concurrency: known({ reserved: 5 }),
  metrics: known({
    averageDurationMs: 2000,
    p95DurationMs: undefined,
    mostConcurrent: undefined,
    throttles: 0,
    droppedEvents: 0,
    queueAgeSeconds: undefined,
  }),
};
const denied = (missingAction: string) => ({ kind: 'denied', missingAction }) as const;

function plan(events: number, health: FunctionHealth | undefined, rate?: number): RunPlan {
  return {
    file: standIn.open('/workspace').uri,
    label: 'orders.jsonl',
    folder: undefined,
    check: {
      size: 1000,
      sha256: '',
      lines: events,
      blankLines: 0,
      bytes: 1000,
      invalid: 0,
      problems: [],
    },
    functionName: 'orders',
    api: 'InvokeAsync',
    connection: {
      region: 'eu-west-1',
      regionSource: 'setting',
      timeoutMs: 10_000,
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      environment: {},
    },
    isLocal: false,
    pace: { rate, concurrency: 16 },
    ...(health && { health }),
  };
}

const rowsOf = (one: RunPlan) => planRows(one).map(({ label }) => label);
const detailOf = (one: RunPlan, label: RegExp) =>
  planRows(one).find((row) => label.test(row.label))?.detail;

describe('the plan of a run', () => {
  it('offers Step Functions for a run of hours, with all that is chosen, and for no other', async () => {
    const label = 'Send with Step Functions…';
    assert.ok(!rowsOf(plan(35_000, undefined, 10)).includes(label));
    assert.ok(!rowsOf(plan(36_000, undefined)).includes(label));
    assert.ok(!rowsOf({ ...plan(36_000, undefined, 10), isLocal: true }).includes(label));
    const user = new FakeUi(label);
    const choice = new PlanChoice({ set: async () => undefined }, user.ui);
    const long = { ...plan(36_000, undefined, 10), qualifier: 'live' };
    assert.equal(await choice.decide(long, async () => undefined), undefined);
    const { id, given } = user.ran[0] ?? assert.fail('nothing was run');
    assert.equal(id, 'invokeAsync.sendDistributed');
    assert.deepEqual(given, [
      {
        uri: long.file,
        functionName: 'orders',
        qualifier: 'live',
        profile: '',
        region: 'eu-west-1',
        endpoint: '',
      },
    ]);
  });

  it('warns first, with the rate at which nothing is lost, as the rate stands', () => {
    const [first] = planRows(plan(100_000, slow, 10));
    assert.deepEqual(first, {
      icon: 'warning',
      label: 'Use 4.4/s Instead',
      description: 'about 21,000 would be lost',
      detail:
        'The function needs 11 hours for 100,000 events, but Lambda discards an event after 6 hours',
      choice: 'useSafeRate',
      rate: 4.4,
    });
    assert.equal(rowsOf(plan(100_000, slow, 4.4))[0], 'Send 100,000 events to orders');
    assert.match(rowsOf(plan(100_000, slow))[0] ?? '', /^Use 4\.4\/s Instead$/);
  });

  it('says a slow rate as what it is', () => {
    const alone = { ...slow, concurrency: known({ reserved: 1 }) };
    const impatient = {
      ...alone,
      eventHandling: known({ maxRetries: 2, maxAgeSeconds: 60, failureDestination: undefined }),
    };
    assert.equal(rowsOf(plan(100_000, impatient))[0], 'Use 0.5/s Instead');
    const slower = {
      ...impatient,
      metrics: known({ ...metricsOf(slow), averageDurationMs: 600_000 }),
    };
    assert.equal(rowsOf(plan(1000, slower))[0], 'Use 0.002/s Instead');
    assert.ok(rowsOf(plan(1000, slower, 0.02)).includes('Rate: 0.02/s'));
  });

  it('says how long processing takes when the function keeps up', () => {
    assert.equal(
      detailOf(plan(10_000, slow, 10), /^Send 10,000/),
      'eu-west-1 · processed in about 67 min',
    );
    const unmeasured = {
      ...slow,
      metrics: known({ ...metricsOf(slow), averageDurationMs: undefined }),
    };
    assert.equal(
      detailOf(plan(100, unmeasured, 10), /^Send 100/),
      'eu-west-1 · processed in at most 10 min',
    );
  });

  it('names the permissions that it lacks', () => {
    const blind = {
      ...slow,
      concurrency: denied('lambda:GetFunctionConcurrency'),
      metrics: denied('cloudwatch:GetMetricData'),
    };
    assert.equal(
      detailOf(plan(100_000, blind, 10), /not fully known/),
      'Missing permissions: lambda:GetFunctionConcurrency, cloudwatch:GetMetricData',
    );
    assert.equal(detailOf(plan(100_000, blind, 10), /^Send 100,000/), 'eu-west-1');
  });

  it('says nothing of a function that nobody asked about, or that did not answer', () => {
    const failed = { kind: 'failed', reason: 'Timed out', remedy: '' } as const;
    const silent = {
      configuration: failed,
      eventHandling: failed,
      concurrency: failed,
      metrics: failed,
    };
    assert.deepEqual(planRows(plan(100_000, silent)), planRows(plan(100_000, undefined)));
  });

  it('takes the rate that is offered and remembers it; a row that only says something changes nothing', async () => {
    const user = new FakeUi('Use 4.4/s Instead', 'Send 100,000 events to orders');
    const paces: Pace[] = [];
    const choice = new PlanChoice({ set: async (_key, pace) => void paces.push(pace) }, user.ui);
    const decision = await choice.decide(plan(100_000, slow, 10), async () => undefined);
    assert.deepEqual(decision?.plan.pace, { rate: 4.4, concurrency: 16 });
    assert.deepEqual(paces, [{ rate: 4.4, concurrency: 16 }]);

    user.answer('The function never runs', 'Send 100,000 events to orders');
    const never = plan(100_000, { ...slow, concurrency: known({ reserved: 0 }) }, 10);
    const unchanged = await choice.decide(never, async () => undefined);
    assert.deepEqual(unchanged, { kind: 'send', plan: never });
    assert.ok(user.isDone);
  });
});

function metricsOf({ metrics }: FunctionHealth) {
  return metrics.kind === 'known' ? metrics.value : assert.fail('no metrics');
}
