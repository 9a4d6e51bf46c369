import type { AttemptState } from '../core/invocation/logProgress';

/** One event of a log group, as CloudWatch Logs returns it. */
export interface LogEvent {
  readonly id: string;
  readonly stream: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly text: string;
}

/** One run of the function for the event; Lambda's retries keep the request id. */
export interface LogAttempt {
  readonly state: AttemptState;
  /** Everything between its START and its REPORT, both included, oldest first. */
  readonly events: readonly LogEvent[];
}

/** What a log event says about the run that it belongs to. */
interface Mark {
  readonly kind: 'start' | 'report' | 'failure';
  /** None when the line does not name it. */
  readonly requestId?: string;
}

/**
 * Tells the attempts of one request apart, oldest first. Lines without a request id count as the request's
 * when they stand between its START and REPORT in a stream: an execution environment serves one event at a time.
 * @param events in the order of their time
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function attemptsOf(requestId: string, events: readonly LogEvent[]): LogAttempt[] {
  const attempts: { state: AttemptState; failed: boolean; events: LogEvent[] }[] = [];
  const current = new Map<string, (typeof attempts)[number]>();
  for (const event of events) {
    const mark = readMark(event.text);
    if (mark?.kind === 'start') {
      current.delete(event.stream);
      if (mark.requestId !== requestId) continue;
      const started = { state: 'running' as const, failed: false, events: [] };
      attempts.push(started);
      current.set(event.stream, started);
    }
    const attempt = current.get(event.stream);
    if (!attempt) continue;
    attempt.events.push(event);
    if (mark?.kind === 'failure') attempt.failed = true;
    if (mark?.kind === 'report') {
      const failed = attempt.failed || reportsFailure(event.text);
      attempt.state = failed ? 'failed' : 'succeeded';
      current.delete(event.stream);
    }
  }
  // Lambda starts an event once more only because the run before failed, whatever its log says.
  return attempts.map(({ state, events: own }, index) => ({
    state: index < attempts.length - 1 ? 'failed' : state,
    events: own,
  }));
}

function readMark(text: string): Mark | undefined {
  return text.startsWith('{') ? readJsonMark(text) : readTextMark(text);
}

/** What the runtimes write when a handler throws: Node.js, Python, Ruby; then what Lambda writes itself. */
const failures =
  /^\S+\t\S+\tERROR\tInvoke Error|^\[ERROR\] |^Error raised from handler method|Task timed out after|RequestId: \S+ Error: /;

function readTextMark(text: string): Mark | undefined {
  const [, word, requestId] = /^(START|REPORT) RequestId: (\S+)/.exec(text) ?? [];
  if (word && requestId) return { kind: word === 'START' ? 'start' : 'report', requestId };
  return failures.test(text) ? { kind: 'failure' } : undefined;
}

function readJsonMark(text: string): Mark | undefined {
  const kinds = { 'platform.start': 'start', 'platform.report': 'report' } as const;
  const [, type] = /"type":\s*"(platform\.\w+)"/.exec(text) ?? [];
  const [, requestId] = /"requestId":\s*"([^"]+)"/.exec(text) ?? [];
  if (type !== 'platform.start' && type !== 'platform.report') return undefined;
  return { kind: kinds[type], ...(requestId && { requestId }) };
}

function reportsFailure(report: string): boolean {
  return report.startsWith('{')
    ? !/"status":\s*"success"/.test(report)
    : /\tStatus: (error|timeout|failure)/.test(report);
}
