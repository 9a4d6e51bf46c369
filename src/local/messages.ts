/** What Local Lambda and a handler's process say to each other. */
import type { FunctionError } from './invocation';
import { isRecord } from './json';

export interface RunMessage {
  readonly requestId: string;
  readonly functionArn: string;
  readonly version: string;
  readonly payload: Uint8Array;
  /** When the time is up, in milliseconds since 1970. */
  readonly deadline: number;
}

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/**
 * One call of `console`, or (without a level) what was written straight to a stream. On `platform` it is said about
 * the handler, not by it, and is no part of the function's log.
 */
export interface LineMessage {
  readonly kind: 'line';
  readonly stream: 'platform' | 'stdout' | 'stderr';
  readonly level?: LogLevel;
  readonly text: string;
}

/** The handler is loaded and waits for an event. */
export interface ReadyMessage {
  readonly kind: 'ready';
  readonly initMs: number;
}

export interface SucceededMessage {
  readonly kind: 'succeeded';
  readonly body: string;
  readonly memoryMb: number;
}

export interface FailedMessage {
  readonly kind: 'failed';
  readonly error: FunctionError;
  /** Set when the process cannot run another event. */
  readonly fatal: boolean;
  readonly memoryMb: number;
}

export type HandlerMessage = LineMessage | ReadyMessage | SucceededMessage | FailedMessage;

/** Tells our own messages from those that a handler sends with `process.send`. */
export function isHandlerMessage(message: unknown): message is HandlerMessage {
  if (!isRecord(message)) return false;
  const { kind } = message;
  return typeof kind === 'string' && Object.hasOwn(kinds, kind) && kinds[kind as Kind](message);
}

type Kind = HandlerMessage['kind'];

/** What a message of each kind must hold to be one of ours. */
const kinds: Record<Kind, (message: Record<string, unknown>) => boolean> = {
  line: ({ text }) => typeof text === 'string',
  ready: ({ initMs }) => typeof initMs === 'number',
  succeeded: ({ body }) => typeof body === 'string',
  failed: ({ error }) => isRecord(error),
};
