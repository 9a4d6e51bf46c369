/**
 * The process of one handler: loads it, then runs one event at a time. Started by functionProcess.ts with the
 * handler's file and export as arguments; everything else that a handler may know is in the environment.
 */
import { createHash } from 'node:crypto';
import { captureOutput } from './handlerConsole';
import { type Handler, handlerContext } from './handlerContext';
import { RuntimeError, toFunctionError } from './handlerError';
import { loadHandler } from './handlerLoading';
import type { HandlerMessage, RunMessage } from './messages';

const [file = '', exportPath = ''] = process.argv.slice(2);

captureOutput(send);
process.once('disconnect', () => process.exit());
process.on('uncaughtException', (error) => fail(error));
process.on('unhandledRejection', (reason) => {
  fail(new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason), reason));
});
void start();

async function start(): Promise<void> {
  const before = performance.now();
  try {
    const handler = await loadHandler(file, exportPath);
    process.on('message', (message: RunMessage) => void run(handler, message));
    send({ kind: 'ready', initMs: performance.now() - before });
  } catch (error) {
    fail(error);
  }
}

async function run(handler: Handler, message: RunMessage): Promise<void> {
  const { payload } = message;
  const digest = createHash('sha256').update(payload).digest('hex');
  const text = `Payload: ${payload.byteLength} bytes, SHA-256 ${digest}`;
  send({ kind: 'line', stream: 'platform', text });
  try {
    // No payload at all reaches a handler as an empty object.
    const event: unknown = JSON.parse(new TextDecoder().decode(payload) || '{}');
    const result = await resultOf(handler, event, message);
    send({ kind: 'succeeded', body: toBody(result), memoryMb: memoryMb() });
  } catch (error) {
    send({ kind: 'failed', error: toFunctionError(error), fatal: false, memoryMb: memoryMb() });
  }
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

function toBody(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (error) {
    throw new RuntimeError(
      'Runtime.MarshalError',
      `Unable to stringify response body: ${String(error)}`,
      error,
    );
  }
}

/** Reports an error after which nothing in this process can be trusted, and ends it. */
function fail(error: unknown): void {
  const message: HandlerMessage = {
    kind: 'failed',
    error: toFunctionError(error),
    fatal: true,
    memoryMb: memoryMb(),
  };
  if (process.send) process.send(message, () => process.exit(1));
  else process.exit(1);
}

function memoryMb(): number {
  return Math.ceil(process.memoryUsage.rss() / 1024 / 1024);
}

function send(message: HandlerMessage): void {
  process.send?.(message);
}
