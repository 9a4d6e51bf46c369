import * as l10n from '@vscode/l10n';
import type { Attempt, Invocation, Log } from './invocation';

/** An event whose every attempt failed. */
export interface DeadLetter {
  readonly invocation: Invocation;
  readonly attempts: number;
  readonly reason: string;
}

/**
 * How long an event waits at least, in milliseconds: about as long as in Lambda, and long enough for the caller to have
 * read its 202 before a handler's process is started, which takes this one's time.
 */
const waitMs = 50;

/**
 * The queue behind an asynchronous invocation: an event is run after the caller has its 202, and again after each
 * delay while the function fails. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class EventQueue {
  readonly #run: (invocation: Invocation) => Promise<Attempt>;
  readonly #retryDelaysMs: readonly number[];
  readonly #log: Log;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #deadLetters: DeadLetter[] = [];
  #stopped = false;

  constructor(
    run: (invocation: Invocation) => Promise<Attempt>,
    retryDelaysMs: readonly number[],
    log: Log,
  ) {
    this.#run = run;
    this.#retryDelaysMs = retryDelaysMs;
    this.#log = log;
  }

  get deadLetters(): readonly DeadLetter[] {
    return this.#deadLetters;
  }

  add(invocation: Invocation): void {
    this.#schedule(invocation, 0, waitMs);
  }

  /** Forgets the events that wait; nothing runs or is told after that. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #schedule(invocation: Invocation, attemptsBefore: number, delayMs: number): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#attempt(invocation, attemptsBefore).catch((error: unknown) => {
        if (!this.#stopped) this.#tell(invocation, l10n.t('The event is lost. {0}', String(error)));
      });
    }, delayMs);
    this.#timers.add(timer);
  }

  async #attempt(invocation: Invocation, attemptsBefore: number): Promise<void> {
    const { result } = await this.#run(invocation);
    if (this.#stopped || result.status === 'success') return;
    const attempts = attemptsBefore + 1;
    const reason = `${result.error.errorType}: ${result.error.errorMessage}`;
    const delayMs = this.#retryDelaysMs[attemptsBefore];
    if (delayMs === undefined) {
      this.#deadLetters.push({ invocation, attempts, reason });
      this.#tell(
        invocation,
        l10n.t('Dead letter: attempt {attempts} was the last one. {reason}', { attempts, reason }),
      );
    } else {
      this.#tell(
        invocation,
        l10n.t('Retry in {seconds} s, after attempt {attempts} failed.', {
          seconds: delayMs / 1000,
          attempts,
        }),
      );
      this.#schedule(invocation, attempts, delayMs);
    }
  }

  #tell({ functionName, requestId }: Invocation, text: string): void {
    this.#log({ functionName, requestId, stream: 'platform', text });
  }
}
