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
  readonly #closed: Promise<unknown>;
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
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#initialized = this.#next(initLimitMs);
    this.#closed = this.#listen();
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

  /** Ends the process at once, whatever the handler is doing. */
  kill(): void {
    this.#alive = false;
    this.#child.kill('SIGKILL');
  }

  /** Ends the process and waits until it is gone. */
  async stop(): Promise<void> {
    this.kill();
    await this.#closed;
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

  #listen(): Promise<unknown> {
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
    return new Promise<void>((resolve) => {
      const end = (reason: string): void => {
        this.#alive = false;
        this.#end({ kind: 'exited', reason });
        resolve();
      };
      this.#child.once('error', (error) => end(error.message));
      // 'close' comes after the last line and the last message, unlike 'exit'.
      this.#child.once('close', (code, signal) =>
        end(signal === null ? `exit status ${code}` : `signal: ${signal}`),
      );
    });
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
