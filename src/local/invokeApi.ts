import { isUtf8 } from 'node:buffer';
import { payloadLimitBytes } from '../core/limits';
import type { FunctionReference } from './functionReference';
import type { Attempt, Invocation } from './invocation';
import { parseJson } from './json';
import type { ServiceAnswer, ServiceRequest } from './server';
import { ServiceError } from './serviceError';

/** What the calls need of the rest of Local Lambda. */
export interface Invoker {
  find(functionName: string, qualifier: string | undefined): FunctionReference;
  run(invocation: Invocation): Promise<Attempt>;
  /** Resolves when the event is stored, and may be told to be accepted. */
  enqueue(invocation: Invocation): Promise<void>;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_InvokeAsync.html */
export async function invokeAsync(
  request: ServiceRequest,
  functionName: string,
  invoker: Invoker,
): Promise<ServiceAnswer> {
  const reference = invoker.find(functionName, undefined);
  assertEventSize(request.bodyBytes, payloadLimitBytes.InvokeAsync);
  await invoker.enqueue(toInvocation(request, reference));
  return { status: 202 };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export function invoke(
  request: ServiceRequest,
  functionName: string,
  invoker: Invoker,
): ServiceAnswer | Promise<ServiceAnswer> {
  const type = request.header('x-amz-invocation-type') ?? 'RequestResponse';
  if (!isInvocationType(type)) {
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [${Object.keys(invocationTypes).join(', ')}]`,
    );
  }
  const qualifier = request.query.get('Qualifier') ?? undefined;
  const reference = invoker.find(functionName, qualifier);
  return invocationTypes[type](request, reference, invoker);
}

type InvocationType = keyof typeof invocationTypes;

const invocationTypes = { Event: invokeEvent, RequestResponse: invokeAndWait, DryRun: dryRun };

function isInvocationType(text: string): text is InvocationType {
  return Object.hasOwn(invocationTypes, text);
}

async function invokeEvent(
  request: ServiceRequest,
  reference: FunctionReference,
  invoker: Invoker,
): Promise<ServiceAnswer> {
  assertEventSize(request.bodyBytes, payloadLimitBytes.Event);
  await invoker.enqueue(toInvocation(request, reference));
  return { status: 202 };
}

async function invokeAndWait(
  request: ServiceRequest,
  reference: FunctionReference,
  invoker: Invoker,
): Promise<ServiceAnswer> {
  if (request.bodyBytes > payloadLimitBytes.RequestResponse) {
    throw new ServiceError(
      'RequestTooLargeException',
      `Request must be smaller than ${payloadLimitBytes.RequestResponse} bytes for the InvokeFunction operation`,
    );
  }
  const { result } = await invoker.run(toInvocation(request, reference));
  const executed = { 'X-Amz-Executed-Version': '$LATEST' };
  if (result.status === 'success') return { status: 200, headers: executed, body: result.body };
  return {
    status: 200,
    headers: { ...executed, 'X-Amz-Function-Error': 'Unhandled' },
    body: JSON.stringify(result.error),
  };
}

function dryRun(): ServiceAnswer {
  return { status: 204 };
}

function assertEventSize(bytes: number, limit: number): void {
  if (bytes <= limit) return;
  throw new ServiceError(
    'RequestEntityTooLargeException',
    `${bytes} byte payload is too large for the Event invocation type (limit ${limit} bytes)`,
  );
}

/** @throws ServiceError InvalidRequestContentException when the body is not JSON in UTF-8; none at all is fine */
function toInvocation(
  { requestId, body }: ServiceRequest,
  { fn, arn, version }: FunctionReference,
): Invocation {
  const fault = payloadFault(body);
  if (fault !== undefined) {
    throw new ServiceError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${fault}`,
    );
  }
  return { requestId, functionName: fn.name, functionArn: arn, version, payload: body };
}

function payloadFault(body: Uint8Array): string | undefined {
  if (body.byteLength === 0) return undefined;
  if (!isUtf8(body)) return 'Invalid UTF-8';
  const parsed = parseJson(new TextDecoder('utf-8', { ignoreBOM: true }).decode(body));
  return parsed.ok ? undefined : parsed.fault;
}
