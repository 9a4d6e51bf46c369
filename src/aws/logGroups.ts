import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { parseFunctionIdentifier } from '../core/functionIdentifier/parse';
import type { Connection } from '../core/invocation/connection';
import { ConnectionError } from '../core/invocation/connectionError';
import type { MfaCode } from './assumeRole';
import { readingConfig } from './client';
import { describeError } from './failure';
import type { LogEvent } from './logAttempts';

/** Pages of up to 1 MB that one look reads at most, and what their lines may hold together. */
const mostPages = 200;
const mostCharacters = 32 * 1024 ** 2;

/** Whose log it is. */
export interface FunctionOfLog {
  /** Name or ARN, with or without a qualifier. */
  readonly functionName: string;
  readonly mfaCode?: MfaCode | undefined;
}

/** More than one look reads. */
export class TooMuch extends Error {}

/** The group that the function is configured for; the usual one, and why, when Lambda does not tell. */
export async function findLogGroup(
  connection: Connection,
  { functionName, mfaCode }: FunctionOfLog,
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

/**
 * All pages of one question; its requests end with the client's signal.
 * @throws TooMuch beyond the limits of one look.
 */
export async function filterEvents(
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
