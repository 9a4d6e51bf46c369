import { isRecord, parseJson } from './json';
import type { LogEvent, LogStore } from './logStore';
import type { ServiceAnswer, ServiceRequest } from './server';
import { ServiceError } from './serviceError';

/** CloudWatch Logs returns at most so many events at once, and no more than 1 MB of them. */
const largestPage = 10_000;
const largestPageCharacters = 1024 * 1024;

/** Longest filter pattern, in characters, and most streams that CloudWatch Logs takes. */
const longestPattern = 1024;
const mostStreams = 100;

/** Room for all of these. */
const largestRequestBytes = 128 * 1024;

/**
 * Filters by group, stream, time and terms (`"a phrase"`, `word`, `-word`, `?either`).
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export function filterLogEvents({ body }: ServiceRequest, store: LogStore): ServiceAnswer {
  const request = readRequest(body);
  const events = store.events(request.group);
  if (!events) {
    const message = 'The specified log group does not exist.';
    throw new ServiceError('ResourceNotFoundException', message, 400);
  }
  const { page, isLast } = pageOf(events, request);
  const last = page.at(-1);
  return {
    status: 200,
    headers: { 'Content-Type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({
      events: page.map(describe),
      searchedLogStreams: [],
      ...(last && !isLast ? { nextToken: String(last.sequence) } : {}),
    }),
  };
}

type FilterRequest = ReturnType<typeof readRequest>;

function pageOf(
  events: readonly LogEvent[],
  request: FilterRequest,
): { page: LogEvent[]; isLast: boolean } {
  const isWanted = eventTest(request);
  const page: LogEvent[] = [];
  let characters = 0;
  for (const event of events) {
    if (!isWanted(event)) continue;
    characters += event.message.length;
    const isFull = page.length === request.limit || characters > largestPageCharacters;
    if (isFull && page.length > 0) return { page, isLast: false };
    page.push(event);
  }
  return { page, isLast: true };
}

function readRequest(body: Uint8Array) {
  if (body.byteLength > largestRequestBytes) refuse('The request is too large');
  const parsed = parseJson(new TextDecoder().decode(body));
  const members = parsed.ok && isRecord(parsed.value) ? parsed.value : {};
  const text = (name: string, otherwise = ''): string => {
    const value = members[name] ?? otherwise;
    return typeof value === 'string' ? value : refuse(`${name} must be text`);
  };
  const number = (name: string, otherwise: number): number => {
    const value = members[name] ?? otherwise;
    return typeof value === 'number' ? value : refuse(`${name} must be a number`);
  };
  const limit = number('limit', largestPage);
  if (!Number.isInteger(limit) || limit < 1 || limit > largestPage) {
    refuse(`limit must be from 1 to ${largestPage}`);
  }
  const streams = Array.isArray(members.logStreamNames) ? members.logStreamNames : undefined;
  if (streams && streams.length > mostStreams) refuse(`no more than ${mostStreams} streams`);
  const pattern = text('filterPattern');
  if (pattern.length > longestPattern) refuse(`filterPattern is over ${longestPattern} characters`);
  return {
    group: text('logGroupName', text('logGroupIdentifier').split(':').pop()),
    streams,
    streamPrefix: text('logStreamNamePrefix'),
    startTime: number('startTime', 0),
    endTime: number('endTime', Number.POSITIVE_INFINITY),
    pattern,
    after: Number(text('nextToken')),
    limit,
  };
}

function eventTest(request: FilterRequest): (event: LogEvent) => boolean {
  const matches = messageTest(request.pattern);
  return ({ sequence, stream, timestamp, message }) =>
    sequence > request.after &&
    timestamp >= request.startTime &&
    timestamp <= request.endTime &&
    (request.streams?.includes(stream) ?? true) &&
    stream.startsWith(request.streamPrefix) &&
    matches(message);
}

/** @throws ServiceError InvalidParameterException for a pattern over JSON or columns, which is not understood here */
function messageTest(pattern: string): (message: string) => boolean {
  if (/^\s*[{[%]/.test(pattern)) {
    refuse(`Local Lambda understands filter patterns of terms only, not: ${pattern}`);
  }
  const terms = [...pattern.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(
    ([, sign = '', quoted, word = '']) => ({ sign, text: quoted?.replace(/\\(.)/g, '$1') ?? word }),
  );
  const either = terms.filter(({ sign }) => sign === '?');
  return (message) =>
    terms.every(({ sign, text }) => sign === '?' || message.includes(text) === (sign === '')) &&
    (either.length === 0 || either.some(({ text }) => message.includes(text)));
}

function refuse(message: string): never {
  throw new ServiceError('InvalidParameterException', message);
}

function describe({ sequence, stream, timestamp, message }: LogEvent): object {
  return {
    logStreamName: stream,
    timestamp,
    message,
    ingestionTime: timestamp,
    eventId: String(sequence).padStart(56, '0'),
  };
}
