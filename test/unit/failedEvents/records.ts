/** Failed events as AWS writes them, in the shapes that its documentation shows. */

export const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:orders';
export const requestId = 'e4b46cbf-b738-xmpl-8880-a18cdf61200e';

/**
 * The record of a failure destination.
 * @param requestPayload put in as text
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function failureRecord(
  requestPayload: string,
  members: Record<string, unknown> = {},
): string {
  const record = {
    version: '1.0',
    timestamp: '2019-11-14T18:16:05.568Z',
    requestContext: {
      requestId,
      functionArn: `${functionArn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: '\u0000',
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorMessage: 'No stock for O-1', errorType: 'OutOfStock' },
    ...members,
  };
  // No replacement pattern: a payload may hold "$&".
  return JSON.stringify(record).replace(JSON.stringify('\u0000'), () => requestPayload);
}

/** The attributes of a dead letter on SQS. */
export const letterAttributes = {
  RequestID: requestId,
  ErrorCode: '200',
  ErrorMessage: 'No stock for O-1',
};

/** What a topic makes of a message for a queue that subscribes to it. */
export function notification(body: string, attributes: Record<string, string> = {}): string {
  return JSON.stringify({
    Type: 'Notification',
    MessageId: '0b1f8ae5-4f2a-5d0c-9b1c-d4a9f1f4e2a7',
    TopicArn: 'arn:aws:sns:us-east-1:123456789012:failures',
    Message: body,
    Timestamp: '2019-11-14T18:16:06.000Z',
    SignatureVersion: '1',
    Signature: 'EXAMPLE',
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, Value]) => [name, { Type: 'String', Value }]),
    ),
  });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html */
export const batchRecord = JSON.stringify({
  requestContext: {
    requestId: 'c9b8fa9f-5a7f-xmpl-af9c-0c604cde93a5',
    functionArn,
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 1,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  version: '1.0',
  timestamp: '2019-11-14T00:38:06.021Z',
  KinesisBatchInfo: {
    shardId: 'shardId-000000000001',
    startSequenceNumber: '49601189658422359378836298521827638475320189012309704722',
    batchSize: 500,
    streamArn: 'arn:aws:kinesis:us-east-2:123456789012:stream/mystream',
  },
});
