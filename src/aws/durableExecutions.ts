import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetDurableExecutionCommand,
  LambdaClient,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import type { Connection } from '../core/invocation/connection';
import { type DurableExecutionState, isRunning } from '../core/invocation/durableExecution';
import { readingConfig, type ReadingOptions } from './client';
import { readingError } from './errors';

export interface FollowExecutionOptions extends ReadingOptions {
  /** Ends the following. */
  readonly signal: AbortSignal;
  /** The pause before reading `n` (from 2) in milliseconds: from one second to 15 unless told. */
  readonly pauseMs?: ((n: number) => number) | undefined;
}

/**
 * How a durable execution does, read again and again until it is over: first at once, then whenever its status changes.
 * Ends quietly when cancelled.
 * @throws ConnectionError when it cannot be read
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecution.html
 */
export async function* followDurableExecution(
  connection: Connection,
  arn: string,
  { signal, pauseMs = growing, ...options }: FollowExecutionOptions,
): AsyncGenerator<DurableExecutionState, void, void> {
  let told: string | undefined;
  for (let n = 1; !signal.aborted; n++) {
    const state = await readDurableExecution(connection, arn, { ...options, signal }).catch(
      (error: unknown) => {
        if (signal.aborted) return undefined;
        throw error;
      },
    );
    if (!state) return;
    if (state.status !== told) yield state;
    told = state.status;
    if (!isRunning(state)) return;
    await sleep(pauseMs(n + 1), undefined, { signal }).catch(() => undefined);
  }
}

async function readDurableExecution(
  connection: Connection,
  arn: string,
  options: ReadingOptions,
): Promise<DurableExecutionState> {
  return asking(connection, 'lambda:GetDurableExecution', options, async (client) => {
    const answer = await client.send(
      new GetDurableExecutionCommand({ DurableExecutionArn: arn, IncludeExecutionData: true }),
    );
    const { Error: error } = answer;
    return {
      name: answer.DurableExecutionName ?? '',
      status: answer.Status ?? 'RUNNING',
      startedAt: answer.StartTimestamp?.getTime(),
      endedAt: answer.EndTimestamp?.getTime(),
      input: answer.InputPayload,
      result: answer.Result,
      error: error && { type: error.ErrorType ?? '', message: error.ErrorMessage ?? '' },
    };
  });
}

/**
 * Stops an execution for good.
 * @throws ConnectionError when that is not possible, because it is over, say
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_StopDurableExecution.html
 */
export async function stopDurableExecution(
  connection: Connection,
  arn: string,
  options: ReadingOptions = {},
): Promise<void> {
  await asking(connection, 'lambda:StopDurableExecution', options, (client) =>
    client.send(new StopDurableExecutionCommand({ DurableExecutionArn: arn })),
  );
}

async function asking<Value>(
  connection: Connection,
  action: string,
  options: ReadingOptions,
  ask: (client: LambdaClient) => Promise<Value>,
): Promise<Value> {
  let client: LambdaClient | undefined;
  try {
    client = new LambdaClient(await readingConfig(connection, 'lambda', options));
    return await ask(client);
  } catch (error) {
    throw readingError(error, action, connection);
  } finally {
    client?.destroy();
  }
}

function growing(n: number): number {
  return Math.min((n - 1) * 1000, 15_000);
}
