import {
  InvokeCommand,
  type InvokeCommandInput,
  type InvokeCommandOutput,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import type { Connection } from '../core/invocation/connection';
import type { FunctionResponse, Outcome } from '../core/invocation/outcome';
import type { InvocationHeaders } from '../core/invocationHeaders';
import type { Answer } from './answer';
import { forgetSessions } from './assumeRole';
import { clientConfiguration } from './clientConfiguration';
import { type CredentialOptions, findCredentials } from './credentials';
import { wayOutOf } from './proxy';
import { verdictOn } from './verdict';
import { Wire } from './wire';

export interface WaitRequest extends InvocationHeaders {
  /** Name, ARN or partial ARN, with or without a qualifier. */
  readonly functionName: string;
  /** Version or alias. */
  readonly qualifier?: string | undefined;
  /** Sent as UTF-8, byte for byte. */
  readonly payload: string;
}

/** Of a page in the place of a response, in bytes: more of it says nothing. */
const pageBeginningBytes = 64 * 1024;

/**
 * Runs a function, and waits for what it comes to, for the time of the connection. Makes one request and never repeats
 * it, whatever becomes of it: the function may have run. Never throws for what the network, the service, or missing
 * credentials do: each is an outcome, and a function that failed is one that ran (`accepted`).
 * @param signal of the hooks cancels; a function that has started goes on all the same.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-sync.html
 */
export async function invokeAndWait(
  connection: Connection,
  request: WaitRequest,
  hooks: CredentialOptions = {},
): Promise<Outcome> {
  const started = performance.now();
  const payload = Buffer.from(request.payload, 'utf8');
  let wire: Wire | undefined;
  let client: LambdaClient | undefined;
  let output: InvokeCommandOutput | undefined;
  let thrown: unknown;
  try {
    const credentials = await findCredentials(connection, hooks);
    const { timeoutMs } = connection;
    const wayOut = await wayOutOf(connection);
    wire = new Wire({ wayOut, timeoutMs, signal: hooks.signal, reads: true });
    client = new LambdaClient({
      ...clientConfiguration(connection, credentials, connection.endpoint),
      maxAttempts: 1,
      requestHandler: wire,
    });
    output = await client.send(new InvokeCommand(inputOf(request, payload)));
  } catch (error) {
    thrown = error;
  } finally {
    client?.destroy();
  }
  const { stage, certificate } = wire ?? {};
  const answer = wire?.answer && withBeginning(wire.answer, output);
  const verdict = verdictOn({
    connection,
    question: 'RequestResponse',
    stage,
    answer,
    certificate,
    thrown,
  });
  const { sent, resend: _, pauseMs: __, kind, ...result } = verdict;
  if (result.error?.name === 'ExpiredTokenException') forgetSessions();
  return {
    kind,
    api: 'Invoke',
    functionName: request.functionName,
    waits: true,
    ...result,
    ...(kind === 'accepted' && output && { response: responseOf(output) }),
    durationMs: performance.now() - started,
    payloadBytes: payload.byteLength,
    attempts: sent ? 1 : 0,
  };
}

function inputOf(
  { functionName, qualifier, tenantId, durableName }: WaitRequest,
  payload: Uint8Array,
): InvokeCommandInput {
  return {
    FunctionName: functionName,
    InvocationType: 'RequestResponse',
    LogType: 'Tail',
    Payload: payload,
    ...(qualifier && { Qualifier: qualifier }),
    ...(tenantId !== undefined && { TenantId: tenantId }),
    ...(durableName !== undefined && { DurableExecutionName: durableName }),
  };
}

/** With the beginning of its body, which the SDK has read: it tells a page from what a function returned. */
function withBeginning(answer: Answer, output: InvokeCommandOutput | undefined): Answer {
  if (!output?.Payload) return answer;
  return { ...answer, body: textOf(output.Payload.subarray(0, pageBeginningBytes)) };
}

function responseOf({
  Payload,
  FunctionError,
  ExecutedVersion,
  LogResult,
}: InvokeCommandOutput): FunctionResponse {
  return {
    payload: textOf(Payload ?? new Uint8Array()),
    ...(FunctionError !== undefined && { functionError: FunctionError }),
    ...(ExecutedVersion !== undefined && { executedVersion: ExecutedVersion }),
    ...(LogResult && { logTail: Buffer.from(LogResult, 'base64').toString('utf8') }),
  };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
