import { createHash, randomUUID } from 'node:crypto';
import type { FollowedState } from '../../core/invocation/logProgress';
import type { InvokeApi, OutcomeKind } from '../../core/invocation/outcome';

/** One invocation as it is kept: what was sent where, and what became of it. Holds no credentials, no message of an error. */
export interface HistoryEntry {
  /** Sorts by the order of sending, see `compareIds`. */
  readonly id: string;
  /** Milliseconds since 1970, by the clock of this machine at that time. */
  readonly sentAt: number;
  readonly api: InvokeApi;
  /** The function was waited for: `followed` is how it ended. */
  readonly waits?: boolean;
  /** As it was sent: name, ARN or partial ARN. */
  readonly functionName: string;
  readonly qualifier?: string;
  /** Whose event it was, for a function that isolates tenants. */
  readonly tenantId?: string;
  /** Of the durable execution that it was to start. */
  readonly durableName?: string;
  readonly payload: KeptPayload;
  readonly region: string;
  readonly accountId?: string;
  readonly profile?: string;
  /** Whether the profile was chosen, and not the environment's. */
  readonly profileIsChosen?: boolean;
  /** A URL, or `local` for Local Lambda; absent for AWS. */
  readonly endpoint?: string;
  /** Name of the environment that was selected. */
  readonly environment?: string;
  /** `sending` until there is an outcome. */
  readonly kind: OutcomeKind | 'sending';
  /** The process id of the extension host that is sending it; absent once there is an outcome. */
  readonly sender?: number;
  readonly status?: number;
  readonly requestId?: string;
  readonly durableExecutionArn?: string;
  readonly errorName?: string;
  /** What the function's log told last. */
  readonly followed?: FollowedState;
  readonly logGroup?: string;
}

export interface KeptPayload {
  /** For people: a path, or `typed JSON`. */
  readonly label: string;
  readonly bytes: number;
  /** Of the UTF-8 bytes that were sent, in hexadecimal; absent in entries of older versions. */
  readonly sha256?: string;
  /** Of the file that it was read from. */
  readonly uri?: string;
  /** Only where the user wants payloads kept. */
  readonly text?: string;
  /** Its variables were filled in: the file holds another text. */
  readonly isFilledIn?: boolean;
}

/** `lines`: everything goes to the output. `state`: only the entry's state is kept up to date. */
export type FollowMode = 'lines' | 'state';

/** The name of the error when a window was closed before the answer came. */
export const windowClosed = 'WindowClosed';

type Guard = (value: unknown) => boolean;

const isText: Guard = (value) => typeof value === 'string';
const isCount: Guard = (value) => Number.isSafeInteger(value);
const isFlag: Guard = (value) => typeof value === 'boolean';
const isOneOf =
  (...values: readonly unknown[]): Guard =>
  (value) =>
    values.includes(value);

const payloadMembers: Record<keyof KeptPayload, Guard> = {
  label: isText,
  bytes: isCount,
  sha256: isText,
  uri: isText,
  text: isText,
  isFilledIn: isFlag,
};

const entryMembers: Record<keyof HistoryEntry, Guard> = {
  id: isText,
  sentAt: isCount,
  api: isOneOf('InvokeAsync', 'Invoke'),
  waits: isFlag,
  functionName: isText,
  qualifier: isText,
  tenantId: isText,
  durableName: isText,
  payload: (value) => readPayload(value) !== undefined,
  region: isText,
  accountId: isText,
  profile: isText,
  profileIsChosen: isFlag,
  endpoint: isText,
  environment: isText,
  kind: isOneOf('accepted', 'rejected', 'notSent', 'unknown', 'sending'),
  sender: isCount,
  status: isCount,
  requestId: isText,
  durableExecutionArn: isText,
  errorName: isText,
  followed: isOneOf('notStarted', 'running', 'succeeded', 'failed', 'retrying'),
  logGroup: isText,
};

/**
 * The entry in the text of a history file. Another version of the extension may have written it: a member that is
 * not what this one expects is left out; without one that every entry needs the result is `undefined`.
 */
export function parseEntry(text: string): HistoryEntry | undefined {
  const entry = read<HistoryEntry>(parseJson(text), entryMembers, [
    'id',
    'sentAt',
    'api',
    'functionName',
    'payload',
    'region',
    'kind',
  ]);
  const payload = readPayload(entry?.payload);
  return entry && payload && { ...entry, payload };
}

function readPayload(value: unknown): KeptPayload | undefined {
  return read<KeptPayload>(value, payloadMembers, ['label', 'bytes']);
}

/** What has become of an invocation, as far as it is known. */
export type InvocationState =
  | Exclude<OutcomeKind, 'accepted'>
  | 'queued'
  | 'running'
  | 'succeeded'
  | 'retrying'
  | 'failed'
  | 'sending'
  | 'interrupted';

/** What the answer said; of an accepted event, what the function's log told last. */
export function stateOf({
  kind,
  followed,
  errorName,
}: Pick<HistoryEntry, 'kind' | 'followed' | 'errorName'>): InvocationState {
  if (kind === 'unknown' && errorName === windowClosed) return 'interrupted';
  if (kind !== 'accepted') return kind;
  return followed === undefined || followed === 'notStarted' ? 'queued' : followed;
}

/** Whether Lambda has queued the event, or run it, so that its log can be looked for. */
export function isQueued({ kind, requestId }: HistoryEntry): boolean {
  return kind === 'accepted' && requestId !== undefined;
}

/**
 * Whether the log of a new entry is followed by itself: its lines only where the user wants that of every event.
 * Local Lambda has its lines in the output already, and its state costs nothing to learn; but the log of a durable
 * execution says little about its state.
 */
export function followModeOf(entry: HistoryEntry, followsLogs: boolean): FollowMode | undefined {
  // How one ended that was waited for is known.
  if (!isQueued(entry) || entry.waits) return undefined;
  if (entry.endpoint === 'local') {
    return entry.durableExecutionArn === undefined ? 'state' : undefined;
  }
  return followsLogs ? 'lines' : undefined;
}

/**
 * The id of an event that is sent now. It sorts after all that are there, even when the clock was set back: the newest
 * entry must not be taken for the oldest.
 * @param now milliseconds since 1970
 */
export function nextId(ids: Iterable<string>, now: number): string {
  let order = now;
  for (const id of ids) order = Math.max(order, orderOf(id) + 1);
  return `${String(order).padStart(15, '0')}-${randomUUID().slice(0, 8)}`;
}

/** Sorts ids from the oldest to the newest. */
export function compareIds(a: string, b: string): number {
  return orderOf(a) - orderOf(b) || (a < b ? -1 : 1);
}

/** The ids to drop, so that no more than the newest `limit` stay, besides those that are being sent. */
export function surplus(entries: readonly HistoryEntry[], limit: number): string[] {
  return entries
    .filter(({ kind }) => kind !== 'sending')
    .map(({ id }) => id)
    .toSorted(compareIds)
    .toReversed()
    .slice(Math.max(0, limit));
}

/** What becomes of an event, as far as its entry tells it. */
export type SendingEnd = Pick<
  HistoryEntry,
  'kind' | 'status' | 'requestId' | 'durableExecutionArn' | 'errorName' | 'followed'
>;

/** The entry of an event that is no longer being sent. */
export function settled(entry: HistoryEntry, end: SendingEnd): HistoryEntry {
  const { sender: _, ...event } = entry;
  return { ...event, ...end };
}

/** Of the UTF-8 bytes of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The order of sending in an id; ids of older versions hold nothing but the time. */
function orderOf(id: string): number {
  const order = Number.parseInt(id, 10);
  return Number.isSafeInteger(order) ? order : 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The members of a value that are what they should be; `undefined` when a required one is not among them. */
function read<T extends object>(
  value: unknown,
  guards: Record<keyof T, Guard>,
  required: readonly (keyof T & string)[],
): T | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const members = Object.fromEntries(
    Object.entries(value).filter(
      ([key, member]) => Object.hasOwn(guards, key) && guards[key as keyof T](member),
    ),
  );
  return required.every((key) => Object.hasOwn(members, key)) ? (members as T) : undefined;
}
