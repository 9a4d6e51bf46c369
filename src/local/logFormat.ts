import { cutText, traceLimitBytes } from './byteLimits';
import type { LogFormat } from './configurationText';
import type { Attempt, FunctionError, Invocation } from './invocation';
import type { Line } from './processOutput';

/** The messages that Lambda writes to a function's log group, in one of its two formats. */
interface LogWriter {
  start(invocation: Invocation): string;
  line(line: Line, requestId: string): string;
  /** What went wrong, if anything did, and the report. */
  end(attempt: Attempt, requestId: string, memoryMb: number): readonly string[];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html */
export const logWriters: Record<LogFormat, LogWriter> = {
  Text: {
    start: ({ requestId, version }) => `START RequestId: ${requestId} Version: ${version}\n`,
    line: ({ level, text }, requestId) =>
      level === undefined ? `${text}\n` : `${now()}\t${requestId}\t${level}\t${text}\n`,
    end: (attempt, requestId, memoryMb) => [
      ...textFault(attempt, requestId),
      `END RequestId: ${requestId}\n`,
      `REPORT RequestId: ${requestId}\t${textReport(attempt, memoryMb)}\n`,
    ],
  },
  JSON: {
    start: ({ requestId, version }) => platform('platform.start', { requestId, version }),
    line: ({ level, text }, requestId) =>
      level === undefined
        ? text
        : JSON.stringify({ timestamp: now(), level, requestId, message: text }),
    end: (attempt, requestId, memoryMb) => [
      ...jsonFault(attempt, requestId),
      platform('platform.report', {
        requestId,
        metrics: metricsOf(attempt, memoryMb),
        status: attempt.result.status,
        ...(attempt.result.status === 'error' ? { errorType: attempt.result.error.errorType } : {}),
      }),
    ],
  },
};

function textFault({ result }: Attempt, requestId: string): string[] {
  if (result.status === 'success') return [];
  const { errorType, errorMessage, trace, stackTrace } = loggedError(result.error);
  if (result.status === 'timeout') {
    return [`${now()} ${requestId} ${errorMessage.replace(/^RequestId: \S+ Error: /, '')}\n\n`];
  }
  if (stackTrace) {
    // Lambda writes indentation so that viewers that trim lines show it, too.
    const text = pythonFault({ errorType, errorMessage, stackTrace });
    return [`${text.replaceAll(/^ +/gm, (spaces) => '\u00a0'.repeat(spaces.length))}\n`];
  }
  const error = JSON.stringify({ errorType, errorMessage, stack: trace });
  return [`${now()}\t${requestId}\tERROR\tInvoke Error \t${error}\n`];
}

function jsonFault({ result }: Attempt, requestId: string): string[] {
  if (result.status !== 'error') return [];
  const error = loggedError(result.error);
  if (error.stackTrace) {
    const timestamp = now().replace(/\.\d+Z$/, 'Z');
    return [JSON.stringify({ timestamp, log_level: 'ERROR', ...error })];
  }
  const { errorType, errorMessage, trace } = error;
  const message = { errorType, errorMessage, stackTrace: trace };
  return [JSON.stringify({ timestamp: now(), level: 'ERROR', message, requestId })];
}

/** An error of a Python handler, as its runtime writes it into a text log. */
export function pythonFault({ errorType, errorMessage, stackTrace = [] }: FunctionError): string {
  const title = `[ERROR] ${errorType}${errorMessage === '' ? '' : `: ${errorMessage}`}`;
  const lines = stackTrace.map((frame) => frame.replace(/\n$/, ''));
  return [title, 'Traceback (most recent call last):', ...lines].join('\n');
}

/** The error as far as it fits into a log event beside its stack. */
function loggedError(error: FunctionError): FunctionError {
  return { ...error, errorMessage: cutText(error.errorMessage, traceLimitBytes).text };
}

/** The part of a text report that follows the request id. */
export function textReport(attempt: Attempt, memoryMb: number): string {
  const metrics = metricsOf(attempt, memoryMb);
  return [
    `Duration: ${metrics.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${metrics.billedDurationMs} ms`,
    `Memory Size: ${memoryMb} MB`,
    `Max Memory Used: ${metrics.maxMemoryUsedMB} MB`,
    ...(metrics.initDurationMs === undefined
      ? []
      : [`Init Duration: ${metrics.initDurationMs.toFixed(2)} ms`]),
    ...(attempt.result.status === 'timeout' ? ['Status: timeout'] : []),
  ].join('\t');
}

function metricsOf({ durationMs, initMs, memoryMb: used }: Attempt, memorySizeMB: number) {
  return {
    durationMs: Math.round(durationMs * 1000) / 1000,
    billedDurationMs: Math.ceil(durationMs),
    memorySizeMB,
    maxMemoryUsedMB: used,
    ...(initMs === undefined ? {} : { initDurationMs: Math.round(initMs * 1000) / 1000 }),
  };
}

function platform(type: string, record: object): string {
  return JSON.stringify({ time: now(), type, record });
}

function now(): string {
  return new Date().toISOString();
}
