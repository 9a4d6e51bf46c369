import { isRecord, parseJson } from './json';
import type { Measurements, Minute } from './measurements';
import type { ServiceAnswer, ServiceRequest } from './server';
import { ServiceError } from './serviceError';

type Input = Readonly<Record<string, unknown>>;

/** CloudWatch takes no more at once. */
const mostQueries = 500;

/** What each statistic makes of the minutes of a period, of which there is one at least. */
const statistics: Readonly<Record<string, (minutes: readonly Minute[]) => number>> = {
  Average: (minutes) => total(minutes, 'sum') / total(minutes, 'count'),
  Sum: (minutes) => total(minutes, 'sum'),
  SampleCount: (minutes) => total(minutes, 'count'),
  Maximum: (minutes) => Math.max(...minutes.map(({ most }) => most)),
  Minimum: (minutes) => Math.min(...minutes.map(({ least }) => least)),
};

export function isMetricsCall(request: ServiceRequest): boolean {
  return request.header('x-amz-target') === 'GraniteServiceVersion20100801.GetMetricData';
}

/**
 * The metrics of single functions; no expressions.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function getMetricData({ body }: ServiceRequest, measurements: Measurements): ServiceAnswer {
  const content = parseJson(new TextDecoder().decode(body));
  const input: Input = content.ok && isRecord(content.value) ? content.value : {};
  const { MetricDataQueries: queries, StartTime: start, EndTime: end, ScanBy: order } = input;
  if (!Array.isArray(queries) || queries.length === 0 || queries.length > mostQueries) {
    throw invalid('MetricDataQueries');
  }
  if (typeof start !== 'number' || typeof end !== 'number' || start >= end) {
    throw invalid('StartTime');
  }
  const results = queries.map((query) => {
    const { id, functionName, metric, period, statistic } = readQuery(query);
    const minutes = measurements.minutes(functionName, metric, start * 1000, end * 1000);
    const points = pointsOf(minutes, period, statistic);
    if (order !== 'TimestampAscending') points.reverse();
    return {
      Id: id,
      Label: metric,
      Timestamps: points.map(({ at }) => at),
      Values: points.map(({ value }) => value),
      StatusCode: 'Complete',
    };
  });
  return {
    status: 200,
    headers: { 'Content-Type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ MetricDataResults: results, Messages: [] }),
  };
}

/** One value for each period that has any, oldest first. */
function pointsOf(
  minutes: readonly Minute[],
  period: number,
  statistic: (minutes: readonly Minute[]) => number,
): { readonly at: number; readonly value: number }[] {
  const periods = new Map<number, Minute[]>();
  for (const minute of minutes) {
    const at = Math.floor(minute.startedAt / 1000 / period) * period;
    periods.set(at, [...(periods.get(at) ?? []), minute]);
  }
  return [...periods].map(([at, own]) => ({ at, value: statistic(own) }));
}

function readQuery(query: unknown) {
  const { Id: id, MetricStat: stat } = isRecord(query) ? query : {};
  const { Metric: named, Period: period, Stat: statisticName } = isRecord(stat) ? stat : {};
  const {
    Namespace: namespace,
    MetricName: metric,
    Dimensions: dimensions,
  } = isRecord(named) ? named : {};
  const [dimension, ...others] = Array.isArray(dimensions) ? dimensions.filter(isRecord) : [];
  const functionName = dimension?.['Name'] === 'FunctionName' ? dimension['Value'] : undefined;
  const statistic = statisticOf(statisticName);
  if (typeof id !== 'string' || namespace !== 'AWS/Lambda' || typeof metric !== 'string') {
    throw invalid('MetricStat');
  }
  if (typeof functionName !== 'string' || others.length > 0) throw invalid('Dimensions');
  if (!Number.isInteger(period) || Number(period) <= 0 || Number(period) % 60 !== 0) {
    throw invalid('Period');
  }
  if (!statistic) throw invalid('Stat');
  return { id, functionName, metric, period: Number(period), statistic };
}

function statisticOf(name: unknown): ((minutes: readonly Minute[]) => number) | undefined {
  if (typeof name !== 'string') return undefined;
  if (Object.hasOwn(statistics, name)) return statistics[name];
  const percent = Number(/^p(\d{1,2}(?:\.\d+)?)$/.exec(name)?.[1] ?? NaN);
  return Number.isNaN(percent) ? undefined : (minutes) => percentile(minutes, percent);
}

/** The least value that so many of the others do not exceed. */
function percentile(minutes: readonly Minute[], percent: number): number {
  const values = minutes.flatMap((minute) => minute.values).toSorted((a, b) => a - b);
  return values[Math.max(0, Math.ceil((values.length * percent) / 100) - 1)] ?? 0;
}

function total(minutes: readonly Minute[], member: 'count' | 'sum'): number {
  return minutes.reduce((all, minute) => all + minute[member], 0);
}

function invalid(parameter: string): ServiceError {
  return new ServiceError(
    'InvalidParameterValueException',
    `The value for parameter ${parameter} is not one that Local Lambda knows.`,
  );
}
