import type { OutcomeKind } from '../core/invocation';
import type { Stage } from './wire';

/** What went wrong, as far as it decides what became of the event. */
export interface Failure {
  readonly stage: Stage;
  /** The service's error code, the system's, or one of ours. */
  readonly name: string;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
}

export interface Verdict {
  readonly kind: Exclude<OutcomeKind, 'accepted'>;
  /** Whether it may be sent again without asking: only where the event certainly was not queued. */
  readonly resend: boolean;
  /** Why that is certain, or why not. */
  readonly because: string;
}

interface Rule extends Verdict {
  readonly stage: Stage;
  readonly names?: RegExp;
  /** First and last status. */
  readonly statuses?: readonly [number, number];
}

const throttling =
  /^(TooManyRequests|Throttling|Throttled|RequestThrottled|RequestLimitExceeded|ProvisionedThroughputExceeded|SlowDown)/;

/** Errors with a 5xx or 408 status whose name says that Lambda looked at the function and refused. */
const refusals =
  /^(CodeArtifact|EC2|EFS|ENI|InvalidRuntime|InvalidSecurityGroup|InvalidSubnet|InvalidZipFile|KMS|ResourceNotReady|S3Files|SnapStart|SubnetIPAddress|InvokeAsyncNotImplemented)/;

/**
 * What is certain after each failure; the first rule that fits decides.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
 */
export const rules: readonly Rule[] = [
  {
    stage: 'preparing',
    kind: 'notSent',
    resend: false,
    because: 'No connection was opened.',
  },
  {
    stage: 'connecting',
    names: /^ECONNREFUSED$/,
    kind: 'notSent',
    resend: true,
    because: 'Nobody listened at the endpoint.',
  },
  {
    stage: 'connecting',
    kind: 'notSent',
    resend: false,
    because: 'The connection was never established.',
  },
  {
    stage: 'sent',
    kind: 'unknown',
    resend: false,
    because: 'The request left and no answer came back.',
  },
  {
    stage: 'answered',
    names: throttling,
    kind: 'rejected',
    resend: true,
    because: 'Lambda refuses throttled requests before it queues them.',
  },
  {
    stage: 'answered',
    statuses: [429, 429],
    kind: 'rejected',
    resend: true,
    because: 'Lambda refuses throttled requests before it queues them.',
  },
  {
    stage: 'answered',
    names: refusals,
    kind: 'rejected',
    resend: false,
    because: 'The error names what keeps the function from taking the event.',
  },
  {
    stage: 'answered',
    statuses: [408, 408],
    kind: 'unknown',
    resend: false,
    because: 'Something between here and Lambda gave up waiting.',
  },
  {
    stage: 'answered',
    statuses: [300, 499],
    kind: 'rejected',
    resend: false,
    because: 'The request was refused.',
  },
  {
    // Lambda writes the event to its queue behind the same front end that reports ServiceException; a
    // gateway's 502 or 504 says even less. AWS promises nothing about the queue for any of them.
    stage: 'answered',
    statuses: [500, 599],
    kind: 'unknown',
    resend: false,
    because: 'The service failed while it handled the request.',
  },
  {
    stage: 'answered',
    kind: 'unknown',
    resend: false,
    because: 'The answer is not one that Lambda gives.',
  },
];

/** What became of the event after a failure. */
export function judge({ stage, name, status = 0 }: Failure): Verdict {
  const fits = (rule: Rule) =>
    rule.stage === stage &&
    (rule.names?.test(name) ?? true) &&
    (rule.statuses === undefined || (status >= rule.statuses[0] && status <= rule.statuses[1]));
  const verdict = rules.find(fits);
  if (!verdict) throw new Error(`No rule for ${stage} ${name} ${status}`);
  return verdict;
}
