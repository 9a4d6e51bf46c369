import { setMaxListeners } from 'node:events';
import * as l10n from '@vscode/l10n';
import { messageOf } from '../core/messageOf';
import { defaultEventHandling } from '../core/limits';
import { cutText } from './byteLimits';
import type { LocalFunction } from './configurationText';
import { type DeadLetter, DeadLetters } from './deadLetters';
import { type FunctionLimits, FunctionQueue, type QueueServices } from './functionQueue';
import { concurrencyOf } from './functionPool';
import { HeldEvents } from './heldEvents';
import type { Attempt, Invocation, Log } from './invocation';
import type { QueuedEvent } from './queuedEvent';
import { QueueNotices } from './queueNotices';
import { ServiceError } from './serviceError';
import { Spool } from './spool';

/** An error may be megabytes long: what is kept of it to say why an event is a dead letter, in bytes. */
const reasonLimitBytes = 2048;

const megabyte = 1024 * 1024;

/** The room that the queue takes, or may take. */
export interface QueueRoom {
  /** How many events are in memory, some 1 KB each beside the payload, and with how many bytes of payload. */
  readonly memoryEvents: number;
  readonly memoryBytes: number;
  /** How large the files with the others are, in bytes. */
  readonly diskBytes: number;
}

const defaultLimits: QueueRoom = {
  memoryEvents: 1000,
  memoryBytes: 16 * megabyte,
  diskBytes: 1024 * megabyte,
};

/** How events of a function are handled, as its configuration has it. */
export function functionLimits({
  concurrency,
  maximumEventAge = defaultEventHandling.maxAgeSeconds,
}: Pick<LocalFunction, 'concurrency' | 'maximumEventAge'>): FunctionLimits {
  return { concurrency: concurrencyOf({ concurrency }), maxAgeMs: maximumEventAge * 1000 };
}

export interface EventQueueOptions {
  readonly run: (invocation: Invocation) => Promise<Attempt>;
  /** How many events of a function run at once, and how old they may be; as usual without it. */
  readonly limitsOf?: (functionName: string) => FunctionLimits;
  /** The pause before each retry, in milliseconds. */
  readonly retryDelaysMs: readonly number[];
  readonly log: Log;
  /** The folder in which a folder is made for what does not fit into memory. */
  readonly temporaryFolder: string;
  readonly limits?: Partial<QueueRoom> | undefined;
  /** Told of an event before each of its attempts. */
  readonly onRun?: ((event: QueuedEvent) => void) | undefined;
  /** Told of an event whose last attempt failed, or that never ran. */
  readonly onDead?: ((event: QueuedEvent, attempt: Attempt) => void) | undefined;
  /** Called when the number of events has changed, a few times a second at most. */
  readonly onChange?: (() => void) | undefined;
}

/**
 * The queue behind an asynchronous invocation: an event is run after the caller has its 202, and again after each
 * delay while the function fails. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 *
 * Some events are held in memory, the others on disk. What was added survives a full disk, but not `stop`, nor the end
 * of the process.
 */
export class EventQueue {
  readonly #log: Log;
  readonly #held: HeldEvents;
  readonly #spool: Spool;
  readonly #services: QueueServices;
  readonly #notices: QueueNotices;
  readonly #queues = new Map<string, FunctionQueue>();
  readonly #deadLetters = new DeadLetters();
  readonly #stopping = new AbortController();

  constructor(options: EventQueueOptions) {
    const { run, retryDelaysMs, log, temporaryFolder, limits, onChange } = options;
    const { memoryEvents, memoryBytes, diskBytes } = { ...defaultLimits, ...limits };
    this.#log = log;
    // Every event that waits in its place listens to it.
    setMaxListeners(0, this.#stopping.signal);
    this.#held = new HeldEvents({ events: memoryEvents, bytes: memoryBytes });
    this.#spool = new Spool(temporaryFolder, diskBytes);
    const say = (text: string): void => log({ stream: 'platform', text });
    this.#notices = new QueueNotices(() => this.length, say, onChange ?? (() => {}));
    this.#services = {
      run,
      limitsOf: options.limitsOf ?? (() => functionLimits({})),
      retryDelaysMs,
      held: this.#held,
      spool: this.#spool,
      stopped: this.#stopping.signal,
      tell: (invocation, text) => this.#tell(invocation, text),
      onRun: (event) => options.onRun?.(event),
      onDead: (event, attempt) => {
        this.#keep(event, attempt);
        options.onDead?.(event, attempt);
      },
      onLost: (count, reason) =>
        say(l10n.t('{count} queued events are lost: {reason}', { count, reason })),
      onChange: () => this.#notices.changed(),
    };
  }

  /** Oldest first. */
  get deadLetters(): readonly DeadLetter[] {
    return this.#deadLetters.all;
  }

  /** How many events run or wait. */
  get length(): number {
    return [...this.#queues.values()].reduce((sum, queue) => sum + queue.length, 0);
  }

  /** How many events of each function run or wait; functions without any are left out. */
  get lengths(): ReadonlyMap<string, number> {
    const lengths = [...this.#queues].map(([name, queue]) => [name, queue.length] as const);
    return new Map(lengths.filter(([, length]) => length > 0));
  }

  get room(): QueueRoom {
    const { events: memoryEvents, bytes: memoryBytes } = this.#held;
    return { memoryEvents, memoryBytes, diskBytes: this.#spool.bytes };
  }

  /**
   * Resolves when the event is in memory or on disk.
   *
   * @throws ServiceError TooManyRequestsException, when there is room in neither
   */
  async add(invocation: Invocation): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const { functionName } = invocation;
    const queue = this.#queues.get(functionName) ?? new FunctionQueue(functionName, this.#services);
    this.#queues.set(functionName, queue);
    try {
      await queue.add(invocation);
    } catch (error) {
      const reason = messageOf(error);
      this.#notices.refused(reason);
      throw new ServiceError(
        'TooManyRequestsException',
        `Rate exceeded: ${this.length} events wait in Local Lambda, and ${reason}.`,
      );
    }
  }

  /** Forgets the events that wait, and deletes what of them is on disk; nothing runs or is told after the call. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#notices.stop();
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    await this.#spool.remove();
  }

  #keep({ invocation, attempts }: QueuedEvent, { result }: Attempt): void {
    if (result.status === 'success') return;
    const error = `${result.error.errorType}: ${result.error.errorMessage}`;
    const { text, omittedBytes } = cutText(error, reasonLimitBytes);
    const reason = omittedBytes > 0 ? `${text} …` : text;
    const dropped = this.#deadLetters.add({ invocation, attempts, reason });
    this.#tell(
      invocation,
      attempts === 0
        ? l10n.t('Dead letter: the event never ran. {0}', reason)
        : l10n.t('Dead letter: attempt {attempts} was the last one. {reason}', {
            attempts,
            reason,
          }),
    );
    for (const letter of dropped) {
      this.#tell(letter.invocation, l10n.t('Dead letter dropped: only the newest are kept.'));
    }
  }

  #tell({ functionName, requestId }: Invocation, text: string): void {
    this.#log({ functionName, requestId, stream: 'platform', text });
  }
}
