/** Sends failed events again, each at most once, and removes from their queue or bucket what was accepted. */
import type { FailedEventStore } from '../../core/failedEvents/store';
import type { SentEvent } from '../../aws/sender';
import type { OutcomeError } from '../../core/invocation/outcome';
import type { InvocationHeaders } from '../../core/invocationHeaders';
import { messageOf } from '../../core/messageOf';
import { SendingRate } from '../sendingRate';
import { Sleepers } from '../sleepers';
import { verdictOf } from '../../core/fileRun/verdicts';
import type { SendAgainJournal } from './sendAgainJournal';

export interface EventToSendAgain {
  /** In its store. */
  readonly id: string;
  readonly store: Pick<FailedEventStore, 'claim' | 'remove'>;
  /** What it is recognized by when it comes back: its request id, else something as unique. */
  readonly key: string;
  /** How it is sent; with the name of the execution that it may have started before, it runs once. */
  readonly headers?: InvocationHeaders;
}

export type SendAgainResult =
  /** `wasSentBefore`: an earlier run had sent it, and was ended before it removed it. */
  | {
      readonly kind: 'accepted';
      readonly wasSentBefore: boolean;
      /** Why it is still in its queue; it is only removed the next time. */
      readonly notRemoved?: string;
    }
  /** It stays where it is. */
  | { readonly kind: 'rejected' | 'notSent' | 'unknown'; readonly error: OutcomeError }
  /** Somebody else has it, or it is gone. */
  | { readonly kind: 'taken' }
  /** Nothing was tried: an earlier one says that it would fail, too, or the user has stopped. */
  | { readonly kind: 'skipped' };

export interface SendAgainOptions<Event extends EventToSendAgain> {
  readonly journal: SendAgainJournal;
  /** One request for one event; never repeats it, never rejects. */
  readonly send: (event: Event) => Promise<SentEvent>;
  /** Events a second at most. */
  readonly rate: number;
  /** Also what may have been queued before. */
  readonly sendsUnknown: boolean;
  readonly onResult: (event: Event, result: SendAgainResult) => void;
  /** Sends nothing more; what is under way is waited for. */
  readonly signal?: AbortSignal | undefined;
}

/** Requests at once. */
const concurrency = 8;

/** What was certainly not queued is tried so often, with a pause between, in milliseconds. */
const mostAttempts = 6;
const pauseMs = 1000;

/** Resolves when nothing is under way any more. Never rejects: why the journal cannot be written is the result of an event. */
export async function sendAgain<Event extends EventToSendAgain>(
  events: readonly Event[],
  options: SendAgainOptions<Event>,
): Promise<void> {
  const sending = new SendingAgain(options);
  const waiting = copiesOf(events).values();
  const work = async () => {
    for (const copies of waiting) {
      // The second is only removed, or left alone, by what became of the first.
      for (const event of copies) await sending.carry(event);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

/** An event that was kept twice, in a queue and a bucket, has one key. */
function copiesOf<Event extends EventToSendAgain>(events: readonly Event[]): Event[][] {
  const byKey = new Map<string, Event[]>();
  for (const event of events) {
    const copies = byKey.get(event.key);
    if (copies) copies.push(event);
    else byKey.set(event.key, [event]);
  }
  return [...byKey.values()];
}

class SendingAgain<Event extends EventToSendAgain> {
  readonly #rate: SendingRate;
  readonly #sleepers = new Sleepers();
  /** Keys of what this run has tried to send: the user was asked about what was unknown before it. */
  readonly #tried = new Set<string>();
  #isOver = false;

  constructor(private readonly options: SendAgainOptions<Event>) {
    this.#rate = new SendingRate(options.rate);
    options.signal?.addEventListener('abort', () => this.#sleepers.wake(), { once: true });
  }

  async carry(event: Event): Promise<void> {
    const { onResult, signal } = this.options;
    if (this.#isOver || signal?.aborted) {
      onResult(event, { kind: 'skipped' });
      return;
    }
    try {
      onResult(event, await this.#carry(event));
    } catch (error) {
      // Neither the claim nor the journal answers for others.
      this.#isOver = true;
      onResult(event, { kind: 'notSent', error: { name: 'Error', message: messageOf(error) } });
    }
  }

  /** From the claim to the removal of one event. @throws what the store and the journal throw before it is sent */
  async #carry(event: Event): Promise<SendAgainResult> {
    const { journal, sendsUnknown } = this.options;
    const before = journal.get(event.key);
    if (before?.state === 'accepted') return this.#remove(event, true);
    const mayBeQueued = before?.state === 'unknown' || before?.state === 'sending';
    const maySendIt = sendsUnknown || (before && runsOnce(event, before));
    if (mayBeQueued && (!maySendIt || this.#tried.has(event.key))) {
      return { kind: 'unknown', error: { name: 'Interrupted', message: '' } };
    }
    await this.#turn();
    if (this.options.signal?.aborted) return { kind: 'skipped' };
    if (!(await event.store.claim(event.id))) return { kind: 'taken' };
    this.#tried.add(event.key);
    await journal.intend(event.key, event.headers);
    const sent = await this.#send(event);
    const { kind, requestId, error = { name: '', message: '' } } = sent;
    try {
      await journal.settle(event.key, kind, { requestId, name: sent.error?.name });
    } catch (failure) {
      // The intent is on disk, and says the same.
      this.#isOver = true;
      return { kind: 'unknown', error: { name: 'Error', message: messageOf(failure) } };
    }
    return kind === 'accepted' ? this.#remove(event, false) : { kind, error };
  }

  /** Tries again what was certainly not queued. */
  async #send(event: Event): Promise<SentEvent> {
    for (let attempt = 1; ; attempt++) {
      const sent = await this.options.send(event);
      const verdict = verdictOf(sent);
      if (verdict.kind === 'settle') return sent;
      if (verdict.kind !== 'again') {
        this.#isOver = true;
        return sent;
      }
      if (attempt === mostAttempts || this.options.signal?.aborted) {
        this.#isOver = true;
        return sent;
      }
      if (verdict.because === 'throttled') this.#rate.throttled(sent.pauseMs);
      if (verdict.because !== 'renewed') await this.#sleepers.sleep(pauseMs);
      await this.#turn();
    }
  }

  async #remove(event: Event, wasSentBefore: boolean): Promise<SendAgainResult> {
    try {
      await event.store.remove(event.id);
      return { kind: 'accepted', wasSentBefore };
    } catch (error) {
      return { kind: 'accepted', wasSentBefore, notRemoved: messageOf(error) };
    }
  }

  /** Waits until the next event may leave. */
  async #turn(): Promise<void> {
    while (!this.options.signal?.aborted) {
      const waitMs = this.#rate.waitMs();
      if (waitMs <= 0) break;
      await this.#sleepers.sleep(waitMs);
    }
    this.#rate.spend();
  }
}

/** Lambda starts one execution of a name and payload. */
function runsOnce({ headers }: EventToSendAgain, before: InvocationHeaders): boolean {
  return headers?.durableName !== undefined && headers.durableName === before.durableName;
}
