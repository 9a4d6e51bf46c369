/** What CloudWatch would measure of the functions of Local Lambda, by the minute and for little more than an hour. */
import type { Attempt } from './invocation';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export type MetricName =
  | 'AsyncEventAge'
  | 'AsyncEventsDropped'
  | 'AsyncEventsReceived'
  | 'ConcurrentExecutions'
  | 'Duration'
  | 'Errors'
  | 'Invocations';

/** The values of one minute: of many, the first ones stand for all in a percentile. */
export interface Minute {
  /** Its beginning, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly count: number;
  readonly sum: number;
  readonly least: number;
  readonly most: number;
  readonly values: readonly number[];
}

const minuteMs = 60_000;
const keptMinutes = 70;
const mostValues = 200;

export class Measurements {
  /** By function and metric, oldest first. */
  readonly #minutes = new Map<string, (Minute & { readonly values: number[] })[]>();
  readonly #running = new Map<string, number>();

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number = Date.now) {}

  add(functionName: string, metric: MetricName, value: number): void {
    const key = `${functionName} ${metric}`;
    const minutes = this.#minutes.get(key) ?? [];
    this.#minutes.set(key, minutes);
    const startedAt = Math.floor(this.now() / minuteMs) * minuteMs;
    const last = minutes.at(-1);
    if (last?.startedAt !== startedAt) {
      const first = { count: 1, sum: value, least: value, most: value, values: [value] };
      minutes.push({ startedAt, ...first });
      if (minutes.length > keptMinutes) minutes.shift();
      return;
    }
    if (last.values.length < mostValues) last.values.push(value);
    minutes[minutes.length - 1] = {
      startedAt,
      count: last.count + 1,
      sum: last.sum + value,
      least: Math.min(last.least, value),
      most: Math.max(last.most, value),
      values: last.values,
    };
  }

  /** Measures one run of a function. */
  async during(functionName: string, run: () => Promise<Attempt>): Promise<Attempt> {
    const running = (this.#running.get(functionName) ?? 0) + 1;
    this.#running.set(functionName, running);
    this.add(functionName, 'ConcurrentExecutions', running);
    this.add(functionName, 'Invocations', 1);
    try {
      const attempt = await run();
      this.add(functionName, 'Duration', attempt.durationMs);
      this.add(functionName, 'Errors', attempt.result.status === 'success' ? 0 : 1);
      return attempt;
    } finally {
      this.#running.set(functionName, (this.#running.get(functionName) ?? 1) - 1);
    }
  }

  /**
   * The minutes in which something was measured, oldest first.
   * @param from in milliseconds since 1970, like `to`, which is excluded
   */
  minutes(functionName: string, metric: string, from: number, to: number): readonly Minute[] {
    const minutes = this.#minutes.get(`${functionName} ${metric}`) ?? [];
    return minutes.filter(({ startedAt }) => startedAt >= from && startedAt < to);
  }
}
