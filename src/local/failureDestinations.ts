import { randomUUID } from 'node:crypto';
import type { LocalFunction } from './configurationText';
import { bucketName, type FailedEventStore } from './failedEventStore';
import type { Place } from './functionReference';
import type { Attempt, FunctionError } from './invocation';
import type { QueuedEvent } from './queuedEvent';

type Destinations = Pick<LocalFunction, 'name' | 'deadLetter' | 'onFailure'>;

/** Lambda keeps so much of the message, in UTF-16 units. */
const longestMessage = 1024;

/** ARN of the queue for the function's dead letters, if it has one. */
export function deadLetterArn(fn: Destinations, place: Place): string | undefined {
  return fn.deadLetter ? queueArn(deadLetterQueue(fn.name), place) : undefined;
}

/** ARN of the function's failure destination, if it has one. */
export function failureDestinationArn(fn: Destinations, place: Place): string | undefined {
  if (fn.onFailure === undefined) return undefined;
  return fn.onFailure === 'bucket'
    ? `arn:aws:s3:::${bucketName}`
    : queueArn(failureQueue(fn.name), place);
}

/** Whether there is a queue of this name. */
export function hasQueue(functions: Iterable<Destinations>, queue: string): boolean {
  return [...functions].some(
    (fn) =>
      (fn.deadLetter && deadLetterQueue(fn.name) === queue) ||
      (fn.onFailure === 'queue' && failureQueue(fn.name) === queue),
  );
}

/** Puts an event whose last attempt failed where its function is configured to. Returns how many others had to make room. */
export function storeFailedEvent(
  fn: Destinations,
  event: QueuedEvent,
  attempt: Attempt,
  store: FailedEventStore,
): number {
  const { result } = attempt;
  if (result.status === 'success') return 0;
  const { invocation } = event;
  // What is sent without a payload runs with an empty object.
  const payload = Buffer.from(invocation.payload).toString() || '{}';
  let dropped = 0;
  if (fn.deadLetter) {
    dropped += store.send(deadLetterQueue(fn.name), payload, {
      RequestID: invocation.requestId,
      ErrorCode: '200',
      ErrorMessage: result.error.errorMessage.slice(0, longestMessage),
    });
  }
  if (fn.onFailure === undefined) return dropped;
  const now = new Date();
  const record = failureRecord(event, payload, { ...attempt, error: result.error }, now);
  return (
    dropped +
    (fn.onFailure === 'queue'
      ? store.send(failureQueue(fn.name), record)
      : store.put(objectKey(fn.name, now), record))
  );
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function failureRecord(
  { invocation, attempts }: QueuedEvent,
  payload: string,
  { error, isFinal }: Pick<Attempt, 'isFinal'> & { readonly error: FunctionError },
  now: Date,
): string {
  const { requestId, functionArn, version } = invocation;
  // That of an event which waited for too long comes from no run.
  const isTooOld = isFinal === true && error.errorType === 'EventAgeExceeded';
  const isQualified = functionArn.endsWith(`:${version}`);
  const [before, after] = [
    {
      version: '1.0',
      timestamp: now.toISOString(),
      requestContext: {
        requestId,
        functionArn: isQualified ? functionArn : `${functionArn}:$LATEST`,
        condition: isTooOld ? 'EventAgeExceeded' : 'RetriesExhausted',
        approximateInvokeCount: attempts,
      },
    },
    isTooOld
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: '$LATEST',
            functionError: 'Unhandled',
          },
          responsePayload: error,
        },
  ].map((part) => JSON.stringify(part).slice(1, -1));
  // As text: the event stays as it was sent.
  return `{${[before, `"requestPayload":${payload.trim()}`, after].filter(Boolean).join()}}`;
}

function objectKey(name: string, now: Date): string {
  const [day = '', time = ''] = now.toISOString().split('T');
  const stamp = `${day}T${time.slice(0, 8).replaceAll(':', '.')}`;
  return `aws/lambda/async/${name}/${day.replaceAll('-', '/')}/${stamp}-${randomUUID()}`;
}

function deadLetterQueue(functionName: string): string {
  return `${functionName}-dead-letters`;
}

function failureQueue(functionName: string): string {
  return `${functionName}-failures`;
}

function queueArn(name: string, { region, accountId }: Place): string {
  return `arn:aws:sqs:${region}:${accountId}:${name}`;
}
