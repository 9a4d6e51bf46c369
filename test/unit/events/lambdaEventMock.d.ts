/** As much of the package as we use: it has no types of its own. */
declare module 'lambda-event-mock' {
  interface Builder {
    build(): unknown;
    body(text: string): Builder;
    bucket(name: string): Builder;
    data(text: string): Builder;
    message(text: string): Builder;
    object(key: string): Builder;
    path(path: string): Builder;
  }

  export function apiGateway(): Builder;
  export function cloudformation(): Builder;
  export function cloudwatch(): Builder;
  export function cloudwatchLogs(): Builder;
  export function cognito(): Builder;
  export function dynamodb(): Builder;
  export function firehose(): Builder;
  export function kinesis(): Builder;
  export function s3(): Builder;
  export function ses(): Builder;
  export function sns(): Builder;
  export function sqs(): Builder;
}
