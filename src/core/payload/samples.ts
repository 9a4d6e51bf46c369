/** An event to begin with. Its text is the file `media/samples/<id>.json`. */
export interface SampleEvent {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The AWS event whose schema the sample passes: `aws:sqs`. */
  readonly schema?: string;
}

/** Every sample, in the order in which they are offered. */
export const sampleEvents: readonly SampleEvent[] = [
  {
    id: 'order',
    title: 'Order',
    description: 'An event of your own, as the starting point of one',
  },
  { id: 's3-put', title: 'S3 put', description: 'An object was created', schema: 'aws:s3' },
  { id: 's3-delete', title: 'S3 delete', description: 'An object was deleted', schema: 'aws:s3' },
  {
    id: 's3-eventbridge',
    title: 'S3 by EventBridge',
    description: 'An object was created, told by EventBridge',
    schema: 'aws:s3-eventbridge',
  },
  { id: 'sqs', title: 'SQS', description: 'Two messages of a standard queue', schema: 'aws:sqs' },
  {
    id: 'sqs-fifo',
    title: 'SQS FIFO',
    description: 'A message of a FIFO queue, with its group',
    schema: 'aws:sqs',
  },
  { id: 'sns', title: 'SNS', description: 'A notification of a topic', schema: 'aws:sns' },
  {
    id: 'dynamodb',
    title: 'DynamoDB stream',
    description: 'An item was inserted, changed and removed',
    schema: 'aws:dynamodb',
  },
  {
    id: 'kinesis',
    title: 'Kinesis data stream',
    description: 'A record of a stream, its data in Base64',
    schema: 'aws:kinesis',
  },
  {
    id: 'firehose',
    title: 'Data Firehose transformation',
    description: 'Records to transform, their data in Base64',
    schema: 'aws:firehose',
  },
  {
    id: 'eventbridge',
    title: 'EventBridge',
    description: 'An event of your own on a bus',
    schema: 'aws:eventbridge',
  },
  {
    id: 'scheduled',
    title: 'EventBridge schedule',
    description: 'A rule ran on its schedule',
    schema: 'aws:eventbridge',
  },
  {
    id: 'apigateway-v1',
    title: 'API Gateway REST API',
    description: 'A request in payload format 1.0',
    schema: 'aws:apigateway-v1',
  },
  {
    id: 'apigateway-v2',
    title: 'API Gateway HTTP API',
    description: 'A request in payload format 2.0',
    schema: 'aws:apigateway-v2',
  },
  {
    id: 'apigateway-websocket',
    title: 'API Gateway WebSocket API',
    description: 'A client connected',
    schema: 'aws:apigateway-websocket',
  },
  {
    id: 'apigateway-authorizer-token',
    title: 'API Gateway token authorizer',
    description: 'A token to check, of a REST API',
    schema: 'aws:apigateway-authorizer-token',
  },
  {
    id: 'apigateway-authorizer-request',
    title: 'API Gateway request authorizer',
    description: 'A request to check, of a REST API',
    schema: 'aws:apigateway-authorizer-request',
  },
  {
    id: 'apigateway-authorizer-v2',
    title: 'API Gateway HTTP authorizer',
    description: 'A request to check, of an HTTP API',
    schema: 'aws:apigateway-authorizer-v2',
  },
  {
    id: 'function-url',
    title: 'Lambda function URL',
    description: 'A request to the function itself',
    schema: 'aws:function-url',
  },
  {
    id: 'alb',
    title: 'Application Load Balancer',
    description: 'A request to a target group',
    schema: 'aws:alb',
  },
  {
    id: 'cognito-pre-signup',
    title: 'Cognito pre sign-up',
    description: 'A user signs up',
    schema: 'aws:cognito-pre-signup',
  },
  {
    id: 'cognito-post-confirmation',
    title: 'Cognito post confirmation',
    description: 'A user confirmed the account',
    schema: 'aws:cognito-post-confirmation',
  },
  {
    id: 'cognito-pre-token-generation',
    title: 'Cognito pre token generation',
    description: 'A token is about to be issued',
    schema: 'aws:cognito-pre-token-generation-v1',
  },
  {
    id: 'cognito-custom-message',
    title: 'Cognito custom message',
    description: 'A message is about to be sent to a user',
    schema: 'aws:cognito-custom-message',
  },
  {
    id: 'cloudwatch-logs',
    title: 'CloudWatch Logs',
    description: 'Log lines of a subscription, zipped and in Base64',
    schema: 'aws:cloudwatch-logs',
  },
  { id: 'codepipeline', title: 'CodePipeline', description: 'A job of a pipeline' },
  { id: 'iot-rule', title: 'IoT rule', description: 'A message of a device, as a rule selects it' },
  { id: 'iot-button', title: 'IoT button', description: 'A click of a button' },
  { id: 'lex-v2', title: 'Lex V2', description: 'An intent is to be fulfilled' },
  {
    id: 'config-rule',
    title: 'Config rule',
    description: 'A resource changed and is to be judged',
  },
  {
    id: 'cloudformation-create',
    title: 'CloudFormation custom resource create',
    description: 'A stack creates the resource',
    schema: 'aws:cloudformation-create',
  },
  {
    id: 'cloudformation-update',
    title: 'CloudFormation custom resource update',
    description: 'A stack changes the resource',
    schema: 'aws:cloudformation-update',
  },
  {
    id: 'secrets-rotation',
    title: 'Secrets Manager rotation',
    description: 'One step of the rotation of a secret',
  },
  { id: 'ses', title: 'SES receipt', description: 'A mail arrived', schema: 'aws:ses' },
  {
    id: 'kafka-msk',
    title: 'Amazon MSK',
    description: 'A record of a Kafka topic',
    schema: 'aws:kafka-msk',
  },
  {
    id: 'kafka-self-managed',
    title: 'Self-managed Apache Kafka',
    description: 'A record of a Kafka topic',
    schema: 'aws:kafka-self-managed',
  },
  {
    id: 'mq-activemq',
    title: 'Amazon MQ for ActiveMQ',
    description: 'A message of a queue, its data in Base64',
  },
  {
    id: 'mq-rabbitmq',
    title: 'Amazon MQ for RabbitMQ',
    description: 'A message of a queue, its data in Base64',
  },
  {
    id: 'step-functions',
    title: 'Step Functions task',
    description: 'The input of a task that answers with a token',
  },
  {
    id: 'appsync',
    title: 'AppSync resolver',
    description: 'A field of a GraphQL query',
    schema: 'aws:appsync',
  },
];

/** The path of a sample's file from the folder of the extension. */
export function samplePath({ id }: SampleEvent): string {
  return `media/samples/${id}.json`;
}
