import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Runtime } from '../core/localHandlers/handlerPath';
import { messageOf } from '../core/messageOf';
import { encodeFrame } from './frames';
import { markVariable } from './handlerEnvironment';
import type { HandlerProgram } from './handlerPrograms';
import type { Attempt, FunctionError, Invocation } from './invocation';
import { parseJson } from './json';
import {
  channels,
  type FailedMessage,
  mostLoadedFiles,
  type ReadyMessage,
  type RunMessage,
} from './messages';
import { type Line, ProcessOutput, type Report } from './processOutput';
import { endProcessTree, endRemains, hasGroups, type ProcessTree } from './processTree';

/** How the process is started: the program that runs in it, and loads the handler. */
export interface ProcessStart {
  readonly runtime: Runtime;
  readonly program: HandlerProgram;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Attaches a debugger to a process that waits for one. Nothing in it has a time limit then. */
  readonly attach?: (debuggable: { readonly port: number; readonly url: string }) => Promise<void>;
}

/** What ends a phase of the process: an answer, the end of the process, or of the time. */
type Ending =
  | ReadyMessage
  | { readonly kind: 'succeeded'; readonly body: string; readonly memoryMb: number }
  | { readonly kind: 'failed'; readonly error: FunctionError; readonly memoryMb: number }
  | { readonly kind: 'exited'; readonly reason: string }
  | { readonly kind: 'timedOut' };

/** Loading may take 10 s before Lambda gives up. */
const initLimitMs = 10_000;

/** What `getRemainingTimeInMillis` begins with under a debugger, in milliseconds: time does not run out there. */
const debuggedMs = 24 * 60 * 60 * 1000;

/** What Node itself prints about its inspector, with an address that nobody else needs to know. */
const inspectorLine =
  /^(?:Debugger (?:listening|ending) on ws:|For help, see: https:\/\/nodejs\.org\/|Debugger attached\.|Waiting for the debugger to disconnect)/;

/** How long the output of a process that is gone may be held open, in milliseconds, by one that has left its group. */
const heldOpenLimitMs = 1000;

/** Gets what a process says while it runs an event. */
export interface RunListener {
  onLine(line: Line): void;
  /** The event has arrived: size in bytes and SHA-256, in hexadecimal, of the payload. */
  onReceived(payloadBytes: number, sha256: string): void;
}

/** A process that holds one loaded handler and runs one event at a time. */
export class FunctionProcess {
  readonly #child: ChildProcess;
  readonly #mark: string;
  readonly #runtime: Runtime;
  readonly #attach: ProcessStart['attach'];
  readonly #output: ProcessOutput;
  readonly #gone: Promise<void>;
  readonly #initialized: Promise<Ending>;
  /** The request whose answer is waited for; none before the handler is loaded. */
  #requestId: string | undefined;
  #end: (ending: Ending) => void = () => {};
  #listener: RunListener = { onLine() {}, onReceived() {} };
  /** The files of the handler, and when each was last changed when it was loaded. */
  readonly #loaded = new Map<string, number | undefined>();
  #alive = true;
  #killed = false;
  #fresh = true;

  constructor({ runtime, program, folder, environment, attach }: ProcessStart) {
    this.#runtime = runtime;
    this.#attach = attach;
    this.#mark = `${markVariable}=${environment[markVariable] ?? ''}`;
    this.#child = spawn(program.command, program.args, {
      cwd: folder,
      env: environment,
      // At the head of a group, so that what the handler starts can be ended with it.
      detached: hasGroups,
      windowsHide: true,
      // Those after the first three are the channels.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
    // An error of a pipe is told by the end of the process.
    for (const pipe of this.#child.stdio) pipe?.on('error', () => {});
    this.#initialized = this.#next(initLimitMs);
    this.#output = new ProcessOutput(this.#child, {
      onLine: (line) => {
        const isForUs = this.#attach !== undefined && inspectorLine.test(line.text);
        if (!this.#killed && !isForUs) this.#listener.onLine(line);
      },
      onReport: (report, body) => this.#onReport(report, body),
      onBroken: () => this.#fail('its messages cannot be read'),
    });
    this.#gone = this.#watch();
  }

  /** Whether another event can be run in it. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Whether a file of the handler has changed since it was loaded. */
  get isOutdated(): boolean {
    return [...this.#loaded].some(([file, modified]) => modifiedAt(file) !== modified);
  }

  /** Runs one event. Never rejects. */
  async run(
    invocation: Invocation,
    timeoutSeconds: number,
    listener: RunListener,
  ): Promise<Attempt> {
    this.#listener = listener;
    const init = await this.#initialized;
    const initMs = this.#fresh && init.kind === 'ready' ? init.initMs : undefined;
    this.#fresh = false;
    const started = performance.now();
    const ending = init.kind === 'ready' ? await this.#runEvent(invocation, timeoutSeconds) : init;
    this.#output.flush();
    return {
      result: resultOf(ending, invocation.requestId, timeoutSeconds),
      durationMs: performance.now() - started,
      ...(initMs === undefined ? {} : { initMs }),
      memoryMb: 'memoryMb' in ending ? ending.memoryMb : 0,
    };
  }

  /** Ends the process, whatever the handler is doing, and what it has started. */
  kill(): void {
    this.#alive = false;
    if (this.#killed) return;
    this.#killed = true;
    const tree = this.#tree();
    if (tree) void endProcessTree(tree);
  }

  /** Ends the process and waits until it is gone. */
  async stop(): Promise<void> {
    this.kill();
    await this.#gone;
  }

  /** `undefined` once the process is gone: later, its number may be another one's. */
  #tree(): ProcessTree | undefined {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return undefined;
    return { leader: pid, mark: this.#mark };
  }

  #runEvent(
    { requestId, functionArn, version, tenantId, payload }: Invocation,
    timeoutSeconds: number,
  ): Promise<Ending> {
    const limitMs = this.#attach ? debuggedMs : timeoutSeconds * 1000;
    const deadline = Date.now() + limitMs;
    const ending = this.#next(timeoutSeconds * 1000);
    this.#requestId = requestId;
    const tenant = tenantId === undefined ? {} : { tenantId };
    const message: RunMessage = { requestId, functionArn, version, ...tenant, deadline };
    // A process that is already gone reports so by its end.
    (this.#child.stdio[channels.toHandler] as Writable).write(encodeFrame(message, payload));
    return ending;
  }

  #next(limitMs: number): Promise<Ending> {
    return new Promise((resolve) => {
      const end = () => {
        this.kill();
        resolve({ kind: 'timedOut' });
      };
      // Whoever looks at a variable takes their time.
      const timer = this.#attach ? undefined : setTimeout(end, limitMs);
      this.#end = (ending) => {
        clearTimeout(timer);
        resolve(ending);
      };
    });
  }

  #onReport(report: Report, body: Buffer): void {
    if (report.kind === 'ready') {
      if (this.#requestId === undefined) this.#end(report);
    } else if (report.kind === 'loaded') {
      for (const file of pathsIn(body)) this.#loaded.set(file, modifiedAt(file));
    } else if (report.kind === 'debuggable') {
      const { port, url } = report;
      if (this.#requestId !== undefined) return;
      this.#attach?.({ port, url }).catch((error: unknown) => this.#fail(messageOf(error)));
    } else if (report.kind === 'failed' && report.requestId === undefined) {
      this.#end(this.#toFailure(report, body));
      this.kill();
    } else if (report.requestId !== this.#requestId) {
      // The answer to an event that is done: the handler has called back twice.
    } else if (report.kind === 'received') {
      this.#listener.onReceived(report.payloadBytes, report.sha256);
    } else if (report.kind === 'succeeded') {
      this.#end({ kind: 'succeeded', body: body.toString(), memoryMb: report.memoryMb });
    } else {
      this.#end(this.#toFailure(report, body));
    }
  }

  /** In the shape that Lambda gives it. */
  #toFailure({ requestId, errorType, trace, memoryMb }: FailedMessage, body: Buffer): Ending {
    const errorMessage = body.toString();
    const error =
      this.#runtime === 'python'
        ? { errorMessage, errorType, requestId: requestId ?? '', stackTrace: trace }
        : { errorType, errorMessage, trace };
    return { kind: 'failed', error, memoryMb };
  }

  #fail(reason: string): void {
    this.#end({ kind: 'exited', reason });
    this.kill();
  }

  /** Resolves when the process is gone, with all that it has started. */
  async #watch(): Promise<void> {
    const reason = await new Promise<string>((resolve) => {
      this.#child.once('error', ({ message }) => {
        // Others than this one do not end it.
        if (this.#child.pid === undefined) resolve(message);
      });
      this.#child.once('exit', (code, signal) =>
        resolve(signal === null ? `exit status ${code}` : `signal: ${signal}`),
      );
    });
    this.#alive = false;
    const { pid } = this.#child;
    if (pid !== undefined) await endRemains({ leader: pid, mark: this.#mark });
    // What it has said last is still on its way.
    await Promise.race([this.#output.ended, wait(heldOpenLimitMs, undefined, { ref: false })]);
    this.#output.close();
    this.#end({ kind: 'exited', reason });
  }
}

/** As a handler may have written the message itself, it can hold anything. */
function pathsIn(body: Buffer): string[] {
  const paths = parseJson(body.toString());
  if (!paths.ok || !Array.isArray(paths.value)) return [];
  const texts = paths.value.filter((path: unknown) => typeof path === 'string');
  return texts.slice(0, mostLoadedFiles);
}

function modifiedAt(file: string): number | undefined {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return undefined;
  }
}

function resultOf(ending: Ending, requestId: string, timeoutSeconds: number): Attempt['result'] {
  if (ending.kind === 'succeeded') return { status: 'success', body: ending.body };
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
