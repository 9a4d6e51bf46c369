import type { OutcomeKind } from '../core/invocation/outcome';
import type { Question, Stage } from './answer';

/** How an attempt ended, as far as it decides what became of the event. */
export interface Ending {
  readonly question: Question;
  readonly stage: Stage;
  /** The service's error code, the system's, or one of ours; what it would be called, if it is no error. */
  readonly name: string;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** Whether the answer carries the id that Lambda gives every request. */
  readonly hasRequestId?: boolean;
  /** Whether its body is a page for people. */
  readonly isPage?: boolean;
  /** Whether an endpoint on this machine was asked, where nothing can stand in between. */
  readonly isLocal?: boolean;
}

export interface Verdict {
  readonly kind: OutcomeKind;
  /** Whether it may be sent again without asking: only where the event certainly was not queued. */
  readonly resend: boolean;
}

/** Fits when everything that it names does. */
interface Rule extends Verdict, Partial<Omit<Ending, 'name' | 'status' | 'question'>> {
  readonly stage: Stage;
  readonly names?: RegExp;
  /** First and last status. */
  readonly statuses?: readonly [number, number];
  readonly questions?: readonly Question[];
}

const toQueue = ['InvokeAsync', 'Event'] as const;

const throttling =
  /^(TooManyRequests|Throttling|Throttled|RequestThrottled|RequestLimitExceeded|ProvisionedThroughputExceeded|SlowDown)/;

/** Errors with a 5xx or 408 status whose name says that Lambda looked at the function and refused. */
const refusals =
  /^(CodeArtifact|EC2|EFS|ENI|InvalidRuntime|InvalidSecurityGroup|InvalidSubnet|InvalidZipFile|KMS|ResourceNotReady|S3Files|SnapStart|SubnetIPAddress|InvokeAsyncNotImplemented)/;

/**
 * What is certain after each attempt; the first rule that fits decides.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html for the status of each kind of call
 */
export const rules: readonly Rule[] = [
  // No connection was opened.
  {
    stage: 'preparing',
    kind: 'notSent',
    resend: false,
  },
  // Nobody listened at the endpoint.
  {
    stage: 'connecting',
    names: /^ECONNREFUSED$/,
    kind: 'notSent',
    resend: true,
  },
  // The connection was never established.
  {
    stage: 'connecting',
    kind: 'notSent',
    resend: false,
  },
  // The request left and no answer came back.
  {
    stage: 'sent',
    kind: 'unknown',
    resend: false,
  },
  // Lambda answers 204 to a call that would be allowed.
  {
    stage: 'answered',
    questions: ['DryRun'],
    statuses: [204, 204],
    kind: 'accepted',
    resend: false,
  },
  // Lambda answers 202 once the event is in its queue.
  {
    stage: 'answered',
    questions: toQueue,
    statuses: [202, 202],
    isPage: false,
    kind: 'accepted',
    resend: false,
  },
  // Emulators answer 200 as well.
  {
    // serverless-offline answers HTTP 200 with {"StatusCode":202} to InvokeAsync.
    stage: 'answered',
    questions: toQueue,
    statuses: [200, 200],
    isPage: false,
    isLocal: true,
    kind: 'accepted',
    resend: false,
  },
  // Only what speaks as Lambda does gives a request an id.
  {
    stage: 'answered',
    questions: toQueue,
    statuses: [200, 200],
    isPage: false,
    hasRequestId: true,
    kind: 'accepted',
    resend: false,
  },
  // Lambda answers 200 once the function has run, whether it failed or not.
  {
    stage: 'answered',
    questions: ['RequestResponse'],
    statuses: [200, 200],
    isPage: false,
    hasRequestId: true,
    kind: 'accepted',
    resend: false,
  },
  // An emulator may give its answers no id.
  {
    stage: 'answered',
    questions: ['RequestResponse'],
    statuses: [200, 200],
    isPage: false,
    isLocal: true,
    kind: 'accepted',
    resend: false,
  },
  // Lambda never answers so: something else may have taken the event, or passed it on.
  {
    stage: 'answered',
    statuses: [100, 299],
    kind: 'unknown',
    resend: false,
  },
  // Lambda refuses throttled requests before it queues them.
  {
    stage: 'answered',
    names: throttling,
    kind: 'rejected',
    resend: true,
  },
  // Lambda refuses throttled requests before it queues them.
  {
    stage: 'answered',
    statuses: [429, 429],
    kind: 'rejected',
    resend: true,
  },
  // The error names what keeps the function from taking the event.
  {
    stage: 'answered',
    names: refusals,
    kind: 'rejected',
    resend: false,
  },
  // Something between here and Lambda gave up waiting.
  {
    stage: 'answered',
    statuses: [408, 408],
    kind: 'unknown',
    resend: false,
  },
  // The request was refused.
  {
    stage: 'answered',
    statuses: [300, 499],
    kind: 'rejected',
    resend: false,
  },
  // The service failed while it handled the request.
  {
    // Lambda writes the event to its queue behind the same front end that reports ServiceException; a
    // gateway's 502 or 504 says even less. AWS promises nothing about the queue for any of them.
    stage: 'answered',
    statuses: [500, 599],
    kind: 'unknown',
    resend: false,
  },
  // The answer is not one that Lambda gives.
  {
    stage: 'answered',
    kind: 'unknown',
    resend: false,
  },
];

/** What became of the event. */
export function judge(ending: Ending): Verdict {
  const { stage, name, status = 0, question } = ending;
  const fits = (rule: Rule) =>
    rule.stage === stage &&
    (rule.names?.test(name) ?? true) &&
    (rule.statuses === undefined || (status >= rule.statuses[0] && status <= rule.statuses[1])) &&
    (rule.questions?.includes(question) ?? true) &&
    (['isPage', 'isLocal', 'hasRequestId'] as const).every(
      (fact) => rule[fact] === undefined || rule[fact] === (ending[fact] ?? false),
    );
  const verdict = rules.find(fits);
  if (!verdict) throw new Error(`No rule for ${stage} ${name} ${status}`);
  return verdict;
}
