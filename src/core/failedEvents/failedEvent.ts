/** What a queue or bucket for failed events holds, as it is shown and sent again. */

/** An error as the function, or Lambda, reported it. */
export interface FailureError {
  /** Such as `TypeError` or `EventAgeExceeded`; empty where only a message is known. */
  readonly name: string;
  /** Its beginning; may be empty. */
  readonly message: string;
}

/** What is known of how an event failed; each member only where the record tells it. */
export interface FailureDetails {
  /** Of the asynchronous invocation that failed; Lambda gives each event one of its own. */
  readonly requestId?: string;
  /** With the qualifier that was invoked. Dead letters do not name their function. */
  readonly functionArn?: string;
  readonly error?: FailureError;
  /** How often the function ran. */
  readonly attempts?: number;
  /** Milliseconds since 1970. */
  readonly failedAt?: number;
}

/** Why something in the queue or bucket is not sent again. */
export type NotSendable =
  /** A record of a batch that an event source mapping gave up on; it does not hold the events. */
  | 'eventSourceMapping'
  /** A record of an event that succeeded. */
  | 'succeeded'
  /** A record without the event. */
  | 'noPayload'
  | 'notJson'
  /** JSON that Lambda did not write for a failed event. */
  | 'notFailedEvent'
  /** Or nested too deeply. */
  | 'tooLarge';

export type FailedEvent =
  /** `payload` is the event, character by character as Lambda has kept it. */
  | { readonly kind: 'event'; readonly payload: string; readonly details: FailureDetails }
  | {
      readonly kind: 'other';
      readonly reason: NotSendable;
      readonly text: string;
      readonly details: FailureDetails;
    };

/** A message of a queue, or an object of a bucket, which has no attributes. */
export interface FailedMessage {
  readonly body: string;
  /** Attributes that are text or numbers, by name. */
  readonly attributes?: Readonly<Record<string, string>>;
}
