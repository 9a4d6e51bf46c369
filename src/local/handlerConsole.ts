import { format } from 'node:util';
import type { LineMessage, LogLevel } from './messages';

const methods = [
  { method: 'trace', level: 'TRACE', stream: 'stdout' },
  { method: 'debug', level: 'DEBUG', stream: 'stdout' },
  { method: 'log', level: 'INFO', stream: 'stdout' },
  { method: 'info', level: 'INFO', stream: 'stdout' },
  { method: 'warn', level: 'WARN', stream: 'stderr' },
  { method: 'error', level: 'ERROR', stream: 'stderr' },
] as const satisfies readonly { level: LogLevel; [part: string]: string }[];

/**
 * Sends what a handler prints over the channel that also carries its result: lines arrive whole, in order, and
 * before the end of the run. What is written past Node's streams still reaches the pipes of the process.
 */
export function captureOutput(send: (line: LineMessage) => void): void {
  for (const { method, level, stream } of methods) {
    console[method] = (...values: unknown[]) =>
      send({ kind: 'line', stream, level, text: format(...values) });
  }
  captureStream('stdout', send);
  captureStream('stderr', send);
}

function captureStream(stream: 'stdout' | 'stderr', send: (line: LineMessage) => void): void {
  process[stream].write = (
    chunk: string | Uint8Array,
    encodingOrCallback?: BufferEncoding | ((error?: Error) => void),
    callback?: (error?: Error) => void,
  ): boolean => {
    const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    if (text.trim() !== '') send({ kind: 'line', stream, text: text.replace(/\r?\n$/, '') });
    const done = typeof encodingOrCallback === 'function' ? encodingOrCallback : callback;
    if (done) process.nextTick(done);
    return true;
  };
}
