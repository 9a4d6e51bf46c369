import createEvent from '@serverless/event-mocks';
import * as builders from 'lambda-event-mock';

type Sample = Parameters<typeof createEvent>[0];

/** Nothing is needed, whatever the types of `createEvent` say. */
function made(name: Sample): unknown {
  return createEvent(name, {});
}

/**
 * The sample events of npm packages, with the event that each is recognized as and all that is said of it. What is said
 * was judged against AWS's documentation; it stands beside.
 */
export const packageEvents: readonly {
  readonly name: string;
  readonly event: unknown;
  readonly expected: readonly unknown[];
}[] = [
  { name: '@serverless/event-mocks aws:sns', event: made('aws:sns'), expected: ['aws:sns'] },
  { name: '@serverless/event-mocks aws:sqs', event: made('aws:sqs'), expected: ['aws:sqs'] },
  { name: '@serverless/event-mocks aws:s3', event: made('aws:s3'), expected: ['aws:s3'] },
  {
    name: '@serverless/event-mocks aws:kinesis',
    event: made('aws:kinesis'),
    expected: ['aws:kinesis'],
  },
  {
    name: '@serverless/event-mocks aws:dynamo',
    event: made('aws:dynamo'),
    expected: ['aws:dynamodb'],
  },
  {
    name: '@serverless/event-mocks aws:apiGateway',
    event: made('aws:apiGateway'),
    expected: ['aws:apigateway-v1'],
  },
  {
    // With the path and method of a REST API.
    name: '@serverless/event-mocks aws:websocket',
    event: made('aws:websocket'),
    expected: ['aws:apigateway-v1'],
  },
  {
    name: '@serverless/event-mocks aws:scheduled',
    event: made('aws:scheduled'),
    expected: ['aws:eventbridge'],
  },
  {
    name: '@serverless/event-mocks aws:cloudWatch',
    event: made('aws:cloudWatch'),
    expected: ['aws:eventbridge'],
  },
  {
    name: '@serverless/event-mocks aws:cloudWatchLog',
    event: made('aws:cloudWatchLog'),
    expected: ['aws:cloudwatch-logs'],
  },
  // Its trigger source is the word "string", so that nobody can say of which trigger it is.
  {
    name: '@serverless/event-mocks aws:cognitoUserPool',
    event: made('aws:cognitoUserPool'),
    expected: [undefined],
  },
  { name: '@serverless/event-mocks aws:iot', event: made('aws:iot'), expected: [undefined] },
  {
    name: '@serverless/event-mocks aws:alexaSkill',
    event: made('aws:alexaSkill'),
    expected: [undefined],
  },
  {
    name: '@serverless/event-mocks aws:alexaSmartHome',
    event: made('aws:alexaSmartHome'),
    expected: [undefined],
  },
  // The path alone of the request's context: a proxy event has all of these, in REST and HTTP APIs.
  {
    name: 'lambda-event-mock apiGateway',
    event: builders.apiGateway().path('/orders').build(),
    expected: [
      'aws:apigateway-v1',
      'information: Missing: "accountId", "stage", "identity", "requestId", "httpMethod".',
    ],
  },
  {
    name: 'lambda-event-mock cloudformation',
    event: builders.cloudformation().build(),
    expected: ['aws:cloudformation-create'],
  },
  {
    name: 'lambda-event-mock cloudwatch',
    event: builders.cloudwatch().build(),
    expected: ['aws:eventbridge'],
  },
  {
    name: 'lambda-event-mock cloudwatchLogs',
    event: builders.cloudwatchLogs().build(),
    expected: ['aws:cloudwatch-logs'],
  },
  // Of Cognito Sync, for which there is no shape.
  { name: 'lambda-event-mock cognito', event: builders.cognito().build(), expected: [undefined] },
  {
    name: 'lambda-event-mock dynamodb',
    event: builders.dynamodb().build(),
    expected: ['aws:dynamodb'],
  },
  // AWS sends milliseconds: https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
  {
    name: 'lambda-event-mock firehose',
    event: builders.firehose().build(),
    expected: ['aws:firehose', 'warning: Must be a number, is the string "…".'],
  },
  // AWS sends it with each record: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
  {
    name: 'lambda-event-mock kinesis',
    event: builders.kinesis().data('x').build(),
    expected: ['aws:kinesis', 'information: "approximateArrivalTimestamp" is missing.'],
  },
  {
    name: 'lambda-event-mock s3',
    event: builders.s3().object('a').bucket('b').build(),
    expected: ['aws:s3'],
  },
  // SES names both: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
  {
    name: 'lambda-event-mock ses',
    event: builders.ses().build(),
    expected: ['aws:ses', 'information: Missing: "returnPath", "messageId".'],
  },
  {
    name: 'lambda-event-mock sns',
    event: builders.sns().message('x').build(),
    expected: ['aws:sns'],
  },
  // AWS sends a string: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
  {
    name: 'lambda-event-mock sqs',
    event: builders.sqs().body('x').build(),
    expected: ['aws:sqs', 'warning: Must be a string, is the number ….'],
  },
];
