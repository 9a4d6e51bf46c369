import {
  CloudWatchClient,
  type CloudWatchClientConfig,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { FunctionMetrics } from '../core/invocation/functionHealth';

const hourSeconds = 3600;
/** In seconds: what is said of now is as old as this at most, twice. */
const stepSeconds = 300;

/** By their ids, the metrics that are asked for: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
const metrics = {
  average: ['Duration', 'Average', hourSeconds],
  p95: ['Duration', 'p95', hourSeconds],
  concurrent: ['ConcurrentExecutions', 'Maximum', hourSeconds],
  throttles: ['Throttles', 'Sum', hourSeconds],
  dropped: ['AsyncEventsDropped', 'Sum', hourSeconds],
  age: ['AsyncEventAge', 'Maximum', stepSeconds],
} as const;

/**
 * What CloudWatch measured of a function, by its bare name. In a file of its own, because it brings a client that
 * nothing else needs.
 * @param now milliseconds since 1970
 * @throws what the SDK throws
 */
export async function readMetrics(
  configuration: CloudWatchClientConfig,
  functionName: string,
  now: number,
): Promise<FunctionMetrics> {
  // CloudWatch rounds times that its periods do not divide.
  const step = stepSeconds * 1000;
  const end = Math.ceil(now / step) * step;
  const client = new CloudWatchClient(configuration);
  try {
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: Object.entries(metrics).map(([id, metric]) =>
          query(id, metric, functionName),
        ),
        StartTime: new Date(end - hourSeconds * 1000),
        EndTime: new Date(end),
        ScanBy: 'TimestampDescending',
      }),
    );
    return measured(MetricDataResults, end);
  } finally {
    client.destroy();
  }
}

/**
 * How long the event waited that Lambda took last from the queue of a function, in seconds; undefined when it took none
 * in the last minutes.
 * @param now milliseconds since 1970
 * @throws what the SDK throws
 */
export async function readQueueAge(
  configuration: CloudWatchClientConfig,
  functionName: string,
  now: number,
): Promise<number | undefined> {
  const minute = 60_000;
  const end = Math.ceil(now / minute) * minute;
  const client = new CloudWatchClient(configuration);
  try {
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: [query('age', ['AsyncEventAge', 'Maximum', 60], functionName)],
        StartTime: new Date(end - 5 * minute),
        EndTime: new Date(end),
        ScanBy: 'TimestampDescending',
      }),
    );
    const age = MetricDataResults[0]?.Values?.[0];
    return age === undefined ? undefined : age / 1000;
  } finally {
    client.destroy();
  }
}

function query(
  id: string,
  [metric, statistic, period]: readonly [string, string, number],
  functionName: string,
): MetricDataQuery {
  const Dimensions = [{ Name: 'FunctionName', Value: functionName }];
  return {
    Id: id,
    MetricStat: {
      Metric: { Namespace: 'AWS/Lambda', MetricName: metric, Dimensions },
      Period: period,
      Stat: statistic,
    },
  };
}

/** From the newest value of each metric to the oldest. An hour may lie in two of CloudWatch's periods. */
function measured(results: readonly MetricDataResult[], end: number): FunctionMetrics {
  const resultOf = (id: keyof typeof metrics) => results.find(({ Id }) => Id === id);
  const valuesOf = (id: keyof typeof metrics) => resultOf(id)?.Values ?? [];
  const most = (id: keyof typeof metrics) =>
    valuesOf(id).length > 0 ? Math.max(...valuesOf(id)) : undefined;
  const sum = (id: keyof typeof metrics) => valuesOf(id).reduce((all, value) => all + value, 0);
  const newest = resultOf('age')?.Timestamps?.[0]?.getTime() ?? 0;
  const [age] = valuesOf('age');
  const isNow = newest >= end - 2 * stepSeconds * 1000;
  return {
    averageDurationMs: valuesOf('average')[0],
    p95DurationMs: most('p95'),
    mostConcurrent: most('concurrent'),
    throttles: sum('throttles'),
    droppedEvents: sum('dropped'),
    queueAgeSeconds: age !== undefined && isNow ? age / 1000 : undefined,
  };
}
