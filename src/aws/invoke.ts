import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeAsyncCommand, InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { HttpRequest } from '@smithy/core/protocols';
import { withQualifier } from '../core/functionIdentifier/withQualifier';
import type { Connection } from '../core/invocation/connection';
import { isLoopback } from '../core/invocation/loopback';
import type { InvokeApi, Outcome } from '../core/invocation/outcome';
import { isPage, type Question, requestIdOf } from './answer';
import { invokingClient } from './client';
import { forgetSessions, type MfaCode } from './assumeRole';
import { findCredentials } from './credentials';
import { nameFailure } from './failure';
import { judge, type Verdict } from './outcomes';
import { wayOutOf } from './proxy';
import { Wire } from './wire';

export interface InvokeRequest {
  readonly api: InvokeApi;
  /** Name, ARN or partial ARN, with or without a qualifier. */
  readonly functionName: string;
  /** Version or alias. InvokeAsync knows it only as a suffix of the name, and gets it there. */
  readonly qualifier?: string | undefined;
  /** Sent as UTF-8, byte for byte. */
  readonly payload: string;
  /** Only asks whether the call would be allowed; always with Invoke. */
  readonly dryRun?: boolean | undefined;
}

export interface InvokeHooks {
  /** Cancels. On the wire that makes the outcome `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /** Before attempt `n` (2 or 3) is made by itself, after a pause of `delayMs`. */
  readonly onAttempt?: ((n: number, delayMs: number, reason: string) => void) | undefined;
  readonly mfaCode?: MfaCode | undefined;
  /** The pause before attempt `n` in milliseconds; full jitter unless told. */
  readonly backoffMs?: ((n: number) => number) | undefined;
}

/** Requests for one event at most, all but the last certainly not queued. */
export const maxAttempts = 3;

/** Longest pause that a throttled user is kept waiting, whatever the service asks for. */
const longestPauseMs = 20_000;

/**
 * Sends one event and says what became of it. Sends again by itself only after throttling or a refused
 * connection; the SDK's own repetition is off, since it repeats what may already be queued.
 * Never throws for what the network, the service, or missing credentials do: each is an outcome.
 */
export async function invoke(
  connection: Connection,
  request: InvokeRequest,
  hooks: InvokeHooks = {},
): Promise<Outcome> {
  const started = performance.now();
  const payload = Buffer.from(request.payload, 'utf8');
  const api = request.dryRun ? 'Invoke' : request.api;
  let attempts = 0;
  for (let n = 1; ; n++) {
    const {
      sent,
      verdict,
      pauseMs = 0,
      ...result
    } = await attempt(connection, request, payload, hooks);
    if (sent) attempts++;
    const outcome: Outcome = {
      kind: verdict.kind,
      api,
      functionName: request.functionName,
      ...result,
      durationMs: performance.now() - started,
      payloadBytes: payload.byteLength,
      attempts,
    };
    if (!verdict.resend || n === maxAttempts || !outcome.error) return outcome;
    const delayMs = Math.max(pauseMs, (hooks.backoffMs ?? fullJitter)(n + 1));
    if (hooks.signal?.aborted || delayMs > longestPauseMs) return outcome;
    hooks.onAttempt?.(n + 1, delayMs, `${outcome.error.name}: ${outcome.error.message}`);
    try {
      await sleep(delayMs, undefined, { signal: hooks.signal });
    } catch {
      return outcome;
    }
  }
}

interface Attempt extends Pick<Outcome, 'status' | 'requestId' | 'error'> {
  /** Whether any byte of it left this machine. */
  readonly sent: boolean;
  readonly verdict: Verdict;
  /** What the service asked us to wait. */
  readonly pauseMs?: number;
}

async function attempt(
  connection: Connection,
  request: InvokeRequest,
  payload: Uint8Array,
  hooks: InvokeHooks,
): Promise<Attempt> {
  let wire: Wire | undefined;
  let client: LambdaClient | undefined;
  let thrown: unknown;
  try {
    const { signal } = hooks;
    const credentials = await findCredentials(connection, hooks);
    const { timeoutMs } = connection;
    wire = new Wire({ wayOut: await wayOutOf(connection), timeoutMs, signal });
    client = invokingClient(connection, credentials, wire);
    await send(client, request, payload);
  } catch (error) {
    thrown = error;
  } finally {
    client?.destroy();
  }
  const { stage = 'preparing', answer, certificate } = wire ?? {};
  const question = questionOf(request);
  const error = nameFailure({ thrown, answer, certificate, question });
  const requestId = answer && requestIdOf(answer);
  const verdict = judge({
    question,
    stage,
    name: error.name,
    isLocal: connection.endpoint !== undefined && isLoopback(connection.endpoint),
    ...(answer && {
      status: answer.status,
      isPage: isPage(answer),
      hasRequestId: requestId !== undefined,
    }),
  });
  if (error.name === 'ExpiredTokenException') forgetSessions();
  const pause = Number(answer?.headers['retry-after'] ?? 0) * 1000;
  return {
    sent: stage === 'sent' || stage === 'answered',
    verdict,
    ...(answer && { status: answer.status }),
    ...(requestId && { requestId }),
    ...(verdict.kind !== 'accepted' && { error }),
    ...(pause > 0 && { pauseMs: pause }),
  };
}

function questionOf({ api, dryRun }: InvokeRequest): Question {
  if (dryRun) return 'DryRun';
  return api === 'Invoke' ? 'Event' : 'InvokeAsync';
}

async function send(
  client: LambdaClient,
  request: InvokeRequest,
  payload: Uint8Array,
): Promise<void> {
  const { functionName, qualifier } = request;
  const question = questionOf(request);
  if (question === 'InvokeAsync') {
    const FunctionName = withQualifier(functionName, qualifier);
    const command = new InvokeAsyncCommand({ FunctionName, InvokeArgs: payload });
    endPathWithSlash(command);
    await client.send(command);
    return;
  }
  const command = new InvokeCommand({
    FunctionName: functionName,
    InvocationType: question,
    Payload: payload,
    ...(qualifier && { Qualifier: qualifier }),
  });
  await client.send(command);
}

/**
 * The API reference writes the path with a slash at its end; the SDK's model has lost it. AWS takes both forms,
 * serverless-offline only this one. Put there before the request is signed.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_InvokeAsync.html
 */
function endPathWithSlash(command: InvokeAsyncCommand): void {
  command.middlewareStack.add(
    (next) => (handed) => {
      const { request } = handed;
      if (HttpRequest.isInstance(request) && !request.path.endsWith('/')) request.path += '/';
      return next(handed);
    },
    { step: 'build', name: 'endPathWithSlash' },
  );
}

/** Exponential, at random between nothing and 0.5 s, 1 s, …: clients that were throttled together part ways. */
function fullJitter(n: number): number {
  return Math.random() * 250 * 2 ** (n - 1);
}
