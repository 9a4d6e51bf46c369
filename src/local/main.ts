/** Local Lambda: an endpoint on this machine that speaks Lambda's API and runs the handlers of the workspace. */
import * as l10n from '@vscode/l10n';
import { tmpdir } from 'node:os';
import type { Runtime } from '../core/localHandlers/handlerPath';
import { Backlog } from './backlog';
import { Configuration } from './configuration';
import type { DeadLetter } from './deadLetters';
import { type DebugRequest, DebugRequests } from './debugging';
import { DurableExecutions } from './durableExecutions';
import { EventQueue, functionLimits, type QueueRoom } from './eventQueue';
import { FailedEventStore } from './failedEventStore';
import { storeFailedEvent } from './failureDestinations';
import { FunctionPool } from './functionPool';
import { findFunction, type Place } from './functionReference';
import { FunctionRunner } from './functionRunner';
import { findHandlerFile } from './handlerFile';
import type { Attempt, Invocation, LocalLogLine, Log } from './invocation';
import { LineRate } from './lineRate';
import { LogStore } from './logStore';
import { Measurements } from './measurements';
import { router } from './routes';
import { listen, serve } from './server';
import { removeLeftovers } from './spoolFolder';

export type { LocalLogLine } from './invocation';
export type { DeadLetter } from './deadLetters';
export type { DebugTarget } from './debugging';

export interface LocalLambdaOptions {
  /** Absolute paths of the workspace folders; each may hold a `.lambda/local.json`. */
  readonly folders: readonly string[];
  /** Any free one without it. */
  readonly port?: number;
  /** Path of the bundle of handlerProcess.ts. */
  readonly handlerProcess: string;
  /** Gets what is said, up to some hundred lines a second. */
  readonly log: (line: LocalLogLine) => void;
  /** Pauses before an event runs again after its function failed; shorter than Lambda's by default. */
  readonly retryDelaysMs?: readonly number[];
  /** How much the queue may hold, where that is not as by default. */
  readonly queueLimits?: Partial<QueueRoom>;
  /** Where a folder is made for what the queue does not hold in memory; the system's temporary folder by default. */
  readonly temporaryFolder?: string;
  /** Called when the length of the queue has changed, a few times a second at most. */
  readonly onQueueChange?: () => void;
}

export interface LocalLambda {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  /** Names of the functions that can be invoked now, sorted. */
  functions(): string[];
  /** The newest events whose every attempt failed, oldest first. */
  deadLetters(): readonly DeadLetter[];
  /** How many events run or wait, for the first time or for a retry. */
  queued(): number;
  /** The same for each function that has any. */
  queuedByFunction(): ReadonlyMap<string, number>;
  /** What the queue takes of memory and disk. */
  queueRoom(): QueueRoom;
  /** What runs a function's handler; `undefined` without such a function. */
  runtimeOf(functionIdentifier: string): { name: string; runtime: Runtime } | undefined;
  /** Has the next event of a function with a payload run under a debugger. */
  debug(request: DebugRequest): void;
  /** Closes the port, ends every handler, and forgets the events that wait: none of them is left on disk. */
  stop(): Promise<void>;
}

/** The region and the account of AWS's own examples, so that their ARNs work here. */
const place: Place = { region: 'us-east-1', accountId: '123456789012' };

/** Lambda waits one minute, then two; that is too long to watch. */
const shortRetryDelaysMs = [2000, 4000] as const;

/** Starts the endpoint. Rejects with the system's error (`EADDRINUSE`) when the port cannot be had. */
export async function startLocalLambda(options: LocalLambdaOptions): Promise<LocalLambda> {
  const rate = new LineRate(options.log);
  const log: Log = (line) => rate.add(line);
  const { server, port } = await listen(options.port ?? 0);
  const endpoint = `http://127.0.0.1:${port}`;
  const configuration = new Configuration(options.folders, log);
  const logs = new LogStore();
  const pool = new FunctionPool(options.handlerProcess, { region: place.region, endpoint });
  const debugRequests = new DebugRequests();
  const runner = new FunctionRunner(pool, logs, log, debugRequests);
  const executions = new DurableExecutions();
  const measurements = new Measurements();

  const run = async (invocation: Invocation): Promise<Attempt> => {
    const { functionName, durableExecutionArn: arn } = invocation;
    const fn = configuration.functions().get(functionName);
    const handle = async () =>
      fn
        ? measurements.during(functionName, async () => runner.run(fn, invocation))
        : removed(invocation);
    return arn === undefined ? handle() : executions.run(arn, handle);
  };
  const failedEvents = new FailedEventStore();
  const backlog = new Backlog();
  const temporaryFolder = options.temporaryFolder ?? tmpdir();
  const leftovers = removeLeftovers(temporaryFolder);
  const queue = new EventQueue({
    run,
    onRun({ invocation, addedAt }) {
      const age = performance.now() - addedAt;
      measurements.add(invocation.functionName, 'AsyncEventAge', age);
    },
    // One whose event never ran is over as well.
    onDead(event, attempt) {
      const { functionName, durableExecutionArn: arn } = event.invocation;
      measurements.add(functionName, 'AsyncEventsDropped', 1);
      if (arn !== undefined) void executions.run(arn, async () => attempt);
      const fn = configuration.functions().get(functionName);
      const dropped = fn ? storeFailedEvent(fn, event, attempt, failedEvents) : 0;
      if (dropped === 0) return;
      const text = l10n.t('The oldest failed events were dropped: only the newest are kept.');
      log({ stream: 'platform', text });
    },
    limitsOf: (name) => functionLimits(configuration.functions().get(name) ?? {}),
    retryDelaysMs: options.retryDelaysMs ?? shortRetryDelaysMs,
    log,
    temporaryFolder,
    limits: options.queueLimits,
    onChange: options.onQueueChange,
  });
  const invoker = {
    find: (name: string, qualifier: string | undefined) =>
      findFunction(name, qualifier, configuration, place),
    enqueue: (invocation: Invocation) =>
      backlog.during(invocation, async () => {
        await queue.add(invocation);
        measurements.add(invocation.functionName, 'AsyncEventsReceived', 1);
      }),
    run: (invocation: Invocation) => backlog.during(invocation, () => run(invocation)),
    executions,
  };

  serve(
    server,
    router({ place, configuration, invoker, executions, logs, failedEvents, measurements }),
  );
  return {
    endpoint,
    ...place,
    functions: () => [...configuration.functions().keys()],
    runtimeOf: (identifier) => runtimeOf(identifier, configuration),
    debug: (request) => debugRequests.add(request),
    deadLetters: () => queue.deadLetters,
    queued: () => queue.length,
    queuedByFunction: () => queue.lengths,
    queueRoom: () => queue.room,
    async stop() {
      const forgotten = queue.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, pool.stop(), forgotten, leftovers]);
      rate.flush();
    },
  };
}

function runtimeOf(
  identifier: string,
  configuration: Configuration,
): ReturnType<LocalLambda['runtimeOf']> {
  try {
    const { fn } = findFunction(identifier, undefined, configuration, place);
    return { name: fn.name, runtime: findHandlerFile(fn).runtime };
  } catch {
    // The event is answered with the reason.
    return undefined;
  }
}

/** What becomes of an event whose function left the configuration while the event waited. */
function removed({ functionName }: Invocation): Attempt {
  const errorMessage = `${functionName} is no longer in .lambda/local.json.`;
  return {
    result: { status: 'error', error: { errorType: 'FunctionRemoved', errorMessage } },
    durationMs: 0,
    memoryMb: 0,
  };
}
