import {
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import type { CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { parseFunctionIdentifier } from '../core/functionIdentifier/parse';
import type { Connection } from '../core/invocation/connection';
import type {
  EventHandling,
  FunctionConcurrency,
  FunctionHealth,
  FunctionSettings,
  Reading,
} from '../core/invocation/functionHealth';
import { defaultEventHandling } from '../core/limits';
import { readingConfig, readingEndpoint, type ReadingOptions } from './client';
import { clientConfiguration } from './clientConfiguration';
import { readingError } from './errors';
import { describeError } from './failure';
import type * as Metrics from './functionMetrics';

export interface HealthRequest {
  /** Name, ARN or partial ARN, with or without a qualifier. */
  readonly functionName: string;
  /** Alias or version, unless the name has one. */
  readonly qualifier?: string | undefined;
}

export interface HealthOptions extends ReadingOptions {
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** Asks Lambda what a function wants of each event. Never rejects, as `readFunctionHealth`. */
export async function readFunctionSettings(
  connection: Connection,
  request: HealthRequest,
  options: ReadingOptions = {},
): Promise<Reading<FunctionSettings>> {
  const config = readingConfig(connection, 'lambda', options);
  return readingOfLambda(connection, 'lambda:GetFunctionConfiguration', config, (client) =>
    readSettings(client, namesOf(request)),
  );
}

/**
 * Asks Lambda where the events of a function go that fail for good. Never rejects, as `readFunctionHealth`.
 */
export async function readFailureTargets(
  connection: Connection,
  request: HealthRequest,
  options: ReadingOptions = {},
): Promise<Pick<FunctionHealth, 'configuration' | 'eventHandling'>> {
  const names = namesOf(request);
  const config = readingConfig(connection, 'lambda', options);
  const lambda = <Value>(action: string, ask: (client: LambdaClient) => Promise<Value>) =>
    readingOfLambda(connection, action, config, ask);
  const [configuration, eventHandling] = await Promise.all([
    lambda('lambda:GetFunctionConfiguration', (client) => readSettings(client, names)),
    lambda('lambda:GetFunctionEventInvokeConfig', (client) => readEventHandling(client, names)),
  ]);
  return { configuration, eventHandling };
}

/**
 * Asks Lambda and CloudWatch at once how a function does. Never rejects: a part that could not be read says which IAM
 * action is missing, or what went wrong. `timeoutMs` is for each request, credentials may take the connection's.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
 */
export async function readFunctionHealth(
  connection: Connection,
  request: HealthRequest,
  options: HealthOptions = {},
): Promise<FunctionHealth> {
  const parts = askFunctionHealth(connection, request, options);
  const [configuration, eventHandling, concurrency, metrics] = await Promise.all([
    parts.configuration,
    parts.eventHandling,
    parts.concurrency,
    parts.metrics,
  ]);
  return { configuration, eventHandling, concurrency, metrics };
}

/** What is being read of a function, part by part. None of them rejects. */
export type HealthParts = {
  readonly [Part in keyof FunctionHealth]: Promise<FunctionHealth[Part]>;
};

/** The same, for whoever needs one part before the others are there. */
export function askFunctionHealth(
  connection: Connection,
  request: HealthRequest,
  options: HealthOptions = {},
): HealthParts {
  const names = namesOf(request);
  // Once for all: the credentials may come from a program, or from a code that the user types.
  const config = readingConfig(connection, 'lambda', options);
  const lambda = <Value>(action: string, ask: (client: LambdaClient) => Promise<Value>) =>
    readingOfLambda(connection, action, config, ask);
  return {
    configuration: lambda('lambda:GetFunctionConfiguration', (client) =>
      readSettings(client, names),
    ),
    eventHandling: lambda('lambda:GetFunctionEventInvokeConfig', (client) =>
      readEventHandling(client, names),
    ),
    concurrency: lambda('lambda:GetFunctionConcurrency', (client) =>
      readConcurrency(client, names),
    ),
    metrics: readingOfCloudWatch(connection, config, async (own, { readMetrics }) =>
      readMetrics(own, names.name, options.now?.() ?? Date.now()),
    ),
  };
}

/**
 * How long events wait in the queue of a function by now, in seconds; undefined while none is taken from it. Never
 * rejects, as `readFunctionHealth`.
 */
export async function readQueueAge(
  connection: Connection,
  request: HealthRequest,
  options: HealthOptions = {},
): Promise<Reading<number | undefined>> {
  const { name } = namesOf(request);
  const config = readingConfig(connection, 'lambda', options);
  return readingOfCloudWatch(connection, config, async (own, metrics) =>
    metrics.readQueueAge(own, name, options.now?.() ?? Date.now()),
  );
}

type Configuration = Awaited<ReturnType<typeof readingConfig>>;

async function readingOfLambda<Value>(
  connection: Connection,
  action: string,
  config: Promise<Configuration>,
  ask: (client: LambdaClient) => Promise<Value>,
): Promise<Reading<Value>> {
  return reading(connection, action, config, async (own) => {
    const client = new LambdaClient(own);
    return ask(client).finally(() => client.destroy());
  });
}

async function readingOfCloudWatch<Value>(
  connection: Connection,
  config: Promise<Configuration>,
  ask: (config: CloudWatchClientConfig, metrics: typeof Metrics) => Promise<Value>,
): Promise<Reading<Value>> {
  const action = 'cloudwatch:GetMetricData';
  return reading(connection, action, config, async ({ credentials, ...own }) => {
    const endpoint = await readingEndpoint(connection, 'cloudwatch');
    const { maxAttempts, requestHandler } = own;
    const others = clientConfiguration(connection, credentials, endpoint);
    return ask({ ...others, maxAttempts, requestHandler }, await import('./functionMetrics'));
  });
}

async function reading<Value>(
  connection: Connection,
  action: string,
  config: Promise<Configuration>,
  ask: (config: Configuration) => Promise<Value>,
): Promise<Reading<Value>> {
  let isAsked = false;
  try {
    const own = await config;
    isAsked = true;
    return { kind: 'known', value: await ask(own) };
  } catch (error) {
    // A role that may not be assumed is no permission of this call.
    if (isAsked && /^AccessDenied(?:Exception)?$/.test(describeError(error).name))
      return { kind: 'denied', missingAction: action };
    const { message, remedy } = readingError(error, action, connection);
    return { kind: 'failed', reason: message, remedy };
  }
}

interface Names {
  /** Without a qualifier, as the call for the concurrency wants it. */
  readonly unqualified: string;
  readonly qualifier: string | undefined;
  /** The bare name. */
  readonly name: string;
}

function namesOf({ functionName, qualifier }: HealthRequest): Names {
  const parsed = parseFunctionIdentifier(functionName);
  if (!parsed.ok) return { unqualified: functionName, qualifier, name: functionName };
  const { name, qualifier: suffix } = parsed.identifier;
  return {
    unqualified: functionName.slice(0, name.range.end),
    qualifier: suffix?.text ?? (qualifier || undefined),
    name: name.text,
  };
}

const inputOf = ({ unqualified, qualifier }: Names) => ({
  FunctionName: unqualified,
  ...(qualifier && { Qualifier: qualifier }),
});

async function readSettings(client: LambdaClient, names: Names): Promise<FunctionSettings> {
  const answer = await client.send(new GetFunctionConfigurationCommand(inputOf(names)));
  return {
    state: answer.State,
    timeoutSeconds: answer.Timeout,
    deadLetterTarget: answer.DeadLetterConfig?.TargetArn || undefined,
    ...(answer.LastUpdateStatus && { updateStatus: answer.LastUpdateStatus }),
    ...(answer.TenancyConfig && { isolatesTenants: true }),
    ...(answer.DurableConfig && { isDurable: true }),
  };
}

async function readEventHandling(client: LambdaClient, names: Names): Promise<EventHandling> {
  try {
    const answer = await client.send(new GetFunctionEventInvokeConfigCommand(inputOf(names)));
    return {
      maxRetries: answer.MaximumRetryAttempts ?? defaultEventHandling.maxRetries,
      maxAgeSeconds: answer.MaximumEventAgeInSeconds ?? defaultEventHandling.maxAgeSeconds,
      failureDestination: answer.DestinationConfig?.OnFailure?.Destination || undefined,
    };
  } catch (error) {
    // Nothing is configured.
    if (describeError(error).name !== 'ResourceNotFoundException') throw error;
    return { ...defaultEventHandling, failureDestination: undefined };
  }
}

async function readConcurrency(
  client: LambdaClient,
  { unqualified }: Names,
): Promise<FunctionConcurrency> {
  const command = new GetFunctionConcurrencyCommand({ FunctionName: unqualified });
  const { ReservedConcurrentExecutions } = await client.send(command);
  return { reserved: ReservedConcurrentExecutions };
}
