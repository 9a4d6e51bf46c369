import { format } from 'node:util';
import { cutText, lineLimitBytes } from './byteLimits';
import { sendToHost } from './handlerChannel';
import { type LogLevel, type OutputStream, outputStreams } from './messages';

const methods = [
  { method: 'trace', level: 'TRACE', stream: 'stdout' },
  { method: 'debug', level: 'DEBUG', stream: 'stdout' },
  { method: 'log', level: 'INFO', stream: 'stdout' },
  { method: 'info', level: 'INFO', stream: 'stdout' },
  { method: 'warn', level: 'WARN', stream: 'stderr' },
  { method: 'error', level: 'ERROR', stream: 'stderr' },
] as const satisfies readonly { level: LogLevel; stream: OutputStream; method: string }[];

/** The largest piece of output in one message, in bytes. */
const pieceBytes = 64 * 1024;

/**
 * Sends what a handler prints over the pipe that also carries its result: in order, and before the end of the run.
 * What is written past Node's streams still reaches the pipes of the process.
 */
export function captureOutput(): void {
  for (const { method, level, stream } of methods) {
    console[method] = (...values: unknown[]) => {
      const { text, omittedBytes } = cutText(format(...values), lineLimitBytes);
      sendToHost({ kind: 'line', stream, level, omittedBytes }, text);
    };
  }
  for (const stream of outputStreams) captureStream(stream);
}

function captureStream(stream: OutputStream): void {
  process[stream].write = (
    chunk: string | Uint8Array,
    encodingOrCallback?: BufferEncoding | ((error?: Error | null) => void),
    callback?: (error?: Error | null) => void,
  ): boolean => {
    const encoding = typeof encodingOrCallback === 'string' ? encodingOrCallback : 'utf8';
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
      sendToHost({ kind: 'output', stream }, bytes.subarray(at, at + pieceBytes));
    }
    const done = typeof encodingOrCallback === 'function' ? encodingOrCallback : callback;
    if (done) process.nextTick(done);
    return true;
  };
}
