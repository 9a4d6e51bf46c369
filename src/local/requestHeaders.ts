import { durableNamePattern, tenantIdPattern } from '../core/invocationHeaders';
import type { FunctionReference } from './functionReference';
import type { ServiceRequest } from './server';
import { ServiceError } from './serviceError';

/** What an event says beside its payload. */
export interface EventHeaders {
  readonly tenantId: string | undefined;
  readonly durableName: string | undefined;
}

/**
 * Reads tenant and execution name of a request, and holds them against the function, as AWS does.
 *
 * @param qualifier the one that was asked for: a durable function wants one
 * @throws ServiceError ValidationException, InvalidParameterValueException
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function eventHeaders(
  request: Pick<ServiceRequest, 'header'>,
  { fn, isQualified }: FunctionReference,
): EventHeaders {
  const tenantId = headerOf(request, 'x-amz-tenant-id', 'tenantId', tenantIdPattern);
  const durableName = headerOf(
    request,
    'x-amz-durable-execution-name',
    'durableExecutionName',
    durableNamePattern,
  );
  if (fn.tenant && tenantId === undefined) {
    throw invalid(
      'The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again.',
    );
  }
  if (!fn.tenant && tenantId !== undefined) {
    throw invalid(
      'The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and try again.',
    );
  }
  if (fn.durable && !isQualified) {
    throw invalid('You cannot invoke a durable function using an unqualified ARN.');
  }
  if (!fn.durable && durableName !== undefined) {
    throw invalid(
      'You cannot specify a durable execution name for a function that is not durable.',
    );
  }
  return { tenantId, durableName };
}

function headerOf(
  request: Pick<ServiceRequest, 'header'>,
  header: string,
  member: string,
  pattern: RegExp,
): string | undefined {
  const value = request.header(header);
  if (value === undefined || pattern.test(value)) return value;
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern.source}`,
  );
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message);
}
