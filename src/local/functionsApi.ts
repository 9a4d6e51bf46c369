import { defaultEventHandling } from '../core/limits';
import type { Configuration } from './configuration';
import type { LocalFunction } from './configurationText';
import { deadLetterArn, failureDestinationArn } from './failureDestinations';
import { concurrencyOf, memoryMb } from './functionPool';
import { type FunctionReference, type Place, functionArn } from './functionReference';
import type { ServiceAnswer, ServiceRequest } from './server';
import { ServiceError } from './serviceError';

/** Lambda never lists more at once. */
const largestPage = 50;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export function listFunctions(
  { query }: ServiceRequest,
  configuration: Configuration,
  place: Place,
): ServiceAnswer {
  const size = Math.min(maxItems(query.get('MaxItems')), largestPage);
  const after = Buffer.from(query.get('Marker') ?? '', 'base64url').toString();
  const rest = [...configuration.functions().values()].filter((fn) => fn.name > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const marker = last && rest.length > size ? Buffer.from(last.name).toString('base64url') : null;
  return json({ Functions: page.map((fn) => describe(fn, place)), NextMarker: marker });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export function getFunctionConfiguration(fn: LocalFunction, place: Place): ServiceAnswer {
  return json({ ...describe(fn, place), State: 'Active', LastUpdateStatus: 'Successful' });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html */
export function getFunctionEventInvokeConfig(
  { fn, arn }: FunctionReference,
  place: Place,
): ServiceAnswer {
  const Destination = failureDestinationArn(fn, place);
  if (fn.maximumEventAge === undefined && Destination === undefined) {
    throw new ServiceError(
      'ResourceNotFoundException',
      `The function ${arn} doesn't have an EventInvokeConfig`,
    );
  }
  return json({
    FunctionArn: arn,
    LastModified: fn.lastModified / 1000,
    MaximumEventAgeInSeconds: fn.maximumEventAge ?? defaultEventHandling.maxAgeSeconds,
    MaximumRetryAttempts: defaultEventHandling.maxRetries,
    ...(Destination && { DestinationConfig: { OnSuccess: {}, OnFailure: { Destination } } }),
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export function getFunctionConcurrency(fn: LocalFunction): ServiceAnswer {
  return json({ ReservedConcurrentExecutions: concurrencyOf(fn) });
}

function maxItems(text: string | null): number {
  if (text === null) return largestPage;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 10_000) return count;
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${text}' at 'maxItems' failed to satisfy constraint: Member must be between 1 and 10000`,
  );
}

function describe(fn: LocalFunction, place: Place): object {
  const deadLetters = deadLetterArn(fn, place);
  return {
    FunctionName: fn.name,
    FunctionArn: functionArn(fn.name, place),
    Runtime: `nodejs${process.versions.node.split('.')[0]}.x`,
    Handler: fn.handler,
    Timeout: fn.timeoutSeconds,
    MemorySize: memoryMb,
    LastModified: new Date(fn.lastModified).toISOString().replace('Z', '+0000'),
    Version: '$LATEST',
    PackageType: 'Zip',
    TracingConfig: { Mode: 'PassThrough' },
    Environment: { Variables: fn.environment },
    ...(deadLetters && { DeadLetterConfig: { TargetArn: deadLetters } }),
    LoggingConfig: { LogFormat: fn.logFormat, LogGroup: fn.logGroup },
    ...(fn.tenant && { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } }),
    ...(fn.durable && { DurableConfig: { RetentionPeriodInDays: 1 } }),
  };
}

function json(body: object): ServiceAnswer {
  return { status: 200, body: JSON.stringify(body) };
}
