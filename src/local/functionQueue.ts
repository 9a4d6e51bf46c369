import { setTimeout as wait } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { messageOf } from '../core/messageOf';
import type { HeldEvents } from './heldEvents';
import type { Attempt, Invocation } from './invocation';
import { Lane } from './lane';
import type { QueuedEvent } from './queuedEvent';
import { type Spool, SpoolError } from './spool';
import { SpooledEvents } from './spooledEvents';

/**
 * How long an event waits at least, in milliseconds: about as long as in Lambda, and long enough for the caller to have
 * read its 202 before a handler's process is started, which takes this one's time.
 */
const waitMs = 50;

/** What a function's configuration says about its events. */
export interface FunctionLimits {
  /** How many run at once; of a function that never runs, each ends at once. */
  readonly concurrency: number;
  /** How long an event may wait and be retried, in milliseconds. */
  readonly maxAgeMs: number;
}

/** What the queues of all functions share. */
export interface QueueServices {
  readonly run: (invocation: Invocation) => Promise<Attempt>;
  readonly limitsOf: (functionName: string) => FunctionLimits;
  /** The pause before each retry, in milliseconds. */
  readonly retryDelaysMs: readonly number[];
  readonly held: HeldEvents;
  readonly spool: Spool;
  /** Aborted when the queue stops. */
  readonly stopped: AbortSignal;
  readonly tell: (invocation: Invocation, text: string) => void;
  /** Told of an event before each of its attempts. */
  readonly onRun: (event: QueuedEvent) => void;
  /** Told of an event whose last attempt failed. */
  readonly onDead: (event: QueuedEvent, attempt: Attempt) => void;
  readonly onLost: (events: number, reason: string) => void;
  /** More or fewer events are in the queue. */
  readonly onChange: () => void;
}

/**
 * The events of one function. As many run at once as it has processes; the others wait in lanes, one for each number of
 * failed attempts, and the one that is due first runs next.
 */
export class FunctionQueue {
  readonly #functionName: string;
  readonly #services: QueueServices;
  readonly #lanes: Lane[] = [];
  #length = 0;
  #running = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(functionName: string, services: QueueServices) {
    this.#functionName = functionName;
    this.#services = services;
  }

  /** How many events run or wait, for the first time or for a retry. */
  get length(): number {
    return this.#length;
  }

  /**
   * Resolves when the event is stored.
   *
   * @throws SpoolError when it cannot be
   */
  async add(invocation: Invocation): Promise<void> {
    this.#count(1);
    try {
      const addedAt = performance.now();
      await this.#store({ invocation, attempts: 0, addedAt, dueAt: addedAt + waitMs });
    } catch (error) {
      this.#count(-1);
      throw error;
    }
  }

  /** Forgets what waits, and deletes what of it is on disk. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  async #store(event: QueuedEvent): Promise<void> {
    const lane = (this.#lanes[event.attempts] ??= this.#newLane());
    await lane.push(event);
    this.#runDue();
  }

  #newLane(): Lane {
    const { held, spool, onLost } = this.#services;
    const spooled = new SpooledEvents(spool, (events, reason) => {
      this.#count(-events);
      onLost(events, reason);
    });
    return new Lane(held, spooled, () => this.#runDue());
  }

  #count(events: number): void {
    this.#length += events;
    this.#services.onChange();
  }

  /** Runs what is due, and comes back when the next one is. */
  #runDue(): void {
    clearTimeout(this.#timer);
    const { stopped, limitsOf } = this.#services;
    const { concurrency } = limitsOf(this.#functionName);
    while (this.#running < Math.max(concurrency, 1) && !stopped.aborted) {
      const next = this.#nextLane();
      if (!next) return;
      const leftMs = next.dueAt - performance.now();
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.#runDue(), Math.ceil(leftMs));
        return;
      }
      const event = next.lane.take();
      if (event) void this.#runToEnd(event);
    }
  }

  #nextLane(): { lane: Lane; dueAt: number } | undefined {
    let next: { lane: Lane; dueAt: number } | undefined;
    for (const lane of this.#lanes) {
      const { dueAt } = lane;
      if (dueAt !== undefined && (next === undefined || dueAt < next.dueAt)) next = { lane, dueAt };
    }
    return next;
  }

  /** Runs an event once, or until its retry can be stored or is not needed. Never rejects. */
  async #runToEnd(event: QueuedEvent): Promise<void> {
    this.#running += 1;
    try {
      let next: QueuedEvent | undefined = event;
      while (next) next = await this.#attempt(next);
    } catch (error) {
      this.#count(-1);
      if (!this.#services.stopped.aborted) {
        const text = l10n.t('The event is lost. {0}', messageOf(error));
        this.#services.tell(event.invocation, text);
      }
    }
    this.#services.held.remove(event);
    this.#running -= 1;
    // Not at once: attempts that end without a process, as those of a removed function, would take the thread.
    setImmediate(() => this.#runDue());
  }

  /** Why an event does not run at all, though it is due. */
  #refusal({ addedAt }: QueuedEvent): Attempt | undefined {
    const { concurrency, maxAgeMs } = this.#services.limitsOf(this.#functionName);
    if (concurrency === 0) {
      return refusal('ReservedConcurrencyZero', l10n.t('The reserved concurrency is 0.'));
    }
    if (performance.now() - addedAt <= maxAgeMs) return undefined;
    const seconds = maxAgeMs / 1000;
    return refusal('EventAgeExceeded', l10n.t('The event is older than {0} s.', seconds));
  }

  /** Returns the event to run again at once: nowhere was room for it to wait. */
  async #attempt(event: QueuedEvent): Promise<QueuedEvent | undefined> {
    const { run, retryDelaysMs, stopped, tell, onRun, onDead } = this.#services;
    const refused = this.#refusal(event);
    if (refused) {
      this.#count(-1);
      onDead(event, refused);
      return undefined;
    }
    onRun(event);
    const attempt = await run(event.invocation);
    if (stopped.aborted) return undefined;
    const delayMs = attempt.isFinal ? undefined : retryDelaysMs[event.attempts];
    const attempts = event.attempts + 1;
    if (attempt.result.status === 'success' || delayMs === undefined) {
      this.#count(-1);
      if (attempt.result.status !== 'success') onDead({ ...event, attempts }, attempt);
      return undefined;
    }
    const text = l10n.t('Attempt {attempts} failed. Retrying in {seconds} s.', {
      seconds: delayMs / 1000,
      attempts,
    });
    tell(event.invocation, text);
    const retry = { ...event, attempts, dueAt: performance.now() + delayMs };
    try {
      await this.#store(retry);
      return undefined;
    } catch (error) {
      if (!(error instanceof SpoolError)) throw error;
      // The disk is full. It keeps its place among those that run, so that no more than these can come to this.
      await wait(delayMs, undefined, { signal: stopped });
      return retry;
    }
  }
}

function refusal(errorType: string, errorMessage: string): Attempt {
  return {
    result: { status: 'error', error: { errorType, errorMessage } },
    durationMs: 0,
    memoryMb: 0,
    isFinal: true,
  };
}
