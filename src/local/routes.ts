import type { Configuration } from './configuration';
import { getDurableExecution, stopDurableExecution } from './durableApi';
import type { DurableExecutions } from './durableExecutions';
import type { FailedEventStore } from './failedEventStore';
import type { Place } from './functionReference';
import {
  getFunctionConcurrency,
  getFunctionConfiguration,
  getFunctionEventInvokeConfig,
  listFunctions,
} from './functionsApi';
import { getCallerIdentity } from './identityApi';
import { type Invoker, invoke, invokeAsync } from './invokeApi';
import type { LogStore } from './logStore';
import { filterLogEvents } from './logsApi';
import type { Measurements } from './measurements';
import { getMetricData, isMetricsCall } from './metricsApi';
import { bucketPath, deleteObject, getObject, listObjects } from './s3Api';
import type { Answer, ServiceAnswer, ServiceRequest } from './server';
import { ServiceError } from './serviceError';
import { isQueueCall, queueCall } from './sqsApi';

/** What the calls of the services work on. */
export interface Services {
  readonly place: Place;
  readonly configuration: Configuration;
  readonly invoker: Invoker;
  readonly executions: DurableExecutions;
  readonly logs: LogStore;
  readonly failedEvents: FailedEventStore;
  readonly measurements: Measurements;
}

interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  /** Matches the whole path; its one group, if any, is the function, the execution or the key of an object, as the caller names it. */
  readonly path: RegExp;
  /** Of several operations on one path, whether the request means this one. */
  readonly means?: (request: ServiceRequest) => boolean;
  readonly answer: (
    request: ServiceRequest,
    services: Services,
    functionName: string,
  ) => ServiceAnswer | Promise<ServiceAnswer>;
}

/** GetCallerIdentity has no parameters. */
const largestQueryBytes = 1024;

const routes: readonly Route[] = [
  {
    method: 'POST',
    // Older service models end the path with a slash.
    path: /^\/2014-11-13\/functions\/([^/]*)\/invoke-async\/?$/,
    answer: (request, { invoker }, name) => invokeAsync(request, name, invoker),
  },
  {
    method: 'POST',
    path: /^\/2015-03-31\/functions\/([^/]*)\/invocations$/,
    answer: (request, { invoker }, name) => invoke(request, name, invoker),
  },
  {
    method: 'GET',
    path: /^\/2015-03-31\/functions\/?$/,
    answer: (request, { configuration, place }) => listFunctions(request, configuration, place),
  },
  {
    method: 'GET',
    path: /^\/2015-03-31\/functions\/([^/]*)\/configuration$/,
    answer: ({ query }, { invoker, place }, name) =>
      getFunctionConfiguration(invoker.find(name, query.get('Qualifier') ?? undefined).fn, place),
  },
  {
    method: 'GET',
    path: /^\/2019-09-25\/functions\/([^/]*)\/event-invoke-config$/,
    answer: ({ query }, { invoker, place }, name) =>
      getFunctionEventInvokeConfig(invoker.find(name, query.get('Qualifier') ?? undefined), place),
  },
  {
    method: 'GET',
    path: /^\/2019-09-30\/functions\/([^/]*)\/concurrency$/,
    answer: (_request, { invoker }, name) =>
      getFunctionConcurrency(invoker.find(name, undefined).fn),
  },
  {
    method: 'GET',
    path: /^\/2025-12-01\/durable-executions\/([^/]*)$/,
    answer: (request, { executions }, arn) => getDurableExecution(request, arn, executions),
  },
  {
    method: 'POST',
    path: /^\/2025-12-01\/durable-executions\/([^/]*)\/stop$/,
    answer: (request, { executions }, arn) => stopDurableExecution(request, arn, executions),
  },
  {
    method: 'POST',
    path: /^\/$/,
    means: (request) => request.header('x-amz-target') === 'Logs_20140328.FilterLogEvents',
    answer: (request, { logs }) => filterLogEvents(request, logs),
  },
  {
    method: 'POST',
    path: /^\/$/,
    means: isMetricsCall,
    answer: (request, { measurements }) => getMetricData(request, measurements),
  },
  {
    method: 'POST',
    path: /^\/$/,
    means: isQueueCall,
    answer: (request, services) => queueCall(request, services),
  },
  {
    method: 'GET',
    path: bucketPath,
    means: ({ query }) => query.has('list-type'),
    answer: (request, { failedEvents }) => listObjects(request, failedEvents),
  },
  ...(['GET', 'HEAD'] as const).map((method) => ({
    method,
    path: bucketPath,
    answer: (request: ServiceRequest, { failedEvents }: Services, key: string) =>
      getObject(key, request, failedEvents),
  })),
  {
    method: 'DELETE',
    path: bucketPath,
    answer: (_request, { failedEvents }, key) => deleteObject(key, failedEvents),
  },
  {
    method: 'POST',
    path: /^\/$/,
    means: ({ body }) =>
      body.byteLength <= largestQueryBytes &&
      new URLSearchParams(new TextDecoder().decode(body)).get('Action') === 'GetCallerIdentity',
    answer: (request, { place }) => getCallerIdentity(request, place),
  },
];

/** The function that answers every request, by the table of routes. */
export function router(services: Services): Answer {
  return (request) => {
    for (const { method, path, means, answer } of routes) {
      const match = method === request.method ? path.exec(request.path) : null;
      if (match && (means?.(request) ?? true)) {
        return answer(request, services, decodeName(match[1] ?? ''));
      }
    }
    throw new ServiceError(
      'UnknownOperationException',
      `Local Lambda does not know ${request.method} ${request.path}.`,
    );
  };
}

/** A name with a broken escape stays as it is, and is refused for its percent sign. */
function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
