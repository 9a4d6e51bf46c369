import {
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
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
  const names = namesOf(request);
  // Once for all: the credentials may come from a program, or from a code that the user types.
  const config = readingConfig(connection, 'lambda', options);
  const lambda = <Value>(action: string, ask: (client: LambdaClient) => Promise<Value>) =>
    reading(connection, action, config, async (own) => {
      const client = new LambdaClient(own);
      return ask(client).finally(() => client.destroy());
    });
  const [configuration, eventHandling, concurrency, metrics] = await Promise.all([
    lambda('lambda:GetFunctionConfiguration', (client) => readSettings(client, names)),
    lambda('lambda:GetFunctionEventInvokeConfig', (client) => readEventHandling(client, names)),
    lambda('lambda:GetFunctionConcurrency', (client) => readConcurrency(client, names)),
    reading(connection, 'cloudwatch:GetMetricData', config, async ({ credentials, ...own }) => {
      const endpoint = await readingEndpoint(connection, 'cloudwatch');
      const { maxAttempts, requestHandler } = own;
      const { readMetrics } = await import('./functionMetrics');
      const others = clientConfiguration(connection, credentials, endpoint);
      const now = options.now?.() ?? Date.now();
      return readMetrics({ ...others, maxAttempts, requestHandler }, names.name, now);
    }),
  ]);
  return { configuration, eventHandling, concurrency, metrics };
}

type Configuration = Awaited<ReturnType<typeof readingConfig>>;

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
