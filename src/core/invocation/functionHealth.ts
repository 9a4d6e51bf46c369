/** What was read of a function, or why it could not be read. */
export type Reading<Value> =
  | { readonly kind: 'known'; readonly value: Value }
  /** The credentials lack an IAM action. */
  | { readonly kind: 'denied'; readonly missingAction: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly remedy: string };

/** How a function does, part by part: each comes from a call of its own, which may be denied. */
export interface FunctionHealth {
  readonly configuration: Reading<FunctionSettings>;
  readonly eventHandling: Reading<EventHandling>;
  readonly concurrency: Reading<FunctionConcurrency>;
  readonly metrics: Reading<FunctionMetrics>;
}

export interface FunctionSettings {
  /** `Active`, `Pending`, `Inactive`, `Failed`, …; the service adds values. */
  readonly state: string | undefined;
  /** Of the last update: `Successful`, `InProgress`, `Failed`, …. */
  readonly updateStatus?: string;
  /** The longest that one run takes, in seconds. */
  readonly timeoutSeconds: number | undefined;
  /** ARN of the queue or topic for events that failed for good. */
  readonly deadLetterTarget: string | undefined;
  /** Every event has to name the tenant whose it is. */
  readonly isolatesTenants?: boolean;
  /** Events start durable executions, and have to name a version or alias. */
  readonly isDurable?: boolean;
}

/** What becomes of an event that waits or fails; a function without a configuration of it has the defaults. */
export interface EventHandling {
  /** 0 to 2. */
  readonly maxRetries: number;
  /** 60 to 21,600 seconds. */
  readonly maxAgeSeconds: number;
  /** ARN of the destination for events that failed or expired. */
  readonly failureDestination: string | undefined;
}

export interface FunctionConcurrency {
  /** Undefined for a function that shares what the account has; 0 for one that never runs. */
  readonly reserved: number | undefined;
}

/** Of the last hour, all versions together; undefined where nothing was measured. */
export interface FunctionMetrics {
  readonly averageDurationMs: number | undefined;
  /** 95 % of the runs took no longer. */
  readonly p95DurationMs: number | undefined;
  readonly mostConcurrent: number | undefined;
  readonly throttles: number;
  readonly droppedEvents: number;
  /** How long the event waited that Lambda took last from the queue, in seconds; of the last 10 minutes. */
  readonly queueAgeSeconds: number | undefined;
}
