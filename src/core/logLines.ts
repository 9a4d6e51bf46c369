import { isRecord } from './isRecord';

/** How much a line of a log matters, in the editor's words. */
export type LineLevel = 'debug' | 'info' | 'warn' | 'error';

/** One event of a function's log, for people. */
export interface LaidOutEvent {
  readonly level: LineLevel;
  /** The first one says what happened; those of a stack are indented below it. What others wrote is not inert yet. */
  readonly lines: readonly string[];
}

/** An event of CloudWatch Logs holds no more, in UTF-16 units. */
const longestEvent = 256 * 1024;

/** Lines of one event: nobody reads more of a stack. */
const mostLines = 500;

/** Of the members of a record beside its message, on one line. */
const longestRest = 1000;

/**
 * Lays out an event of a function's log as it stands in CloudWatch Logs: a record of JSON as its message, with what else
 * it says folded behind it; an error with its stack, one line for each frame; all else as its own lines.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function laidOut(text: string): LaidOutEvent {
  const whole = text.slice(0, longestEvent).trimEnd();
  const record = whole.startsWith('{') ? parsed(whole) : undefined;
  const event = (record && (platformEvent(record) ?? recordEvent(record))) ?? textEvent(whole);
  return { ...event, lines: event.lines.flatMap(split).slice(0, mostLines) };
}

/** What loggers call a level, from the least to the most; pino and bunyan count them from 10 to 60. */
const levels: readonly (readonly [RegExp, LineLevel])[] = [
  [/^(trace|debug|verbose|silly|[12]0)$/i, 'debug'],
  [/^(info|information|notice|log|30)$/i, 'info'],
  [/^(warn|warning|40)$/i, 'warn'],
  [/^(error|err|fatal|critical|crit|panic|emergency|alert|[56]0)$/i, 'error'],
];

function levelOf(word: unknown): LineLevel | undefined {
  if (typeof word !== 'string' && typeof word !== 'number') return undefined;
  return levels.find(([names]) => names.test(String(word)))?.[1];
}

/** What Lambda itself writes: `{ time, type: "platform.report", record }`. */
function platformEvent({ type, record }: Record<string, unknown>): LaidOutEvent | undefined {
  if (typeof type !== 'string' || !type.startsWith('platform.')) return undefined;
  const status = isRecord(record) ? record['status'] : undefined;
  const hasFailed = typeof status === 'string' && status !== 'success';
  return { level: hasFailed ? 'error' : 'info', lines: [`${type} ${folded(record)}`.trimEnd()] };
}

const messageKeys = ['message', 'msg', 'event_message', 'errorMessage'];
const levelKeys = ['level', 'severity', 'levelname', 'lvl', 'log.level'];
/** Said by the output, or by every line of the run. */
const knownKeys = ['timestamp', 'time', '@timestamp', 'requestId', 'AWSRequestId', ...levelKeys];
const errorKeys = ['error', 'err', 'exception', 'exc_info', 'stack', 'stackTrace', 'trace'];

/** What the JSON loggers of the runtimes, Powertools, pino and others write. */
function recordEvent(record: Record<string, unknown>): LaidOutEvent | undefined {
  const levelKey = levelKeys.find((key) => levelOf(record[key]) !== undefined);
  const messageKey = messageKeys.find((key) => record[key] !== undefined);
  if (messageKey === undefined || (levelKey === undefined && messageKey !== 'errorMessage')) {
    return undefined;
  }
  const message = record[messageKey];
  const isMessageError = isError(message);
  const errors = [
    ...(isMessageError ? [message] : []),
    ...(isError(record) ? [record] : []),
    ...errorKeys.slice(0, 4).map((key) => record[key]),
  ].filter((one) => isError(one) || typeof one === 'string');
  const ofError = isError(record) ? errorNames : [];
  const shown = new Set([messageKey, ...knownKeys, ...errorKeys, ...ofError]);
  const others = Object.fromEntries(Object.entries(record).filter(([key]) => !shown.has(key)));
  const rest = Object.keys(others).length === 0 ? '' : folded(others);
  const first = isMessageError ? '' : inWords(message);
  const head = [first, rest].filter(Boolean).join(' ');
  const level = levelKey === undefined ? 'error' : levelOf(record[levelKey]);
  return {
    level: level ?? 'info',
    lines: [
      ...(head === '' ? [] : [head]),
      ...errors.flatMap((error) => (isError(error) ? errorLines(error, first) : [inWords(error)])),
    ],
  };
}

const errorNames = ['errorType', 'errorMessage', 'name', 'type', 'stackTrace', 'stack', 'trace'];

/** `2026-11-29T14:03:12.123Z`, id, level, message: how Node.js writes; Python has the level in front. */
const nodeLine = /^\S+Z\t\S+\t([A-Z]+)\t([^]*)$/;
const pythonLine = /^\[([A-Z]+)\]\s/;
/** What the platform, or a runtime without levels, says of a failure. */
const failure =
  /Task timed out after|^RequestId: \S+ Error: |^Error raised from handler method|^\S+Z \S+ Task timed out|\tStatus: (?:error|timeout|failure)/;

function textEvent(text: string): LaidOutEvent {
  const [, nodeLevel, message = ''] = nodeLine.exec(text) ?? [];
  const [, pythonLevel] = pythonLine.exec(text) ?? [];
  const level =
    levelOf(nodeLevel) ?? levelOf(pythonLevel) ?? (failure.test(text) ? 'error' : 'info');
  const [, title = '', json] = /^([^{]*)\t(\{[^]*\})$/.exec(message) ?? [];
  const error = json === undefined ? undefined : parsed(json);
  if (error && isError(error)) {
    const head = text.slice(0, text.length - message.length) + title.trimEnd();
    return { level, lines: [head, ...errorLines(error, '')] };
  }
  return { level, lines: [text] };
}

/** An error as runtimes and loggers write it: by its type and message, its stack, or both. */
function isError(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  const { errorType, errorMessage, stack, stackTrace, trace } = value;
  return typeof errorType === 'string'
    ? typeof errorMessage === 'string'
    : [stack, stackTrace, trace].some((one) => typeof one === 'string' || Array.isArray(one));
}

/**
 * The error and its stack.
 * @param before what the line above has said already
 */
export function errorLines(error: Record<string, unknown>, before: string): string[] {
  const name = textOf(error, ['errorType', 'name', 'type']);
  const message = textOf(error, ['errorMessage', 'message']);
  const heading = [name, message].filter(Boolean).join(': ');
  // A stack of Node.js begins with the name and the message.
  const frames = framesOf(error);
  const isRepeated = message !== '' && frames[0]?.includes(message.split('\n')[0] ?? '');
  const isSaid = heading === '' || (before !== '' && before === heading);
  return [...(isRepeated || isSaid ? [] : [heading]), ...frames];
}

function framesOf(error: Record<string, unknown>): string[] {
  const stack = [error['stack'], error['stackTrace'], error['trace']].find(Boolean);
  const lines = Array.isArray(stack)
    ? stack.map(inWords)
    : typeof stack === 'string'
      ? [stack]
      : [];
  return lines.flatMap(split);
}

function textOf(error: Record<string, unknown>, keys: readonly string[]): string {
  const found = keys.map((key) => error[key]).find((one) => typeof one === 'string');
  return typeof found === 'string' ? found : '';
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function folded(value: unknown): string {
  const text = value === undefined ? '' : (JSON.stringify(value) ?? '');
  return text.length > longestRest ? `${text.slice(0, longestRest - 1)}…` : text;
}

function split(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/);
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
