/** What AWS bills for sending events through a Distributed Map, in units of its price lists. */
export interface BilledUnits {
  /** Of standard workflows, without retries. */
  readonly stateTransitions: number;
  /** Of Lambda: each event is one, however often it is retried. */
  readonly lambdaRequests: number;
  /** `PUT` and the like, for the parts of the event file; results are few. */
  readonly s3Requests: number;
}

/** The map itself is one transition, each child execution another, and so is the one step in it. */
const transitionsOfMap = 1;
const transitionsOfEvent = 2;
/** Creating and completing a multipart upload. */
const requestsAroundParts = 2;

/**
 * The least that is billed: each retry of a throttled event is one more transition.
 * @param parts in which the event file is uploaded
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-transitions.html
 * @see https://aws.amazon.com/step-functions/pricing/
 */
export function billedUnits(events: number, parts: number): BilledUnits {
  return {
    stateTransitions: transitionsOfMap + transitionsOfEvent * events,
    lambdaRequests: events,
    s3Requests: parts + requestsAroundParts,
  };
}
