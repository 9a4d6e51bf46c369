/** What Local Lambda and a handler's process say to each other: the headers of their frames. */

/** The pipes of a handler's process beside its standard streams. */
export const channels = {
  /** What the process says, written at once: a handler that says much waits until it is read. */
  toHost: 3,
  /** Events to run. */
  toHandler: 4,
  /** Nothing is ever sent. It ends when the program ends that started the process. */
  lifeline: 5,
} as const;

/** The first argument of a process that waits for a debugger; for Python, the folder of debugpy follows. */
export const debugMark = '--debug';

/** An event to run; the body of its frame is the payload. */
export interface RunMessage {
  readonly requestId: string;
  readonly functionArn: string;
  readonly version: string;
  readonly tenantId?: string;
  /** When the time is up, in milliseconds since 1970. */
  readonly deadline: number;
}

export const logLevels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
export type LogLevel = (typeof logLevels)[number];

export const outputStreams = ['stdout', 'stderr'] as const;
export type OutputStream = (typeof outputStreams)[number];

/** The handler is loaded and waits for an event. */
export interface ReadyMessage {
  readonly kind: 'ready';
  readonly initMs: number;
}

/** The process waits for a debugger before it loads the handler. */
interface DebuggableMessage {
  readonly kind: 'debuggable';
  readonly port: number;
  /** Of Node's inspector; empty in Python. */
  readonly url: string;
}

/** Files that the handler is made of; the body is their paths, in JSON. */
interface LoadedMessage {
  readonly kind: 'loaded';
}

/** How many files of a handler are watched for changes. */
export const mostLoadedFiles = 500;

/** The event, as it arrived in the process. */
interface ReceivedMessage {
  readonly kind: 'received';
  readonly requestId: string;
  readonly payloadBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * One call of `console`, or one record of Python's `logging`; the body is its text, or the beginning of it.
 */
export interface LineMessage {
  readonly kind: 'line';
  readonly stream: OutputStream;
  /** Without one, the body is what goes into the log as it is. */
  readonly level?: LogLevel;
  readonly omittedBytes: number;
}

/** The body was written to a stream. */
interface OutputMessage {
  readonly kind: 'output';
  readonly stream: OutputStream;
}

/** The body is the result, in JSON. */
export interface SucceededMessage {
  readonly kind: 'succeeded';
  readonly requestId: string;
  readonly memoryMb: number;
}

/** The body is the message of the error. */
export interface FailedMessage {
  readonly kind: 'failed';
  /** Without one, it is the process that failed: it cannot run another event. */
  readonly requestId?: string;
  readonly errorType: string;
  readonly trace: readonly string[];
  readonly memoryMb: number;
}

export type HandlerMessage =
  | ReadyMessage
  | DebuggableMessage
  | LoadedMessage
  | ReceivedMessage
  | LineMessage
  | OutputMessage
  | SucceededMessage
  | FailedMessage;

/** Tells our own messages from what else a handler may write to their pipe. */
export function isHandlerMessage(
  header: Record<string, unknown>,
): header is Record<string, unknown> & HandlerMessage {
  const { kind } = header;
  return typeof kind === 'string' && Object.hasOwn(kinds, kind) && kinds[kind as Kind](header);
}

type Kind = HandlerMessage['kind'];

/** What the header of each kind must hold to be one of ours. */
const kinds: Record<Kind, (header: Record<string, unknown>) => boolean> = {
  ready: ({ initMs }) => isAmount(initMs),
  loaded: () => true,
  debuggable: ({ port, url }) => isAmount(port) && typeof url === 'string',
  received: ({ requestId, payloadBytes, sha256 }) =>
    typeof requestId === 'string' &&
    isAmount(payloadBytes) &&
    typeof sha256 === 'string' &&
    /^[\da-f]{64}$/.test(sha256),
  line: ({ stream, level, omittedBytes }) =>
    isOneOf(outputStreams, stream) &&
    (level === undefined || isOneOf(logLevels, level)) &&
    isAmount(omittedBytes),
  output: ({ stream }) => isOneOf(outputStreams, stream),
  succeeded: ({ requestId, memoryMb }) => typeof requestId === 'string' && isAmount(memoryMb),
  failed: ({ requestId, errorType, trace, memoryMb }) =>
    (requestId === undefined || typeof requestId === 'string') &&
    typeof errorType === 'string' &&
    Array.isArray(trace) &&
    trace.every((frame) => typeof frame === 'string') &&
    isAmount(memoryMb),
};

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isOneOf(values: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && values.includes(value);
}
