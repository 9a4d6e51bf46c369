import { isUtf8 } from 'node:buffer';
import { payloadLimitBytes } from '../core/limits';
import type { DurableExecution, DurableExecutions } from './durableExecutions';
import type { FunctionReference } from './functionReference';
import type { Attempt, Invocation } from './invocation';
import { parseJson } from './json';
import { eventHeaders } from './requestHeaders';
import type { ServiceAnswer, ServiceRequest } from './server';
import { ServiceError } from './serviceError';

/** What the calls need of the rest of Local Lambda. */
export interface Invoker {
  find(functionName: string, qualifier: string | undefined): FunctionReference;
  run(invocation: Invocation): Promise<Attempt>;
  /** Resolves when the event is stored, and may be told to be accepted. */
  enqueue(invocation: Invocation): Promise<void>;
  readonly executions: DurableExecutions;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_InvokeAsync.html */
export async function invokeAsync(
  request: ServiceRequest,
  functionName: string,
  invoker: Invoker,
): Promise<ServiceAnswer> {
  const reference = invoker.find(functionName, undefined);
  assertEventSize(request.bodyBytes, payloadLimitBytes.InvokeAsync);
  return enqueue(request, reference, invoker);
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
  return enqueue(request, reference, invoker);
}

/** An event that names an execution which is there already is answered as that one was, and queues nothing. */
async function enqueue(
  request: ServiceRequest,
  reference: FunctionReference,
  invoker: Invoker,
): Promise<ServiceAnswer> {
  const { invocation, execution, isNew } = toInvocation(request, reference, invoker);
  if (isNew) {
    try {
      await invoker.enqueue(invocation);
    } catch (error) {
      if (execution) invoker.executions.forget(execution);
      throw error;
    }
  }
  return { status: 202, headers: executionHeaders(execution) };
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
  if (reference.fn.concurrency === 0) {
    throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.');
  }
  const { invocation, execution, isNew } = toInvocation(request, reference, invoker);
  const attempt =
    isNew || !execution ? invoker.run(invocation) : invoker.executions.end(execution.arn);
  const { result, logTail } = await attempt;
  const wantsLog = request.header('x-amz-log-type') === 'Tail';
  const executed = {
    'X-Amz-Executed-Version': '$LATEST',
    ...executionHeaders(execution),
    ...(wantsLog && logTail && { 'X-Amz-Log-Result': Buffer.from(logTail).toString('base64') }),
  };
  if (result.status === 'success') return { status: 200, headers: executed, body: result.body };
  return {
    status: 200,
    headers: { ...executed, 'X-Amz-Function-Error': 'Unhandled' },
    body: JSON.stringify(result.error),
  };
}

function dryRun(request: ServiceRequest, reference: FunctionReference): ServiceAnswer {
  eventHeaders(request, reference);
  return { status: 204 };
}

function executionHeaders(execution: DurableExecution | undefined): Record<string, string> {
  return execution ? { 'X-Amz-Durable-Execution-Arn': execution.arn } : {};
}

function assertEventSize(bytes: number, limit: number): void {
  if (bytes <= limit) return;
  throw new ServiceError(
    'RequestEntityTooLargeException',
    `${bytes} byte payload is too large for the Event invocation type (limit ${limit} bytes)`,
  );
}

/** An event with the durable execution that it starts, or that was there already. */
interface Admitted {
  readonly invocation: Invocation;
  readonly execution: DurableExecution | undefined;
  /** Whether it is to run. */
  readonly isNew: boolean;
}

/**
 * @throws ServiceError InvalidRequestContentException when the body is not JSON in UTF-8 (none at all is fine); what
 * `eventHeaders` and `DurableExecutions.start` throw
 */
function toInvocation(
  request: ServiceRequest,
  reference: FunctionReference,
  { executions }: Invoker,
): Admitted {
  const { requestId, body } = request;
  const { fn, arn, version } = reference;
  const { tenantId, durableName } = eventHeaders(request, reference);
  const fault = payloadFault(body);
  if (fault !== undefined) {
    throw new ServiceError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${fault}`,
    );
  }
  const invocation = {
    requestId,
    functionName: fn.name,
    functionArn: arn,
    version,
    ...(tenantId !== undefined && { tenantId }),
    payload: body,
  };
  if (!fn.durable) return { invocation, execution: undefined, isNew: true };
  const { execution, isNew } = executions.start(invocation, durableName);
  return { invocation: { ...invocation, durableExecutionArn: execution.arn }, execution, isNew };
}

function payloadFault(body: Uint8Array): string | undefined {
  if (body.byteLength === 0) return undefined;
  if (!isUtf8(body)) return 'Invalid UTF-8';
  const parsed = parseJson(new TextDecoder('utf-8', { ignoreBOM: true }).decode(body));
  return parsed.ok ? undefined : parsed.fault;
}
