/** The state machine that sends each line of an event file in S3 to a function, as Amazon States Language; pure. */

/** Who gets the events. */
export interface ReceivingFunction {
  /** Full, with the alias or version that is invoked. */
  readonly arn: string;
  /** Durable functions are given an execution name for each event, so that none runs twice. */
  readonly isDurable: boolean;
}

/** How the lines of a file are sent. */
export interface MapOptions {
  /** Child executions at once, 1 to 10,000. */
  readonly concurrency: number;
  /** Of 100: when more lines than that fail, the whole execution does, and the rest is not sent. */
  readonly toleratedFailurePercentage: number;
}

/** What an execution is started with: what differs from file to file. */
export interface ExecutionInput {
  readonly bucket: string;
  /** Of the event file. */
  readonly key: string;
  /** Where the results go, without a slash at its end. */
  readonly prefix: string;
}

/** In the ARN of a child execution: what the role may stop and redrive. */
export const mapLabel = 'SendEvents';

/** The largest item of a Distributed Map, in UTF-8 bytes: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const itemLimitBytes = 262_144;

/** Child executions that Step Functions runs at once: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export const mostConcurrency = 10_000;

/**
 * A Distributed Map over the lines of a JSON Lines file, a standard child execution for each: those start exactly once.
 * It retries throttling alone: any other error may come after the event was queued.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function stateMachineDefinition(
  { arn, isDurable }: ReceivingFunction,
  { concurrency, toleratedFailurePercentage }: MapOptions,
) {
  const [, partition = 'aws'] = arn.split(':');
  const service = (action: string) => `arn:${partition}:states:::${action}`;
  return {
    Comment: 'Sends each line of an event file as an asynchronous event',
    QueryLanguage: 'JSONata',
    StartAt: 'Send events',
    States: {
      'Send events': {
        Type: 'Map',
        Label: mapLabel,
        MaxConcurrency: concurrency,
        ToleratedFailurePercentage: toleratedFailurePercentage,
        ItemReader: {
          Resource: service('s3:getObject'),
          ReaderConfig: { InputType: 'JSONL' },
          Arguments: { Bucket: '{% $states.input.bucket %}', Key: '{% $states.input.key %}' },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Send',
          States: {
            Send: {
              Type: 'Task',
              // The optimized integration has no parameter for the name of a durable execution.
              Resource: service(isDurable ? 'aws-sdk:lambda:invoke' : 'lambda:invoke'),
              Arguments: {
                FunctionName: arn,
                InvocationType: 'Event',
                ...(isDurable && { DurableExecutionName: '{% $states.context.Execution.Name %}' }),
                Payload: '{% $states.input %}',
              },
              Retry: [
                {
                  ErrorEquals: ['Lambda.TooManyRequestsException'],
                  IntervalSeconds: 1,
                  BackoffRate: 2,
                  MaxAttempts: 8,
                  JitterStrategy: 'FULL',
                },
              ],
              End: true,
            },
          },
        },
        ResultWriter: {
          Resource: service('s3:putObject'),
          Arguments: { Bucket: '{% $states.input.bucket %}', Prefix: '{% $states.input.prefix %}' },
          WriterConfig: { Transformation: 'NONE', OutputType: 'JSONL' },
        },
        End: true,
      },
    },
  };
}
