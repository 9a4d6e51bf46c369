import { isRecord } from '../isRecord';
import { locate } from '../payload/locate';
import { isNestedBeyond } from './nesting';
import type {
  FailedEvent,
  FailedMessage,
  FailureDetails,
  FailureError,
  NotSendable,
} from './failedEvent';

/** In UTF-16 units. The largest record holds an event of 1 MB and a response of 6 MB; JSON escapes both at most twice. */
export const longestBody = 16 * 1024 * 1024;

/** No event is nested nearly as deeply, and most runtimes could not read it. */
const deepest = 10_000;

/** So much of an error's message is kept, in UTF-16 units. */
const longestMessage = 1024;

/** So much of a response is read for the error in it, in UTF-16 units. */
const longestResponse = 256 * 1024;

/**
 * Reads what Lambda writes when an event failed for good: a dead letter, whose body is the event; the record of a failure
 * destination; and both as an SNS topic wraps them for its subscribers. Never throws; one pass over the text for each
 * layer.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function readFailedEvent(message: FailedMessage): FailedEvent {
  if (isTooLarge(message.body)) return other(message, 'tooLarge');
  const value = parsed(message.body);
  const letter = deadLetter(message, value);
  if (letter) return letter;
  if (value === undefined) return other(message, 'notJson');
  const wrapped = notification(value);
  if (!wrapped) return readRecord(message, value);
  if (isTooLarge(wrapped.body)) return other(message, 'tooLarge');
  const inside = parsed(wrapped.body);
  return deadLetter(wrapped, inside) ?? readRecord(wrapped, inside);
}

function deadLetter(message: FailedMessage, value: unknown): FailedEvent | undefined {
  const { RequestID, ErrorCode, ErrorMessage } = message.attributes ?? {};
  if (RequestID === undefined || (ErrorCode === undefined && ErrorMessage === undefined)) {
    return undefined;
  }
  const error = errorOfLetter(ErrorCode, ErrorMessage);
  const details = { requestId: RequestID, ...(error && { error }) };
  if (value === undefined) return other(message, 'notJson', details);
  return { kind: 'event', payload: message.body, details };
}

/** The code is an HTTP status: 200 when the function itself failed, which says nothing. */
function errorOfLetter(code = '', message = ''): FailureError | undefined {
  const name = code === '200' ? '' : code;
  return name || message ? { name, message: beginning(message) } : undefined;
}

/** What a subscriber of an SNS topic gets; `undefined` for anything else. */
function notification(value: unknown): FailedMessage | undefined {
  if (!isRecord(value) || value['Type'] !== 'Notification') return undefined;
  const { Message: body, MessageAttributes: attributes } = value;
  if (typeof body !== 'string') return undefined;
  return { body, attributes: isRecord(attributes) ? attributesOf(attributes) : {} };
}

function attributesOf(attributes: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, attribute]) => {
      const value = isRecord(attribute) ? attribute['Value'] : undefined;
      return typeof value === 'string' ? [[name, value] as const] : [];
    }),
  );
}

function readRecord(message: FailedMessage, value: unknown): FailedEvent {
  if (value === undefined) return other(message, 'notJson');
  if (!isRecord(value) || !isRecord(value['requestContext'])) {
    return other(message, 'notFailedEvent');
  }
  const details = detailsOf(value, value['requestContext']);
  if (Object.keys(value).some((key) => key.endsWith('BatchInfo'))) {
    return other(message, 'eventSourceMapping', details);
  }
  // The events of some services have a request context, too.
  if (typeof value['version'] !== 'string' || details.functionArn === undefined) {
    return other(message, 'notFailedEvent');
  }
  if (value['requestContext']['condition'] === 'Success') {
    return other(message, 'succeeded', details);
  }
  const payload = payloadText(message.body);
  return payload === undefined
    ? other(message, 'noPayload', details)
    : { kind: 'event', payload, details };
}

/** As text: a number beyond 2^53 would not survive being parsed. */
function payloadText(body: string): string | undefined {
  const pointer = '/requestPayload';
  const found = locate(body, [pointer]).get(pointer)?.value;
  return found && body.slice(found.start, found.end);
}

function detailsOf(
  record: Readonly<Record<string, unknown>>,
  { requestId, functionArn, condition, approximateInvokeCount }: Record<string, unknown>,
): FailureDetails {
  const failedAt = Date.parse(textOf(record['timestamp']) ?? '');
  const error = errorOfRecord(record, textOf(condition));
  return {
    ...(typeof requestId === 'string' && { requestId }),
    ...(typeof functionArn === 'string' && { functionArn }),
    ...(error && { error }),
    ...(Number.isSafeInteger(approximateInvokeCount) && {
      attempts: approximateInvokeCount as number,
    }),
    ...(Number.isFinite(failedAt) && { failedAt }),
  };
}

/** What the function threw; for an event that never ran, why not. */
function errorOfRecord(
  { responsePayload, responseContext }: Readonly<Record<string, unknown>>,
  condition: string | undefined,
): FailureError | undefined {
  const response = isRecord(responsePayload) ? responsePayload : parsedResponse(responsePayload);
  const context = isRecord(responseContext) ? responseContext : {};
  const name = textOf(response['errorType']) ?? textOf(context['functionError']) ?? condition;
  const message = textOf(response['errorMessage']) ?? '';
  return name || message ? { name: name ?? '', message: beginning(message) } : undefined;
}

/** Some runtimes answer with text that holds the error. */
function parsedResponse(response: unknown): Readonly<Record<string, unknown>> {
  if (typeof response !== 'string' || response.length > longestResponse) return {};
  if (isNestedBeyond(response, deepest)) return {};
  const value = parsed(response);
  return isRecord(value) ? value : {};
}

function other(
  { body: text }: FailedMessage,
  reason: NotSendable,
  details: FailureDetails = {},
): FailedEvent {
  return { kind: 'other', reason, text, details };
}

function isTooLarge(text: string): boolean {
  return text.length > longestBody || isNestedBeyond(text, deepest);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function beginning(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage - 1)}…` : text;
}

/** `undefined` for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
