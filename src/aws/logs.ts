import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { parseFunctionIdentifier } from '../core/functionIdentifier/parse';
import { readingConfig } from './client';
import type { Connection } from './connection';
import type { MfaCode } from './assumeRole';
import { readingError } from './errors';
import { describeError } from './failure';
import { type AttemptState, attemptsOf, type LogAttempt, type LogEvent } from './logAttempts';

export interface FollowRequest {
  /** As it was sent: name or ARN, with or without a qualifier. */
  readonly functionName: string;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  readonly signal?: AbortSignal | undefined;
  /** Gives up after so long; 5 minutes unless told, which both of Lambda's retries fit into. */
  readonly timeoutMs?: number | undefined;
  /** Runs of the event after which Lambda gives up; 3 unless the function is configured otherwise. */
  readonly maxRuns?: number | undefined;
  readonly mfaCode?: MfaCode | undefined;
  /** The pause before look `n` (from 1) in milliseconds. */
  readonly pauseMs?: ((n: number) => number) | undefined;
}

/** What is known so far; each event of the log is told once. */
export type LogProgress =
  /** Where the log is looked for. */
  | { readonly kind: 'group'; readonly group: string }
  /** Nothing new; the next look is after a pause. */
  | { readonly kind: 'waiting'; readonly pauseMs: number; readonly state: FollowedState }
  /** Attempt 1 is the first run, 2 and 3 are Lambda's retries. */
  | {
      readonly kind: 'event';
      readonly attempt: number;
      readonly time: number;
      readonly text: string;
    }
  | { readonly kind: 'attempt'; readonly attempt: number; readonly state: AttemptState }
  | {
      readonly kind: 'end';
      readonly state: FollowedState;
      readonly because: 'done' | 'cancelled' | 'outOfTime';
    };

/** `retrying`: the last run failed, and Lambda has another one left. */
export type FollowedState = 'notStarted' | 'running' | 'succeeded' | 'failed' | 'retrying';

/** The function's clock and ours may differ by as much. */
const clockSkewMs = 60_000;

/**
 * Follows an event through the function's log until it succeeded, failed for good, was cancelled or ran out
 * of time; the last thing told is always `end`.
 * @throws ConnectionError when the log may not be read.
 */
export async function* followLogs(
  connection: Connection,
  request: FollowRequest,
): AsyncGenerator<LogProgress, void, void> {
  const { requestId, signal, timeoutMs = 300_000, maxRuns = 3, pauseMs = growingPause } = request;
  const deadline = performance.now() + timeoutMs;
  const group = await findLogGroup(connection, request);
  yield { kind: 'group', group };
  const log = new CloudWatchLogsClient(await logsConfig(connection, request));
  const told = new Set<string>();
  let state: FollowedState = 'notStarted';
  try {
    for (let n = 1; ; n++) {
      const attempts = attemptsOf(requestId, await eventsOf(log, group, request));
      yield* newsOf(attempts, told);
      state = stateAfter(attempts.length, attempts.at(-1)?.state, maxRuns);
      const pause = Math.min(pauseMs(n), deadline - performance.now());
      const done = state === 'succeeded' || state === 'failed';
      if (done || pause <= 0) {
        yield { kind: 'end', state, because: done ? 'done' : 'outOfTime' };
        return;
      }
      yield { kind: 'waiting', pauseMs: pause, state };
      await sleep(pause, undefined, { signal });
    }
  } catch (error) {
    if (!signal?.aborted) throw readingError(error, 'logs:FilterLogEvents', connection);
    yield { kind: 'end', state, because: 'cancelled' };
  } finally {
    log.destroy();
  }
}

/** What was not told before; remembers it in `told`. */
function* newsOf(
  attempts: readonly LogAttempt[],
  told: Set<string>,
): Generator<LogProgress, void, void> {
  const isNew = (key: string) => !told.has(key) && told.add(key);
  for (const [index, { events, state }] of attempts.entries()) {
    const attempt = index + 1;
    for (const { id, time, text } of events) {
      if (isNew(id)) yield { kind: 'event', attempt, time, text: text.trimEnd() };
    }
    if (isNew(`${attempt} ${state}`)) yield { kind: 'attempt', attempt, state };
  }
}

function stateAfter(runs: number, last: AttemptState | undefined, maxRuns: number): FollowedState {
  if (last === undefined) return 'notStarted';
  return last === 'failed' && runs < maxRuns ? 'retrying' : last;
}

/** 1 s at first, then slower, down to one look in 15 s. */
function growingPause(n: number): number {
  return Math.min(1000 * 1.4 ** (n - 1), 15_000);
}

async function logsConfig(connection: Connection, { mfaCode, signal }: FollowRequest) {
  try {
    return await readingConfig(connection, 'cloudwatch_logs', { mfaCode, signal });
  } catch (error) {
    throw readingError(error, 'logs:FilterLogEvents', connection);
  }
}

/** The group that the function is configured for; the usual one when that may not be read. */
async function findLogGroup(connection: Connection, request: FollowRequest): Promise<string> {
  const { functionName, signal, mfaCode } = request;
  const parsed = parseFunctionIdentifier(functionName);
  const usual = `/aws/lambda/${parsed.ok ? parsed.identifier.name.text : functionName}`;
  let client: LambdaClient | undefined;
  try {
    client = new LambdaClient(await readingConfig(connection, 'lambda', { mfaCode, signal }));
    const command = new GetFunctionConfigurationCommand({ FunctionName: functionName });
    const { LoggingConfig } = await client.send(command, signal ? { abortSignal: signal } : {});
    return LoggingConfig?.LogGroup ?? usual;
  } catch {
    return usual;
  } finally {
    client?.destroy();
  }
}

/** Everything in the streams in which the request was seen: most lines of most runtimes do not name it. */
async function eventsOf(
  log: CloudWatchLogsClient,
  logGroupName: string,
  { requestId, sentAt, signal }: FollowRequest,
): Promise<LogEvent[]> {
  const from = { logGroupName, startTime: sentAt - clockSkewMs };
  const named = await filter(log, { ...from, filterPattern: `"${requestId}"` }, signal);
  if (named.length === 0) return [];
  const logStreamNames = [...new Set(named.map(({ stream }) => stream))];
  const startTime = Math.min(...named.map(({ time }) => time));
  return filter(log, { ...from, logStreamNames, startTime }, signal);
}

async function filter(
  log: CloudWatchLogsClient,
  input: FilterLogEventsCommandInput,
  signal: AbortSignal | undefined,
): Promise<LogEvent[]> {
  const found: LogEvent[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await log.send(
        new FilterLogEventsCommand({ ...input, ...(nextToken && { nextToken }) }),
        signal ? { abortSignal: signal } : {},
      );
      for (const { eventId, logStreamName, timestamp, message } of page.events ?? []) {
        found.push({
          id: eventId ?? `${logStreamName} ${timestamp} ${message}`,
          stream: logStreamName ?? '',
          time: timestamp ?? 0,
          text: message ?? '',
        });
      }
      nextToken = page.nextToken;
    } while (nextToken);
  } catch (error) {
    // Before its first line a function has no log group.
    if (describeError(error).name !== 'ResourceNotFoundException') throw error;
  }
  return found;
}
