import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { parseFunctionIdentifier } from '../core/functionIdentifier/parse';
import type { Connection } from '../core/invocation/connection';
import { ConnectionError } from '../core/invocation/connectionError';
import type {
  AttemptState,
  EndOfFollowing,
  FollowedState,
  LogProgress,
} from '../core/invocation/logProgress';
import { readingConfig } from './client';
import type { MfaCode } from './assumeRole';
import { readingError } from './errors';
import { describeError } from './failure';
import { attemptsOf, type LogAttempt, type LogEvent } from './logAttempts';

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

/** The function's clock and ours may differ by as much. */
const clockSkewMs = 60_000;

/** Pages of up to 1 MB that one look reads at most, and what their lines may hold together. */
const mostPages = 200;
const mostCharacters = 32 * 1024 ** 2;

/**
 * Follows an event through the function's log until it succeeded, failed for good, was cancelled, ran out
 * of time, or the log grew beyond what can be read; the last thing told is always `end`.
 * @throws ConnectionError when the log may not be read.
 */
export async function* followLogs(
  connection: Connection,
  request: FollowRequest,
): AsyncGenerator<LogProgress, void, void> {
  const { requestId, timeoutMs = 300_000, maxRuns = 3, pauseMs = growingPause } = request;
  const outOfTime = new AbortController();
  const timer = setTimeout(() => outOfTime.abort(), timeoutMs);
  const signal = AbortSignal.any([outOfTime.signal, ...(request.signal ? [request.signal] : [])]);
  const reported = new Set<string>();
  let state: FollowedState = 'notStarted';
  let log: CloudWatchLogsClient | undefined;
  try {
    const { group, guessedBecause } = await findLogGroup(connection, request, signal);
    yield { kind: 'group', group, ...(guessedBecause && { guessedBecause }) };
    const { mfaCode } = request;
    log = new CloudWatchLogsClient(
      await readingConfig(connection, 'cloudwatch_logs', { mfaCode, signal }),
    );
    for (let n = 1; ; n++) {
      const attempts = attemptsOf(requestId, await eventsOf(log, group, request));
      yield* newsOf(attempts, reported);
      state = stateAfter(attempts.length, attempts.at(-1)?.state, maxRuns);
      if (state === 'succeeded' || state === 'failed') {
        yield { kind: 'end', state, because: 'done' };
        return;
      }
      const pause = pauseMs(n);
      yield { kind: 'waiting', pauseMs: pause, state };
      await sleep(pause, undefined, { signal });
    }
  } catch (error) {
    const because = endOf(error, request.signal, outOfTime.signal);
    if (!because) throw readingError(error, 'logs:FilterLogEvents', connection);
    yield { kind: 'end', state, because };
  } finally {
    clearTimeout(timer);
    log?.destroy();
  }
}

/** Why following ends with an error that is no failure. */
function endOf(
  error: unknown,
  cancelled: AbortSignal | undefined,
  outOfTime: AbortSignal,
): EndOfFollowing | undefined {
  if (cancelled?.aborted) return 'cancelled';
  if (outOfTime.aborted) return 'outOfTime';
  return error instanceof TooMuch ? 'tooMuch' : undefined;
}

class TooMuch extends Error {}

/** What was not reported before; remembers it in `reported`. */
function* newsOf(
  attempts: readonly LogAttempt[],
  reported: Set<string>,
): Generator<LogProgress, void, void> {
  const isNew = (key: string) => !reported.has(key) && reported.add(key);
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

/** The group that the function is configured for; the usual one, and why, when Lambda does not tell. */
async function findLogGroup(
  connection: Connection,
  { functionName, mfaCode }: FollowRequest,
  signal: AbortSignal,
): Promise<{ readonly group: string; readonly guessedBecause?: string }> {
  const parsed = parseFunctionIdentifier(functionName);
  const usual = `/aws/lambda/${parsed.ok ? parsed.identifier.name.text : functionName}`;
  let client: LambdaClient | undefined;
  try {
    client = new LambdaClient(await readingConfig(connection, 'lambda', { mfaCode, signal }));
    const command = new GetFunctionConfigurationCommand({ FunctionName: functionName });
    const { LoggingConfig } = await client.send(command);
    return { group: LoggingConfig?.LogGroup ?? usual };
  } catch (error) {
    // Without credentials the log cannot be read either; most users may read logs and not configurations.
    if (signal.aborted || error instanceof ConnectionError) throw error;
    return { group: usual, guessedBecause: describeError(error).message };
  } finally {
    client?.destroy();
  }
}

/** Everything in the streams in which the request was seen: most lines of most runtimes do not name it. */
async function eventsOf(
  log: CloudWatchLogsClient,
  logGroupName: string,
  { requestId, sentAt }: FollowRequest,
): Promise<LogEvent[]> {
  const from = { logGroupName, startTime: sentAt - clockSkewMs };
  const named = await filter(log, { ...from, filterPattern: `"${requestId}"` });
  if (named.length === 0) return [];
  const logStreamNames = [...new Set(named.map(({ stream }) => stream))];
  const startTime = Math.min(...named.map(({ time }) => time));
  return filter(log, { ...from, logStreamNames, startTime });
}

/**
 * All pages of one question; its requests end with the client's signal.
 * @throws TooMuch beyond the limits of one look.
 */
async function filter(
  log: CloudWatchLogsClient,
  input: FilterLogEventsCommandInput,
): Promise<LogEvent[]> {
  const found: LogEvent[] = [];
  let nextToken: string | undefined;
  let characters = 0;
  let pages = 0;
  try {
    do {
      const page = await log.send(
        new FilterLogEventsCommand({ ...input, ...(nextToken && { nextToken }) }),
      );
      pages++;
      for (const { eventId, logStreamName, timestamp, message = '' } of page.events ?? []) {
        characters += message.length;
        found.push({
          id: eventId ?? `${logStreamName} ${timestamp} ${message}`,
          stream: logStreamName ?? '',
          time: timestamp ?? 0,
          text: message,
        });
      }
      nextToken = page.nextToken;
      if (nextToken && (pages === mostPages || characters > mostCharacters)) throw new TooMuch();
    } while (nextToken);
  } catch (error) {
    // Before its first line a function has no log group.
    if (describeError(error).name !== 'ResourceNotFoundException') throw error;
  }
  return found;
}
