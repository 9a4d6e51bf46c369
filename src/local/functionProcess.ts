import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Attempt, FunctionError, Invocation } from './invocation';
import {
  type FailedMessage,
  isHandlerMessage,
  type LineMessage,
  type ReadyMessage,
  type RunMessage,
  type SucceededMessage,
} from './messages';

/** How the process is started: the module that runs in it, and the handler that it loads. */
export interface ProcessStart {
  readonly module: string;
  readonly file: string;
  readonly exportPath: string;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** What ends a phase of the process: an answer, the end of the process, or of the time. */
type Ending =
  | ReadyMessage
  | SucceededMessage
  | FailedMessage
  | { readonly kind: 'exited'; readonly reason: string }
  | { readonly kind: 'timedOut' };

/** Loading may take 10 s before Lambda gives up. */
const initLimitMs = 10_000;

/** The largest answer of a function, in bytes: 6 MB and a little for the envelope. */
const responseLimitBytes = 6_291_556;

/** A process that holds one loaded handler and runs one event at a time. */
export class FunctionProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #initialized: Promise<Ending>;
  #end: (ending: Ending) => void = () => {};
  #onLine: (line: LineMessage) => void = () => {};
  #alive = true;
  #fresh = true;

  constructor({ module, file, exportPath, folder, environment }: ProcessStart) {
    this.#child = fork(module, [file, exportPath], {
      cwd: folder,
      env: environment,
      // The editor's own flags (a debugger's port, for one) are not for handlers.
      execArgv: [],
      serialization: 'advanced',
      // At the head of a group, so that what the handler starts can be ended with it.
      detached: hasGroups,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#initialized = this.#next(initLimitMs);
    this.#exited = this.#listen();
  }

  /** Whether another event can be run in it. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Runs one event; `onLine` gets what the handler prints, while it runs. Never rejects. */
  async run(
    invocation: Invocation,
    timeoutSeconds: number,
    onLine: (line: LineMessage) => void,
  ): Promise<Attempt> {
    this.#onLine = onLine;
    const init = await this.#initialized;
    const initMs = this.#fresh && init.kind === 'ready' ? init.initMs : undefined;
    this.#fresh = false;
    const started = performance.now();
    const ending = init.kind === 'ready' ? await this.#runEvent(invocation, timeoutSeconds) : init;
    return {
      result: resultOf(ending, invocation.requestId, timeoutSeconds),
      durationMs: performance.now() - started,
      ...(initMs === undefined ? {} : { initMs }),
      memoryMb: 'memoryMb' in ending ? ending.memoryMb : 0,
    };
  }

  /** Ends the process at once, whatever the handler is doing, and what it has started. */
  kill(): void {
    this.#alive = false;
    const { exitCode, signalCode } = this.#child;
    // Later the number may be another group's.
    if (exitCode === null && signalCode === null) endGroup(this.#child);
  }

  /** Ends the process and waits until it is gone. */
  async stop(): Promise<void> {
    this.kill();
    await this.#exited;
    // What has left the group may still hold them open.
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }

  #runEvent(
    { requestId, functionArn, version, payload }: Invocation,
    timeoutSeconds: number,
  ): Promise<Ending> {
    const deadline = Date.now() + timeoutSeconds * 1000;
    const ending = this.#next(timeoutSeconds * 1000);
    const message: RunMessage = { requestId, functionArn, version, payload, deadline };
    // A process that is already gone reports so by its end.
    this.#child.send(message, () => {});
    return ending;
  }

  #next(limitMs: number): Promise<Ending> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.kill();
        resolve({ kind: 'timedOut' });
      }, limitMs);
      this.#end = (ending) => {
        clearTimeout(timer);
        resolve(ending);
      };
    });
  }

  /** Resolves when the process is gone. */
  #listen(): Promise<void> {
    this.#child.on('message', (message: unknown) => {
      if (!isHandlerMessage(message)) return;
      if (message.kind === 'failed' && message.fatal) this.kill();
      if (message.kind === 'line') this.#onLine(message);
      else this.#end(message);
    });
    for (const stream of ['stdout', 'stderr'] as const) {
      const pipe = this.#child[stream];
      if (!pipe) continue;
      createInterface(pipe).on('line', (text) => this.#onLine({ kind: 'line', stream, text }));
    }
    const end = (reason: string): void => {
      this.#alive = false;
      this.#end({ kind: 'exited', reason });
    };
    // 'close' comes after the last line and the last message, unlike 'exit'.
    this.#child.once('close', (code, signal) =>
      end(signal === null ? `exit status ${code}` : `signal: ${signal}`),
    );
    return new Promise((resolve) => {
      this.#child.once('error', (error) => {
        end(error.message);
        resolve();
      });
      this.#child.once('exit', () => {
        // 'close' would wait for whatever shares its pipes.
        endGroup(this.#child);
        resolve();
      });
    });
  }
}

/** Windows has no groups of processes: there the process is ended alone. */
const hasGroups = process.platform !== 'win32';

function endGroup(child: ChildProcess): void {
  if (!hasGroups || child.pid === undefined) {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

function resultOf(ending: Ending, requestId: string, timeoutSeconds: number): Attempt['result'] {
  if (ending.kind === 'succeeded') return withinLimit(ending.body);
  if (ending.kind === 'failed') return { status: 'error', error: ending.error };
  if (ending.kind === 'timedOut') {
    const fault = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
    return { status: 'timeout', error: sandboxError('Sandbox.Timedout', requestId, fault) };
  }
  const fault = `Runtime exited with error: ${ending.kind === 'exited' ? ending.reason : 'started twice'}`;
  return { status: 'error', error: sandboxError('Runtime.ExitError', requestId, fault) };
}

function sandboxError(errorType: string, requestId: string, fault: string): FunctionError {
  return { errorType, errorMessage: `RequestId: ${requestId} Error: ${fault}` };
}

function withinLimit(body: string): Attempt['result'] {
  const size = Buffer.byteLength(body);
  if (size <= responseLimitBytes) return { status: 'success', body };
  return {
    status: 'error',
    error: {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size (${size} bytes) exceeded maximum allowed payload size (${responseLimitBytes} bytes).`,
    },
  };
}
