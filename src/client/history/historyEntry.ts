import type { FollowedState } from '../../aws/main';
import type { InvokeApi, OutcomeKind } from '../../core/invocation';

/** One invocation as it is kept: what was sent where, and what became of it. Holds no credentials, no message of an error. */
export interface HistoryEntry {
  /** Sorts by the time of sending. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  readonly api: InvokeApi;
  /** As it was sent: name, ARN or partial ARN. */
  readonly functionName: string;
  readonly qualifier?: string;
  readonly payload: KeptPayload;
  readonly region: string;
  readonly accountId?: string;
  readonly profile?: string;
  /** Whether the profile was chosen, and not the environment's. */
  readonly profileIsChosen?: boolean;
  /** A URL, or `local` for Local Lambda; absent for AWS. */
  readonly endpoint?: string;
  readonly kind: OutcomeKind;
  readonly status?: number;
  readonly requestId?: string;
  readonly errorName?: string;
  /** What the function's log told last. */
  readonly followed?: FollowedState;
  readonly logGroup?: string;
}

export interface KeptPayload {
  /** For people: a path, or `typed JSON`. */
  readonly label: string;
  readonly bytes: number;
  /** Of the file that it was read from. */
  readonly uri?: string;
  /** Only where the user wants payloads kept. */
  readonly text?: string;
}

/** The entry in the text of a history file; `undefined` for anything else, such as a file that is being written. */
export function parseEntry(text: string): HistoryEntry | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isEntry(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether Lambda has queued the event, so that its log can be looked for. */
export function isQueued({ kind, requestId }: HistoryEntry): boolean {
  return kind === 'accepted' && requestId !== undefined;
}

/**
 * Whether the log of a new entry is followed by itself: its lines only where the user wants that of every event.
 * Local Lambda has its lines in the output already, and its state costs nothing to learn.
 */
export function tellingOf(
  entry: HistoryEntry,
  followsLogs: boolean,
): 'lines' | 'state' | undefined {
  if (!isQueued(entry)) return undefined;
  if (entry.endpoint === 'local') return 'state';
  return followsLogs ? 'lines' : undefined;
}

/** The ids to drop, so that no more than the newest `limit` stay. */
export function surplus(ids: Iterable<string>, limit: number): string[] {
  return [...ids].toSorted().toReversed().slice(Math.max(0, limit));
}

function isEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { id, sentAt, functionName, payload } = value as Partial<HistoryEntry>;
  return (
    typeof id === 'string' &&
    typeof sentAt === 'number' &&
    typeof functionName === 'string' &&
    typeof payload === 'object'
  );
}
