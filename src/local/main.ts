/** Local Lambda: an endpoint on this machine that speaks Lambda's API and runs the handlers of the workspace. */
import { Backlog } from './backlog';
import { Configuration } from './configuration';
import type { DeadLetter } from './deadLetters';
import { EventQueue } from './eventQueue';
import { FunctionPool } from './functionPool';
import { findFunction, type Place } from './functionReference';
import { FunctionRunner } from './functionRunner';
import type { Attempt, Invocation, LocalLogLine, Log } from './invocation';
import { LineRate } from './lineRate';
import { LogStore } from './logStore';
import { router } from './routes';
import { listen, serve } from './server';

export type { LocalLogLine } from './invocation';
export type { DeadLetter } from './deadLetters';

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
  /** Closes the port, ends every handler and forgets the events that wait. */
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
  const runner = new FunctionRunner(pool, logs, log);

  const run = async (invocation: Invocation): Promise<Attempt> => {
    const fn = configuration.functions().get(invocation.functionName);
    return fn ? await runner.run(fn, invocation) : removed(invocation);
  };
  const backlog = new Backlog();
  const queue = new EventQueue(run, options.retryDelaysMs ?? shortRetryDelaysMs, log, backlog);
  const invoker = {
    find: (name: string, qualifier: string | undefined) =>
      findFunction(name, qualifier, configuration, place),
    enqueue: (invocation: Invocation) => queue.add(invocation),
    async run(invocation: Invocation) {
      const leave = backlog.admit(invocation);
      return run(invocation).finally(leave);
    },
  };

  serve(server, router({ place, configuration, invoker, logs }));
  return {
    endpoint,
    ...place,
    functions: () => [...configuration.functions().keys()],
    deadLetters: () => queue.deadLetters,
    async stop() {
      queue.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, pool.stop()]);
      rate.flush();
    },
  };
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
