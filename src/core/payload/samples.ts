import * as l10n from '@vscode/l10n';

/** An event to begin with. Its text is the file `media/samples/<id>.json`. */
export interface SampleEvent {
  readonly id: string;
  /** What AWS calls it. */
  readonly title: string;
  readonly description: () => string;
  /** The AWS event whose schema the sample passes: `aws:sqs`. */
  readonly schema?: string;
}

/** Every sample, in the order in which they are offered. */
export const sampleEvents: readonly SampleEvent[] = [
  {
    id: 'order',
    title: 'Order',
    description: () => l10n.t('A custom event to start from'),
  },
  {
    id: 's3-put',
    title: 'S3 put',
    description: () => l10n.t('An object was created'),
    schema: 'aws:s3',
  },
  {
    id: 's3-delete',
    title: 'S3 delete',
    description: () => l10n.t('An object was deleted'),
    schema: 'aws:s3',
  },
  {
    id: 's3-eventbridge',
    title: 'S3 by EventBridge',
    description: () => l10n.t('An object was created, reported by EventBridge'),
    schema: 'aws:s3-eventbridge',
  },
  {
    id: 'sqs',
    title: 'SQS',
    description: () => l10n.t('Two messages from a standard queue'),
    schema: 'aws:sqs',
  },
  {
    id: 'sqs-fifo',
    title: 'SQS FIFO',
    description: () => l10n.t('A message from a FIFO queue, with its message group'),
    schema: 'aws:sqs',
  },
  {
    id: 'sns',
    title: 'SNS',
    description: () => l10n.t('A notification from a topic'),
    schema: 'aws:sns',
  },
  {
    id: 'dynamodb',
    title: 'DynamoDB stream',
    description: () => l10n.t('An item was inserted, changed and removed'),
    schema: 'aws:dynamodb',
  },
  {
    id: 'kinesis',
    title: 'Kinesis data stream',
    description: () => l10n.t('A record from a stream, with Base64-encoded data'),
    schema: 'aws:kinesis',
  },
  {
    id: 'firehose',
    title: 'Data Firehose transformation',
    description: () => l10n.t('Records to transform, with Base64-encoded data'),
    schema: 'aws:firehose',
  },
  {
    id: 'eventbridge',
    title: 'EventBridge',
    description: () => l10n.t('A custom event on an event bus'),
    schema: 'aws:eventbridge',
  },
  {
    id: 'scheduled',
    title: 'EventBridge schedule',
    description: () => l10n.t('A scheduled rule ran'),
    schema: 'aws:eventbridge',
  },
  {
    id: 'apigateway-v1',
    title: 'API Gateway REST API',
    description: () => l10n.t('A request in payload format 1.0'),
    schema: 'aws:apigateway-v1',
  },
  {
    id: 'apigateway-v2',
    title: 'API Gateway HTTP API',
    description: () => l10n.t('A request in payload format 2.0'),
    schema: 'aws:apigateway-v2',
  },
  {
    id: 'apigateway-websocket',
    title: 'API Gateway WebSocket API',
    description: () => l10n.t('A client connected'),
    schema: 'aws:apigateway-websocket',
  },
  {
    id: 'apigateway-authorizer-token',
    title: 'API Gateway token authorizer',
    description: () => l10n.t('A REST API token to authorize'),
    schema: 'aws:apigateway-authorizer-token',
  },
  {
    id: 'apigateway-authorizer-request',
    title: 'API Gateway request authorizer',
    description: () => l10n.t('A REST API request to authorize'),
    schema: 'aws:apigateway-authorizer-request',
  },
  {
    id: 'apigateway-authorizer-v2',
    title: 'API Gateway HTTP authorizer',
    description: () => l10n.t('An HTTP API request to authorize'),
    schema: 'aws:apigateway-authorizer-v2',
  },
  {
    id: 'function-url',
    title: 'Lambda function URL',
    description: () => l10n.t('A request to the function URL'),
    schema: 'aws:function-url',
  },
  {
    id: 'alb',
    title: 'Application Load Balancer',
    description: () => l10n.t('A request to a target group'),
    schema: 'aws:alb',
  },
  {
    id: 'cognito-pre-signup',
    title: 'Cognito pre sign-up',
    description: () => l10n.t('A user signs up'),
    schema: 'aws:cognito-pre-signup',
  },
  {
    id: 'cognito-post-confirmation',
    title: 'Cognito post confirmation',
    description: () => l10n.t('A user confirmed the account'),
    schema: 'aws:cognito-post-confirmation',
  },
  {
    id: 'cognito-pre-token-generation',
    title: 'Cognito pre token generation',
    description: () => l10n.t('A token is about to be issued'),
    schema: 'aws:cognito-pre-token-generation-v1',
  },
  {
    id: 'cognito-custom-message',
    title: 'Cognito custom message',
    description: () => l10n.t('A message is about to be sent to a user'),
    schema: 'aws:cognito-custom-message',
  },
  {
    id: 'cloudwatch-logs',
    title: 'CloudWatch Logs',
    description: () => l10n.t('Log events from a subscription, compressed and Base64-encoded'),
    schema: 'aws:cloudwatch-logs',
  },
  { id: 'codepipeline', title: 'CodePipeline', description: () => l10n.t('A pipeline job') },
  {
    id: 'iot-rule',
    title: 'IoT rule',
    description: () => l10n.t('A device message selected by a rule'),
  },
  { id: 'iot-button', title: 'IoT button', description: () => l10n.t('A button was clicked') },
  { id: 'lex-v2', title: 'Lex V2', description: () => l10n.t('An intent to fulfill') },
  {
    id: 'config-rule',
    title: 'Config rule',
    description: () => l10n.t('A changed resource to evaluate'),
  },
  {
    id: 'cloudformation-create',
    title: 'CloudFormation custom resource create',
    description: () => l10n.t('A stack creates the resource'),
    schema: 'aws:cloudformation-create',
  },
  {
    id: 'cloudformation-update',
    title: 'CloudFormation custom resource update',
    description: () => l10n.t('A stack updates the resource'),
    schema: 'aws:cloudformation-update',
  },
  {
    id: 'secrets-rotation',
    title: 'Secrets Manager rotation',
    description: () => l10n.t('One step of a secret rotation'),
  },
  {
    id: 'ses',
    title: 'SES receipt',
    description: () => l10n.t('An email was received'),
    schema: 'aws:ses',
  },
  {
    id: 'kafka-msk',
    title: 'Amazon MSK',
    description: () => l10n.t('A record from a Kafka topic'),
    schema: 'aws:kafka-msk',
  },
  {
    id: 'kafka-self-managed',
    title: 'Self-managed Apache Kafka',
    description: () => l10n.t('A record from a Kafka topic'),
    schema: 'aws:kafka-self-managed',
  },
  {
    id: 'mq-activemq',
    title: 'Amazon MQ for ActiveMQ',
    description: () => l10n.t('A message from a queue, with Base64-encoded data'),
  },
  {
    id: 'mq-rabbitmq',
    title: 'Amazon MQ for RabbitMQ',
    description: () => l10n.t('A message from a queue, with Base64-encoded data'),
  },
  {
    id: 'step-functions',
    title: 'Step Functions task',
    description: () => l10n.t('The input of a task that waits for a callback'),
  },
  {
    id: 'appsync',
    title: 'AppSync resolver',
    description: () => l10n.t('A GraphQL field to resolve'),
    schema: 'aws:appsync',
  },
];

/** The path of a sample's file from the folder of the extension. */
export function samplePath({ id }: SampleEvent): string {
  return `media/samples/${id}.json`;
}
