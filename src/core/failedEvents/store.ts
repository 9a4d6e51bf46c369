import type { FailedMessage } from './failedEvent';

/** A message or object as the queue or bucket holds it. */
export interface StoredEvent {
  /** The id of the message, or the key of the object. */
  readonly id: string;
  /** `undefined` for an object that is larger than any record. */
  readonly message: FailedMessage | undefined;
  /** When it was put there, in milliseconds since 1970. */
  readonly storedAt: number;
}

/**
 * A queue or bucket that is looked into: nothing is deleted unless it is asked for. What it throws are `ConnectionError`s
 * in words for people, with the missing permission where there is one.
 */
export interface FailedEventStore {
  /** Whether there may be more than `next` has returned so far. */
  readonly hasMore: boolean;
  /** The next ones, up to a hundred; none when there are no more, or none that can be had now. */
  next(): Promise<StoredEvent[]>;
  /** Makes sure that it is still there, and that nobody else has it: to be asked right before it is sent. */
  claim(id: string): Promise<boolean>;
  /** Nothing happens to what is gone already. */
  remove(id: string): Promise<void>;
  /** Gives back what was not removed. Never rejects. */
  close(): Promise<void>;
}
