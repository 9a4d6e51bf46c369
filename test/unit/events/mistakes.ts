/** What was done to a right event: paths are keys and indexes separated by slashes. */
export type Mistake =
  | { readonly set: string; readonly to: unknown }
  | { readonly rename: string; readonly to: string }
  | { readonly move: string; readonly to: string }
  | ((event: WithRecords) => unknown);

interface WithRecords {
  readonly Records: readonly Record<string, unknown>[];
}

type Row = readonly [
  what: string,
  sample: string,
  mistake: Mistake,
  message: RegExp,
  fixed?: unknown,
];

/** A value of another type, at a path of a sample. */
function wrongType(sample: string, set: string, to: unknown, message: RegExp): Row {
  return [`${set} is ${JSON.stringify(to)}`, sample, { set, to }, message];
}

/** A misspelled key, whose fix makes the event as it was. */
function misspelled(sample: string, path: string, to: string): Row {
  const key = path.slice(path.lastIndexOf('/') + 1);
  const message = new RegExp(`no key "${to}" here. Did you mean "${key}"`);
  return [`${path} is spelled ${to}`, sample, { rename: path, to }, message, 'as before'];
}

/** A key in the wrong object. */
function misplaced(sample: string, move: string, to: string, message: RegExp): Row {
  return [`${move} stands at ${to}`, sample, { move, to }, message];
}

const listed: Mistake = (event) => [event];

export const mistakes: readonly Row[] = [
  // Bodies and messages are text.
  wrongType('sqs', 'Records/0/body', { orderId: 1 }, /a string, is an object/),
  wrongType('sns', 'Records/0/Sns/Message', { orderId: 1 }, /a string, is an object/),
  wrongType('apigateway-v1', 'body', { orderId: 1 }, /a string or null, is an object/),
  wrongType('apigateway-v2', 'body', { orderId: 1 }, /a string, is an object/),
  wrongType('function-url', 'body', { orderId: 1 }, /a string, is an object/),
  wrongType('alb', 'body', { orderId: 1 }, /a string or null, is an object/),
  wrongType('apigateway-websocket', 'body', { action: 'x' }, /a string, is an object/),
  wrongType('kinesis', 'Records/0/kinesis/data', { orderId: 1 }, /a string, is an object/),
  wrongType('firehose', 'records/0/data', { orderId: 1 }, /a string, is an object/),
  wrongType('cloudwatch-logs', 'awslogs/data', { logEvents: [] }, /a string, is an object/),
  [
    'an object where a body is text, which the fix writes as text',
    'sqs',
    (event) => ({ Records: [{ ...event.Records[0], body: { orderId: 'ö"1' } }] }),
    /a string, is an object/,
  ],
  // Structure.
  wrongType('sqs', 'Records', {}, /an array, is an object/),
  wrongType('sns', 'Records/0/Sns', [], /an object, is an array/),
  wrongType('s3-put', 'Records/0/s3/bucket', 'orders', /an object, is the string/),
  wrongType('s3-put', 'Records/0/s3/object', 'invoice.pdf', /an object, is the string/),
  wrongType('dynamodb', 'Records/0/dynamodb', [], /an object, is an array/),
  wrongType('dynamodb', 'Records/0/dynamodb/Keys/orderId', 'o-1', /an object, is the string/),
  wrongType('dynamodb', 'Records/0/dynamodb/NewImage/orderId', 'o-1', /an object, is the string/),
  wrongType('dynamodb', 'Records/0/dynamodb/NewImage/total/N', 59.8, /a string, is the number/),
  wrongType('dynamodb', 'Records/0/dynamodb/Keys/orderId/S', 1, /a string, is the number/),
  wrongType('sqs', 'Records/0/attributes', [], /an object, is an array/),
  wrongType('apigateway-v1', 'headers', [], /an object or null, is an array/),
  wrongType('apigateway-v1', 'multiValueHeaders/Accept', 'x', /an array, is the string/),
  wrongType('apigateway-v2', 'headers/accept', ['x'], /a string, is an array/),
  wrongType('apigateway-v2', 'cookies', 'session=x', /an array, is the string/),
  wrongType('apigateway-v2', 'requestContext/http', 'GET', /an object, is the string/),
  wrongType('ses', 'Records/0/ses/mail/destination', 'a@example.com', /an array, is the string/),
  wrongType('kafka-msk', 'records/orders-0', {}, /an array, is an object/),
  wrongType('eventbridge', 'resources', 'arn:aws:s3:::b', /an array, is the string/),
  wrongType('cognito-pre-signup', 'request/userAttributes', [], /an object, is an array/),
  wrongType('appsync', 'info/selectionSetList', 'orderId', /an array, is the string/),
  // Types.
  wrongType('sqs', 'Records/0/messageId', 7, /a string, is the number 7/),
  wrongType('sqs', 'Records/0/attributes/ApproximateReceiveCount', 1, /a string, is the number/),
  wrongType('s3-put', 'Records/0/s3/object/size', '48213', /a number, is the string/),
  wrongType('kinesis', 'Records/0/kinesis/sequenceNumber', 495, /a string, is the number/),
  wrongType(
    'kinesis',
    'Records/0/kinesis/approximateArrivalTimestamp',
    '2026-03-02T09:15:30Z',
    /a number, is the string/,
  ),
  wrongType('dynamodb', 'Records/0/dynamodb/SizeBytes', '26', /a number, is the string/),
  wrongType('apigateway-v1', 'isBase64Encoded', 'false', /a boolean, is the string/),
  wrongType('apigateway-v2', 'isBase64Encoded', 0, /a boolean, is the number/),
  wrongType('apigateway-v2', 'version', 2, /"2\.0", is the number 2|a string, is the number 2/),
  wrongType('apigateway-v2', 'requestContext/timeEpoch', 'now', /a number, is the string/),
  wrongType('alb', 'isBase64Encoded', 'true', /a boolean, is the string/),
  wrongType('kafka-msk', 'records/orders-0/0/offset', '15', /a number, is the string/),
  wrongType('ses', 'Records/0/ses/receipt/processingTimeMillis', '5', /a number, is the string/),
  wrongType('eventbridge', 'account', 123456789012, /a string, is the number/),
  wrongType('sns', 'Records/0/Sns/Timestamp', 1772442930, /a string, is the number/),
  wrongType('cognito-pre-signup', 'response/autoConfirmUser', 'yes', /a boolean.*is the string/),
  wrongType('apigateway-websocket', 'requestContext/connectedAt', 'now', /a number, is the string/),
  wrongType('sqs', 'Records/1/body', null, /a string, is null/),
  // Values.
  wrongType('dynamodb', 'Records/0/eventName', 'UPDATE', /"INSERT", "MODIFY" or "REMOVE"/),
  wrongType('dynamodb', 'Records/0/dynamodb/StreamViewType', 'ALL', /"KEYS_ONLY"/),
  wrongType('ses', 'Records/0/ses/receipt/spamVerdict/status', 'OK', /"PASS"/),
  wrongType('sqs', 'Records/1/eventSource', 'aws:sns', /"aws:sqs", is the string "aws:sns"/),
  wrongType('cloudformation-create', 'RequestType', 'create', /"Create", is the string "create"/),
  // Misspelled keys.
  misspelled('sqs', 'Records/0/messageId', 'messageID'),
  misspelled('sqs', 'Records/0/messageAttributes', 'messageAttribute'),
  misspelled('sqs', 'Records/0/receiptHandle', 'recieptHandle'),
  misspelled('sqs', 'Records/0/eventSourceARN', 'eventSourceArn'),
  misspelled('sqs', 'Records/0/attributes/SenderId', 'SenderID'),
  misspelled('sqs', 'Records', 'records'),
  misspelled('sns', 'Records/0/Sns', 'SNS'),
  misspelled('sns', 'Records/0/Sns/MessageId', 'messageId'),
  misspelled('s3-put', 'Records/0/s3/object/eTag', 'etag'),
  misspelled('s3-put', 'Records/0/s3/bucket/ownerIdentity', 'ownerIdentiy'),
  misspelled('kinesis', 'Records/0/kinesis/partitionKey', 'partitonKey'),
  misspelled('dynamodb', 'Records/0/dynamodb/NewImage', 'newImage'),
  misspelled('apigateway-v1', 'queryStringParameters', 'queryStringParameter'),
  misspelled('apigateway-v1', 'pathParameters', 'pathParameter'),
  misspelled('apigateway-v1', 'isBase64Encoded', 'isBase64'),
  misspelled('apigateway-v2', 'rawQueryString', 'rawQuerystring'),
  misspelled('apigateway-v2', 'requestContext/http/sourceIp', 'sourceIP'),
  misspelled('eventbridge', 'detail-type', 'detailType'),
  misspelled('alb', 'queryStringParameters', 'querystringParameters'),
  misspelled('cognito-pre-signup', 'request/userAttributes', 'userAtributes'),
  misspelled('ses', 'Records/0/ses/mail/commonHeaders', 'commonHeader'),
  misspelled('kafka-msk', 'bootstrapServers', 'bootstrapServer'),
  misspelled('firehose', 'deliveryStreamArn', 'deliveryStreamARN'),
  // Keys in the wrong object.
  misplaced(
    'sqs',
    'Records/0/attributes/SentTimestamp',
    'Records/0/SentTimestamp',
    /belongs in "attributes"/,
  ),
  misplaced('sqs', 'Records/0/body', 'Records/0/attributes/body', /belongs one level up/),
  misplaced('sqs', 'Records/0/body', 'body', /belongs in "Records"/),
  misplaced('s3-put', 'Records/0/s3/bucket/arn', 'Records/0/s3/arn', /belongs in "bucket"/),
  misplaced('sns', 'Records/0/Sns/Message', 'Records/0/Message', /belongs in "Sns"/),
  misplaced(
    'apigateway-v2',
    'requestContext/http/method',
    'requestContext/method',
    /belongs in "http"/,
  ),
  // Something else.
  ['the event in a list', 'sqs', listed, /an object, is an array/],
  ['the event in a list', 'apigateway-v2', listed, /an object, is an array/],
  [
    'a record alone',
    'sqs',
    (event) => event.Records[0],
    /"Records" is missing: this is a single item/,
  ],
  [
    'a record alone',
    's3-put',
    (event) => event.Records[0],
    /"Records" is missing: this is a single item/,
  ],
  ['an event as text', 'sqs', (event) => JSON.stringify(event), /an object, is the string/],
  ['a body of its own', 'sqs', () => ({ orderId: 'o-1', total: 59.8 }), /"Records" is missing/],
  [
    'another service',
    'sqs',
    () => ({ Records: [{ EventSource: 'aws:sns', Sns: {} }] }),
    /the event "SNS", not "SQS"/,
  ],
  [
    'the other API',
    'apigateway-v1',
    () => ({ version: '2.0', requestContext: { http: {} } }),
    /"API Gateway HTTP API", not/,
  ],
];

/** The event with the mistake in it. */
export function mutated(event: unknown, mistake: Mistake): unknown {
  if (typeof mistake === 'function') return mistake(event as WithRecords);
  if ('set' in mistake) {
    const { holder, key } = placeOf(event, mistake.set);
    holder[key] = mistake.to;
  } else if ('rename' in mistake) {
    const { holder, key } = placeOf(event, mistake.rename);
    const entries = Object.entries(holder);
    for (const [name] of entries) delete holder[name];
    for (const [name, value] of entries) holder[name === key ? mistake.to : name] = value;
  } else {
    const from = placeOf(event, mistake.move);
    const to = placeOf(event, mistake.to);
    to.holder[to.key] = from.holder[from.key];
    delete from.holder[from.key];
  }
  return event;
}

function placeOf(event: unknown, path: string): { holder: Record<string, unknown>; key: string } {
  const steps = path.split('/');
  const key = steps.pop() ?? '';
  const holder = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], event);
  return { holder: holder as Record<string, unknown>, key };
}
