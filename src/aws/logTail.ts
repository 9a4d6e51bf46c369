import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Connection } from '../core/invocation/connection';
import { readingConfig } from './client';
import { readingError } from './errors';
import type { LogEvent } from './logAttempts';
import { filterEvents, findLogGroup, type FunctionOfLog, TooMuch } from './logGroups';

export interface TailRequest extends FunctionOfLog {
  /** A filter pattern of CloudWatch Logs; all lines without one. */
  readonly filter?: string | undefined;
  /** Milliseconds since 1970: older lines are left out. */
  readonly since: number;
  readonly signal: AbortSignal;
  /** The pause between two looks in milliseconds. */
  readonly pauseMs?: number | undefined;
}

/** What is found; each event of the log is told once. */
export type TailProgress =
  /** Where the log is looked for; with a reason where that is only where functions usually write. */
  | { readonly kind: 'group'; readonly group: string; readonly guessedBecause?: string }
  /** Oldest first. */
  | { readonly kind: 'events'; readonly events: readonly Pick<LogEvent, 'time' | 'text'>[] }
  /** One look would have had to read more than is reasonable: what was written up to now is left out. */
  | { readonly kind: 'skipped' };

/**
 * How late an event may appear behind one that is newer, in milliseconds: CloudWatch Logs takes the streams of a function
 * one by one.
 */
const lateMs = 30_000;

const defaultPauseMs = 2000;

/**
 * Tells what a function writes to its log from now on, until it is cancelled.
 * @throws ConnectionError when the log may not be read.
 */
export async function* tailLogs(
  connection: Connection,
  request: TailRequest,
): AsyncGenerator<TailProgress, void, void> {
  const { filter, signal, mfaCode, pauseMs = defaultPauseMs } = request;
  let log: CloudWatchLogsClient | undefined;
  try {
    const { group, guessedBecause } = await findLogGroup(connection, request, signal);
    yield { kind: 'group', group, ...(guessedBecause && { guessedBecause }) };
    log = new CloudWatchLogsClient(
      await readingConfig(connection, 'cloudwatch_logs', { mfaCode, signal }),
    );
    const filterPattern = filter === undefined || filter === '' ? {} : { filterPattern: filter };
    let since = request.since;
    /** Times of the events that were told, by their ids, as far back as one look reaches. */
    const told = new Map<string, number>();
    for (;;) {
      const startedAt = Date.now();
      try {
        const found = await filterEvents(log, {
          logGroupName: group,
          startTime: since,
          ...filterPattern,
        });
        const events = found.filter(({ id }) => !told.has(id)).toSorted((a, b) => a.time - b.time);
        if (events.length > 0) yield { kind: 'events', events };
        for (const { id, time } of events) told.set(id, time);
        since = Math.max(since, (events.at(-1)?.time ?? 0) - lateMs);
      } catch (error) {
        if (!(error instanceof TooMuch)) throw error;
        yield { kind: 'skipped' };
        since = startedAt;
      }
      for (const [id, time] of told) if (time < since) told.delete(id);
      await sleep(pauseMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw readingError(error, 'logs:FilterLogEvents', connection);
  } finally {
    log?.destroy();
  }
}
