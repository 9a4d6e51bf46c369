/** Where Lambda puts the events of a function that failed for good. */

/** SNS topics, event buses and functions get such an event once, and keep nothing. */
export type PlaceService = 'queue' | 'bucket' | 'topic' | 'eventBus' | 'function' | 'other';

export interface FailedEventPlace {
  /** By which of the function's settings. */
  readonly kind: 'deadLetters' | 'failureDestination';
  readonly service: PlaceService;
  readonly arn: string;
  /** Of the queue, bucket, …, as people call it. */
  readonly name: string;
  /** Absent for buckets. */
  readonly region?: string;
  readonly accountId?: string;
}

const services: Readonly<Record<string, PlaceService>> = {
  sqs: 'queue',
  s3: 'bucket',
  sns: 'topic',
  events: 'eventBus',
  lambda: 'function',
};

/** @param arn as the function's configuration has it */
export function placeOfArn(kind: FailedEventPlace['kind'], arn: string): FailedEventPlace {
  const [, , service = '', region = '', accountId = '', ...rest] = arn.split(':');
  const resource = rest.join(':');
  return {
    kind,
    service: services[service] ?? 'other',
    arn,
    // Functions and buses write their type in front.
    name: resource.replace(/^(?:function:|event-bus\/)/, '') || arn,
    ...(region && { region }),
    ...(accountId && { accountId }),
  };
}
