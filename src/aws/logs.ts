import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Connection } from '../core/invocation/connection';
import type {
  AttemptState,
  EndOfFollowing,
  FollowedState,
  LogProgress,
} from '../core/invocation/logProgress';
import { readingConfig } from './client';
import type { MfaCode } from './assumeRole';
import { readingError } from './errors';
import { attemptsOf, type LogAttempt, type LogEvent } from './logAttempts';
import { filterEvents, findLogGroup, TooMuch } from './logGroups';

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

/** Everything in the streams in which the request was seen: most lines of most runtimes do not name it. */
async function eventsOf(
  log: CloudWatchLogsClient,
  logGroupName: string,
  { requestId, sentAt }: FollowRequest,
): Promise<LogEvent[]> {
  const from = { logGroupName, startTime: sentAt - clockSkewMs };
  const named = await filterEvents(log, { ...from, filterPattern: `"${requestId}"` });
  if (named.length === 0) return [];
  const logStreamNames = [...new Set(named.map(({ stream }) => stream))];
  const startTime = Math.min(...named.map(({ time }) => time));
  return filterEvents(log, { ...from, logStreamNames, startTime });
}
