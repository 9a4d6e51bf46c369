import type { Configuration } from './configuration';
import { type FailedEventStore, type LocalMessage, md5 } from './failedEventStore';
import { hasQueue } from './failureDestinations';
import type { Place } from './functionReference';
import { isRecord, parseJson } from './json';
import type { ServiceAnswer, ServiceRequest } from './server';

/** What a call of SQS works on. */
export interface QueueServices {
  readonly place: Place;
  readonly configuration: Configuration;
  readonly failedEvents: FailedEventStore;
}

type Input = Readonly<Record<string, unknown>>;

interface Call {
  readonly input: Input;
  /** The queue's name; that there is one has been checked. */
  readonly queue: string;
  readonly services: QueueServices;
  readonly host: string;
}

/** SQS gives no more at once. */
const mostMessages = 10;
const usualVisibilitySeconds = 30;
const longestVisibilitySeconds = 43_200;

/** The calls that read and empty a queue. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/ */
const calls: Readonly<Record<string, (call: Call) => object>> = {
  GetQueueUrl: ({ queue, services: { place }, host }) => ({
    QueueUrl: `http://${host}/${place.accountId}/${queue}`,
  }),
  GetQueueAttributes: ({ queue, services }) => ({ Attributes: attributesOf(queue, services) }),
  ReceiveMessage: ({ queue, input, services: { failedEvents } }) => {
    const most = numberIn(input, 'MaxNumberOfMessages', 1, [1, mostMessages]);
    const range = [0, longestVisibilitySeconds] as const;
    const seconds = numberIn(input, 'VisibilityTimeout', usualVisibilitySeconds, range);
    const messages = failedEvents.receive(queue, most, seconds);
    return messages.length === 0 ? {} : { Messages: messages.map(messageOf) };
  },
  ChangeMessageVisibility: ({ queue, input, services: { failedEvents } }) => {
    changeVisibility(queue, input, failedEvents);
    return {};
  },
  ChangeMessageVisibilityBatch: ({ queue, input, services: { failedEvents } }) => {
    const entries = Array.isArray(input['Entries']) ? input['Entries'].filter(isRecord) : [];
    const [successful, failed]: [object[], object[]] = [[], []];
    for (const entry of entries) {
      try {
        changeVisibility(queue, entry, failedEvents);
        successful.push({ Id: entry['Id'] });
      } catch (error) {
        if (!(error instanceof QueueError)) throw error;
        const { code: Code, message: Message } = error;
        failed.push({ Id: entry['Id'], Code, Message, SenderFault: true });
      }
    }
    return { Successful: successful, Failed: failed };
  },
  DeleteMessage: ({ queue, input, services: { failedEvents } }) => {
    const result = failedEvents.deleteMessage(queue, textIn(input, 'ReceiptHandle'));
    if (result === 'invalidReceipt') throw invalidReceipt();
    return {};
  },
};

const target = 'AmazonSQS.';

export function isQueueCall(request: ServiceRequest): boolean {
  return request.header('x-amz-target')?.startsWith(target) ?? false;
}

/** Answers a call of SQS in its JSON protocol. */
export function queueCall(request: ServiceRequest, services: QueueServices): ServiceAnswer {
  try {
    const name = request.header('x-amz-target')?.slice(target.length) ?? '';
    const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
    if (!call) throw new QueueError('InvalidAction', `Local Lambda does not know ${name}.`);
    const content = parseJson(new TextDecoder().decode(request.body));
    const input: Input = content.ok && isRecord(content.value) ? content.value : {};
    const queue = queueIn(input);
    if (!hasQueue(services.configuration.functions().values(), queue)) {
      throw new QueueError('QueueDoesNotExist', 'The specified queue does not exist.');
    }
    const host = request.header('host') ?? '';
    return answered(200, call({ input, queue, services, host }));
  } catch (error) {
    if (!(error instanceof QueueError)) throw error;
    const { code, message } = error;
    return answered(400, { __type: `com.amazonaws.sqs#${code}`, message });
  }
}

/** An answer that refuses a request, as SQS words it. */
class QueueError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

function changeVisibility(queue: string, input: Input, failedEvents: FailedEventStore): void {
  const seconds = numberIn(input, 'VisibilityTimeout', 0, [0, longestVisibilitySeconds]);
  const result = failedEvents.changeVisibility(queue, textIn(input, 'ReceiptHandle'), seconds);
  if (result === 'invalidReceipt') throw invalidReceipt();
  if (result === 'notInFlight') {
    const message = 'The message referred to is not in flight.';
    throw new QueueError('MessageNotInflight', message);
  }
}

function invalidReceipt(): QueueError {
  return new QueueError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
}

function messageOf(message: LocalMessage): object {
  const { id, body, attributes, sentAt, receives, firstReceivedAt, receipt } = message;
  const own = Object.entries(attributes).map(([name, StringValue]) => [
    name,
    { DataType: name === 'ErrorCode' ? 'Number' : 'String', StringValue },
  ]);
  return {
    MessageId: id,
    ReceiptHandle: receipt,
    MD5OfBody: md5(body),
    Body: body,
    Attributes: {
      SenderId: 'local',
      SentTimestamp: String(sentAt),
      ApproximateReceiveCount: String(receives),
      ApproximateFirstReceiveTimestamp: String(firstReceivedAt ?? sentAt),
    },
    ...(own.length > 0 && { MessageAttributes: Object.fromEntries(own) }),
  };
}

function attributesOf(queue: string, { place, failedEvents }: QueueServices): object {
  const { visible, inFlight } = failedEvents.count(queue);
  return {
    QueueArn: `arn:aws:sqs:${place.region}:${place.accountId}:${queue}`,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    VisibilityTimeout: String(usualVisibilitySeconds),
  };
}

function queueIn(input: Input): string {
  const { QueueName: name, QueueUrl: url } = input;
  if (typeof name === 'string') return name;
  return typeof url === 'string' ? (url.split('/').at(-1) ?? '') : '';
}

function textIn(input: Input, member: string): string {
  const value = input[member];
  if (typeof value === 'string') return value;
  throw new QueueError('MissingParameter', `The request must contain the parameter ${member}.`);
}

function numberIn(
  input: Input,
  member: string,
  usual: number,
  [least, most]: readonly [number, number],
): number {
  const value = input[member] ?? usual;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) {
    return Number(value);
  }
  throw new QueueError(
    'InvalidParameterValue',
    `Value ${JSON.stringify(value)} for parameter ${member} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}

function answered(status: number, body: object): ServiceAnswer {
  return {
    status,
    headers: { 'Content-Type': 'application/x-amz-json-1.0' },
    body: JSON.stringify(body),
  };
}
