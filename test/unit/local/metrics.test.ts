import assert from 'node:assert/strict';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { readFunctionHealth } from '../../../src/aws/functionHealth';
import { resolveConnection } from '../../../src/aws/main';
import { Measurements } from '../../../src/local/measurements';
import { type LocalWorkspace, startLocalWorkspace } from '../../support/localLambda';

describe('the metrics of Local Lambda', () => {
  let workspace: LocalWorkspace;
  before(async () => {
    workspace = await startLocalWorkspace({
      functions: {
        good: { handler: 'handlers.good' },
        bad: { handler: 'handlers.bad' },
        never: { handler: 'handlers.good', concurrency: 0 },
        idle: { handler: 'handlers.good' },
      },
      files: {
        'handlers.js': `
exports.good = () => new Promise((resolve) => setTimeout(resolve, 20));
exports.bad = () => { throw new RangeError('broken'); };`,
      },
    });
  });
  after(() => workspace.stop());

  const send = async (name: string, until: RegExp) => {
    const { $metadata } = await workspace.sdk.invoke({
      FunctionName: name,
      InvocationType: 'Event',
    });
    await workspace.log.until(until, $metadata.requestId);
  };
  const health = async (functionName: string) => {
    const { endpoint, region } = workspace.local;
    const environment = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
    const connection = await resolveConnection({
      endpoint,
      region,
      timeoutMs: 20_000,
      environment,
    });
    const { metrics } = await readFunctionHealth(connection, { functionName });
    assert.ok(metrics.kind === 'known');
    return metrics.value;
  };

  it('tell how a function does', async () => {
    await send('good', /^REPORT/);
    await send('good', /^REPORT/);
    const {
      averageDurationMs = 0,
      p95DurationMs = 0,
      queueAgeSeconds,
      ...others
    } = await health('good');
    assert.ok(
      averageDurationMs >= 19 && p95DurationMs >= averageDurationMs,
      `${averageDurationMs}`,
    );
    assert.ok(queueAgeSeconds !== undefined && queueAgeSeconds > 0);
    assert.deepEqual(others, { mostConcurrent: 1, throttles: 0, droppedEvents: 0 });
  });

  it('count the events that failed for good, whether they ran or not', async () => {
    await send('bad', /^Dead letter/);
    await send('never', /^Dead letter/);
    assert.equal((await health('bad')).droppedEvents, 1);
    const { droppedEvents, averageDurationMs } = await health('never');
    assert.deepEqual([droppedEvents, averageDurationMs], [1, undefined]);
  });

  it('are empty for a function that has done nothing', async () => {
    assert.deepEqual(await health('idle'), {
      averageDurationMs: undefined,
      p95DurationMs: undefined,
      mostConcurrent: undefined,
      throttles: 0,
      droppedEvents: 0,
      queueAgeSeconds: undefined,
    });
  });

  it('are not known of anything else', async () => {
    const client = new CloudWatch(workspace.connection);
    const query = (Namespace: string, Stat: string) =>
      client.getMetricData({
        StartTime: new Date(0),
        EndTime: new Date(),
        MetricDataQueries: [
          {
            Id: 'one',
            MetricStat: {
              Metric: {
                Namespace,
                MetricName: 'Duration',
                Dimensions: [{ Name: 'FunctionName', Value: 'good' }],
              },
              Period: 60,
              Stat,
            },
          },
        ],
      });
    await assert.rejects(query('AWS/SQS', 'Sum'), { name: 'InvalidParameterValueException' });
    await assert.rejects(query('AWS/Lambda', 'IQM'), { name: 'InvalidParameterValueException' });
    client.destroy();
  });

  it('are kept by the minute, for little more than an hour', () => {
    let now = 0;
    const measurements = new Measurements(() => now);
    for (let minute = 0; minute < 100; minute++) {
      now = minute * 60_000;
      for (const value of [4, 1, 7]) measurements.add('orders', 'Duration', value);
    }
    const kept = measurements.minutes('orders', 'Duration', 0, now + 60_000);
    assert.equal(kept.length, 70);
    assert.deepEqual(kept.at(-1), {
      startedAt: now,
      count: 3,
      sum: 12,
      least: 1,
      most: 7,
      values: [4, 1, 7],
    });
    assert.deepEqual(measurements.minutes('orders', 'Duration', now, now), []);
  });
});
