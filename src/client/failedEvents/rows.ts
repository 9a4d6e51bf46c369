import type { FailedEventStore, StoredEvent } from '../../core/failedEvents/store';
import type { FailedEvent } from '../../core/failedEvents/failedEvent';
import type { FailedEventPlace } from '../../core/failedEvents/place';
import type { InvocationHeaders } from '../../core/invocationHeaders';
import type { SentAgain } from '../../sendFile/failedEvents/sendAgainJournal';

/** What is known of a row besides what lies in the queue. */
export type RowMark =
  /** It may have been queued when it was sent again. */
  | { readonly kind: 'unknown' }
  /** It was sent again, and is only to be removed. */
  | { readonly kind: 'sent'; readonly reason?: string }
  | { readonly kind: 'rejected' | 'notSent'; readonly reason: string }
  /** Another consumer of the queue has it, or it is gone. */
  | { readonly kind: 'taken' };

/** An event that failed for good, or something else that lies in its queue or bucket. */
export class FailedEventRow {
  mark: RowMark | undefined;
  /** How it was sent, or sent again, as far as that is known: neither dead letters nor records tell it. */
  sentWith: InvocationHeaders;

  constructor(
    /** Unlike that of any other row of this window. */
    readonly number: number,
    readonly event: FailedEvent,
    readonly stored: StoredEvent,
    readonly place: FailedEventPlace,
    readonly store: FailedEventStore,
    /** Where it is sent again; `undefined` when it is of another function, or cannot be sent. */
    readonly target: { readonly functionName: string; readonly qualifier?: string } | undefined,
    /** What the journal of what was sent again says of it. */
    again: SentAgain | undefined,
    /** What the history says of it. */
    before: InvocationHeaders | undefined,
  ) {
    const { tenantId = before?.tenantId, durableName, state } = again ?? {};
    this.sentWith = { tenantId, durableName };
    if (state === 'accepted') this.mark = { kind: 'sent' };
    if (state === 'unknown' || state === 'sending') this.mark = { kind: 'unknown' };
  }

  /** The event itself where there is one, else all of what lies there. */
  get text(): string {
    return this.event.kind === 'event' ? this.event.payload : this.event.text;
  }

  get failedAt(): number {
    return this.event.details.failedAt ?? this.stored.storedAt;
  }

  /** What it is recognized by when it comes back after it was sent. */
  get key(): string {
    return this.event.details.requestId ?? this.stored.id;
  }
}

/** Says something about the list. */
export class NoteRow {
  constructor(
    readonly text: string,
    readonly detail = '',
    readonly icon: 'info' | 'warning' = 'info',
  ) {}
}

/** Reads the next ones. */
export class MoreRow {
  readonly command = 'invokeAsync.loadMoreFailedEvents' as const;
}

export type Row = FailedEventRow | NoteRow | MoreRow;
