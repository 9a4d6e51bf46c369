/**
 * The process of one handler: loads it, then runs one event at a time. Started by functionProcess.ts with the
 * handler's file and export as arguments, and for TypeScript the path of esbuild; everything else that a handler may know is in the environment. With `--debug`
 * before them, it waits for a debugger. With `--end`, a process, and its mark, it ends that process for handlerProcess.py.
 */
import { createHash } from 'node:crypto';
import inspector from 'node:inspector';
import { isMainThread } from 'node:worker_threads';
import { responseLimitBytes } from './byteLimits';
import type { Frame } from './frames';
import { receiveFromHost, sendToHost } from './handlerChannel';
import { captureOutput } from './handlerConsole';
import { type Handler, handlerContext } from './handlerContext';
import { RuntimeError, toFunctionError } from './handlerError';
import { loadHandler } from './handlerLoading';
import { newlyLoaded } from './loadedFiles';
import { debugMark, type RunMessage } from './messages';
import { endWithParent, watchParent } from './parentWatch';
import { endProcessTree } from './processTree';

const given = process.argv.slice(2);
/** The workspace folder, wherever the handler goes. */
const folder = process.cwd();
const isDebugged = given[0] === debugMark;
const [first = '', second = '', third] = isDebugged ? given.slice(1) : given;
if (first === '--end') {
  void endProcessTree({ leader: Number(second), mark: third ?? '' });
} else if (isMainThread) {
  watchParent(__filename);
  captureOutput();
  process.on('uncaughtException', (error) => failProcess(error));
  process.on('unhandledRejection', (reason) => {
    failProcess(new RuntimeError('Runtime.UnhandledPromiseRejection', textOf(reason), reason));
  });
  if (isDebugged) waitForDebugger();
  void start(first, second, third);
} else {
  endWithParent();
}

/** Returns when a debugger is attached and has set its breakpoints: those in the handler's top level hold, too. */
function waitForDebugger(): void {
  inspector.open(0, '127.0.0.1');
  const url = inspector.url() ?? '';
  sendToHost({ kind: 'debuggable', port: Number(new URL(url).port), url });
  inspector.waitForDebugger();
}

async function start(file: string, exportPath: string, esbuild?: string): Promise<void> {
  const before = performance.now();
  try {
    const handler = await loadHandler(file, exportPath, esbuild);
    receiveFromHost((frame) => void run(handler, frame));
    tellLoaded();
    sendToHost({ kind: 'ready', initMs: performance.now() - before });
  } catch (error) {
    failProcess(error);
  }
}

async function run(handler: Handler, { header, body: payload }: Frame): Promise<void> {
  // The host is trusted to send nothing else.
  const message = header as unknown as RunMessage;
  const { requestId } = message;
  const sha256 = createHash('sha256').update(payload).digest('hex');
  sendToHost({ kind: 'received', requestId, payloadBytes: payload.byteLength, sha256 });
  try {
    // No payload at all reaches a handler as an empty object.
    const event: unknown = JSON.parse(payload.toString() || '{}');
    const body = toBody(await resultOf(handler, event, message));
    tellLoaded();
    sendToHost({ kind: 'succeeded', requestId, memoryMb: memoryMb() }, body);
  } catch (error) {
    fail(error, requestId);
  }
}

/** A change of any of these files makes another process necessary. */
function tellLoaded(): void {
  const files = newlyLoaded(folder);
  if (files.length > 0) sendToHost({ kind: 'loaded' }, JSON.stringify(files));
}

/** Runs a handler of any of Lambda's forms: returning a value, returning a promise, or calling back. */
function resultOf(handler: Handler, event: unknown, message: RunMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const callback = (error: unknown, result?: unknown): void =>
      error === null || error === undefined ? resolve(result) : reject(error);
    const returned = handler(event, handlerContext(message), callback);
    const callsBack = handler.length > 2 && !isThenable(returned);
    if (!callsBack) resolve(returned);
  });
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}

/** @throws RuntimeError for what is no JSON, or too large */
function toBody(result: unknown): string {
  const body = toJson(result);
  const size = Buffer.byteLength(body);
  if (size <= responseLimitBytes) return body;
  throw new RuntimeError(
    'Function.ResponseSizeTooLarge',
    `Response payload size (${size} bytes) exceeded maximum allowed payload size (${responseLimitBytes} bytes).`,
  );
}

function toJson(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (error) {
    throw new RuntimeError(
      'Runtime.MarshalError',
      `Unable to stringify response body: ${textOf(error)}`,
      error,
    );
  }
}

/** Reports an error after which nothing in this process can be trusted, and ends it. */
function failProcess(error: unknown): void {
  fail(error);
  process.exit(1);
}

function fail(error: unknown, requestId?: string): void {
  const { errorType, errorMessage, trace } = toFunctionError(error);
  const of = requestId === undefined ? {} : { requestId };
  sendToHost({ kind: 'failed', ...of, errorType, trace, memoryMb: memoryMb() }, errorMessage);
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
}

function memoryMb(): number {
  return Math.ceil(process.memoryUsage.rss() / 1024 / 1024);
}
