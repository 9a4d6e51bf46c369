import { setMaxListeners } from 'node:events';
import type { RunProgress, RunReason, RunState } from '../core/fileRun/run';
import { type RunLimits, runLimits, Streaks } from '../core/fileRun/runLimits';
import { type Hindrance, verdictOf } from '../core/fileRun/verdicts';
import type { OutcomeError } from '../core/invocation/outcome';
import { messageOf } from '../core/messageOf';
import type { SentEvent } from '../aws/sender';
import { type EventFile, EventFileChanged, type EventLine } from '../files/eventLines';
import { executionName } from './executionNames';
import type { Journal } from './journal';
import { LineSource } from './lineSource';
import { SendingRate } from './sendingRate';
import { Sleepers } from './sleepers';

export interface FileRunOptions {
  readonly file: EventFile;
  /** Lines that are not blank. */
  readonly lines: number;
  readonly journal: Journal;
  /** One request for one line; never repeats it, never rejects. */
  readonly send: (line: LineToSend, signal: AbortSignal) => Promise<SentEvent>;
  /** Whether a line may be sent. */
  readonly isValid: (line: EventLine) => boolean;
  /** Events a second at most; `undefined` for as many as `concurrency` allows. */
  readonly rate: number | undefined;
  /** Lines that are intended at once. */
  readonly concurrency: number;
  /** When the state changes, not for each line. */
  readonly onState?: (progress: RunProgress) => void;
  readonly limits?: Partial<RunLimits>;
}

/** A line as its request carries it. */
export interface LineToSend {
  readonly payload: Uint8Array;
  /** Of the durable execution that it starts. */
  readonly durableName?: string;
}

/**
 * Sends the lines of a file, each once: as many workers as there may be lines under way take them from one source.
 * A line is taken, intended, sent and settled by one worker; only a line that was certainly not queued, or that starts a
 * durable execution under a name of its own, is sent again.
 */
export class FileRun {
  readonly #rate: SendingRate;
  readonly #source: LineSource;
  readonly #limits: RunLimits;
  readonly #abort = new AbortController();
  #state: RunState = 'running';
  #reason: RunReason | undefined;
  #error: OutcomeError | undefined;
  /** Nobody goes on before; by the clock of `performance.now()`. */
  #waitsUntil = 0;
  #networkPauseMs = 0;
  /** Since when nothing was reached, or everything was throttled. */
  #hinderedSince: number | undefined;
  #hasReached = false;
  readonly #streaks: Streaks;
  /** How often the run was resumed: what was sent before says nothing about what is mended since. */
  #resumed = 0;
  /** Workers that wait for a change of state or rate. */
  readonly #sleepers = new Sleepers();

  constructor(private readonly options: FileRunOptions) {
    const { file, journal, rate, limits } = options;
    this.#rate = new SendingRate(rate);
    this.#source = new LineSource(file, journal.state);
    this.#limits = { ...runLimits, ...limits };
    this.#streaks = new Streaks(this.#limits);
    // One for each line under way.
    setMaxListeners(0, this.#abort.signal);
  }

  get progress(): RunProgress {
    const { lines, journal } = this.options;
    return {
      state: this.#state,
      ...(this.#reason && { reason: this.#reason }),
      ...(this.#error && { error: this.#error }),
      lines,
      counts: journal.state.counts,
      errors: journal.state.errors,
      perSecond: this.#rate.perSecond,
      rate: this.#rate.limit,
    };
  }

  /** Resolves when every line is done, or the run was stopped and nothing is under way any more. Never rejects. */
  async run(): Promise<RunProgress> {
    const { journal, concurrency } = this.options;
    this.#settleInterrupted();
    await Promise.all(Array.from({ length: concurrency }, async () => this.#work()));
    await this.#source.close();
    try {
      if (this.#state !== 'stopped') {
        journal.finish();
        await journal.flush();
        this.#turn('finished');
      } else await journal.flush();
    } catch (error) {
      this.#stopFor('journal', error);
    }
    return this.progress;
  }

  pause(): void {
    if (this.#isGoing) this.#turn('paused', 'user');
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#hinderedSince = undefined;
    this.#streaks.reset();
    this.#resumed += 1;
    this.#turn('running');
  }

  /** No further line is sent; those under way are waited for. */
  stop(): void {
    if (this.#state !== 'finished') this.#turn('stopped', 'user');
  }

  /** As `stop`, and nobody waits: what is under way becomes `unknown`. */
  abort(): void {
    this.stop();
    this.#abort.abort();
  }

  /** Events a second; `undefined` for as many as the connections carry. */
  set rate(rate: number | undefined) {
    this.#rate.limit = rate;
    this.#sleepers.wake();
  }

  /** Halves the rate: events wait too long in the function's queue. It stays as it is until somebody changes it. */
  slowDown(): void {
    if (this.#state !== 'running') return;
    const rate = Math.min(this.#rate.limit ?? Infinity, this.#rate.perSecond || Infinity);
    if (Number.isFinite(rate)) this.rate = rate / 2;
    this.#turn('running', 'queueAge');
  }

  /** The same, when to be slower was not enough: waits until somebody resumes it. */
  pauseForQueue(): void {
    if (this.#state === 'running') this.#turn('paused', 'queueAge');
  }

  get #isGoing(): boolean {
    return this.#state === 'running' || this.#state === 'waiting';
  }

  /** Whether a line runs once however often it is sent. */
  get #runsOnce(): boolean {
    return this.options.journal.header.executionSeed !== undefined;
  }

  /**
   * What was under way when an earlier part of the run died may have been queued: unless it runs once all the same, it is
   * never sent again.
   */
  #settleInterrupted(): void {
    const { journal } = this.options;
    for (const place of journal.state.open.values()) {
      if (this.#runsOnce) journal.giveBack(place);
      else journal.settle(place, { kind: 'unknown', name: 'Interrupted' });
    }
  }

  async #work(): Promise<void> {
    try {
      while (await this.#mayGoOn()) {
        await this.#source.waitForLine();
        // Taken and intended in one turn: a journal has no gaps.
        const line = this.#source.take();
        if (line) await this.#carry(line);
        else if (this.#source.isExhausted) return;
      }
    } catch (error) {
      this.#stopFor(error instanceof EventFileChanged ? 'fileChanged' : 'journal', error);
    }
  }

  /** Whether the next line may leave now; waits until it may, and counts it against the rate. */
  async #mayGoOn(): Promise<boolean> {
    for (;;) {
      if (this.#state === 'stopped' || this.#state === 'finished') return false;
      if (this.#state === 'paused') await this.#sleepers.sleep();
      else {
        const waitMs = Math.max(this.#waitsUntil - performance.now(), this.#rate.waitMs());
        if (waitMs <= 0) {
          this.#rate.spend();
          return true;
        }
        await this.#sleepers.sleep(waitMs);
      }
    }
  }

  /** From the intent to the outcome of one line. @throws what the journal throws */
  async #carry(line: EventLine): Promise<void> {
    const { journal, send, isValid } = this.options;
    const { bytes } = line;
    if (!bytes || !isValid(line)) {
      this.#rate.refund();
      const intended = journal.intend(line);
      journal.settle(line, { kind: 'invalid' });
      return intended;
    }
    for (;;) {
      await journal.intend(line);
      const resumed = this.#resumed;
      const sent = await send(this.#lineToSend(line.number, bytes), this.#abort.signal);
      if (this.#settle(line, sent, resumed) || !(await this.#mayGoOn())) return;
    }
  }

  #lineToSend(number: number, payload: Uint8Array): LineToSend {
    const { executionSeed } = this.options.journal.header;
    if (executionSeed === undefined) return { payload };
    return { payload, durableName: executionName(executionSeed, number) };
  }

  /**
   * Whether the line is done.
   * @param resumed how often the run had been resumed when it was sent
   */
  #settle(line: EventLine, sent: SentEvent, resumed: number): boolean {
    const { journal } = this.options;
    const verdict = verdictOf(sent, this.#runsOnce);
    if (verdict.kind === 'settle') {
      journal.settle(line, outcomeOf(sent));
      this.#learn(sent);
      return true;
    }
    journal.giveBack(line);
    if (verdict.kind === 'again') this.#hinder(verdict.because, sent);
    else if (this.#isGoing && resumed === this.#resumed) {
      this.#error = sent.error;
      this.#turn(verdict.kind === 'pause' ? 'paused' : 'stopped', verdict.reason);
    }
    return false;
  }

  /** What a line that is done says about the next ones. */
  #learn({ kind, error }: SentEvent): void {
    if (kind !== 'unknown') this.#reached();
    if (kind === 'accepted') {
      this.#hinderedSince = undefined;
      this.#rate.accepted();
    }
    const reason = this.#streaks.add(kind);
    if (reason) this.#stopBy(reason, error);
  }

  #hinder(because: Hindrance, { error, pauseMs }: SentEvent): void {
    if (because === 'cancelled' || because === 'renewed' || !this.#isGoing) return;
    if (because === 'unknown') {
      const reason = this.#streaks.add('unknown');
      if (reason) this.#stopBy(reason, error);
      return;
    }
    const now = performance.now();
    this.#hinderedSince ??= now;
    const hinderedMs = now - this.#hinderedSince;
    this.#error = error;
    if (because === 'throttled') {
      this.#reached();
      this.#rate.throttled(pauseMs);
      if (hinderedMs > this.#limits.throttledMs) this.#turn('paused', 'throttled');
      return;
    }
    // The first of those that failed together decides for all.
    if (now < this.#waitsUntil) return;
    const [first, longest] = this.#limits.networkPauseMs;
    this.#networkPauseMs = Math.min(this.#networkPauseMs * 2 || first, longest);
    this.#waitsUntil = now + this.#networkPauseMs;
    if (!this.#hasReached && hinderedMs > this.#limits.unreachedMs) this.#stopBy('network', error);
    else this.#turn('waiting', 'network');
  }

  #reached(): void {
    this.#hasReached = true;
    this.#networkPauseMs = 0;
    if (this.#state === 'waiting') this.#turn('running');
  }

  #stopBy(reason: RunReason, error: OutcomeError | undefined): void {
    if (!this.#isGoing) return;
    this.#error = error;
    this.#turn('stopped', reason);
  }

  #stopFor(reason: RunReason, error: unknown): void {
    const { code = 'Error' } = error as NodeJS.ErrnoException;
    this.#error = { name: code, message: messageOf(error) };
    this.#turn('stopped', reason);
  }

  #turn(state: RunState, reason?: RunReason): void {
    if (this.#state === state && this.#reason === reason) return;
    if (state === 'running' || reason === 'user') this.#error = undefined;
    this.#state = state;
    this.#reason = reason;
    this.#sleepers.wake();
    this.options.onState?.(this.progress);
  }
}

function outcomeOf({ kind, status, requestId, error }: SentEvent) {
  return {
    // A line that was not sent is never done.
    kind: kind === 'notSent' ? ('rejected' as const) : kind,
    status,
    requestId,
    ...(kind !== 'accepted' && { name: error?.name }),
  };
}
