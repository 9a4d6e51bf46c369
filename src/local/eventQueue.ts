import * as l10n from '@vscode/l10n';
import type { Backlog } from './backlog';
import { cutText } from './byteLimits';
import { type DeadLetter, DeadLetters } from './deadLetters';
import type { Attempt, Invocation, Log } from './invocation';

/**
 * How long an event waits at least, in milliseconds: about as long as in Lambda, and long enough for the caller to have
 * read its 202 before a handler's process is started, which takes this one's time.
 */
const waitMs = 50;

/** An error may be megabytes long: what is kept of it to say why an event is a dead letter, in bytes. */
const reasonLimitBytes = 2048;

/** An event on its way through the queue. */
interface QueuedEvent {
  readonly invocation: Invocation;
  /** How many attempts have failed. */
  attempts: number;
  /** Makes room in the backlog. */
  readonly leave: () => void;
}

/**
 * The queue behind an asynchronous invocation: an event is run after the caller has its 202, and again after each
 * delay while the function fails. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class EventQueue {
  readonly #run: (invocation: Invocation) => Promise<Attempt>;
  readonly #retryDelaysMs: readonly number[];
  readonly #log: Log;
  readonly #backlog: Backlog;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #deadLetters = new DeadLetters();
  #stopped = false;

  constructor(
    run: (invocation: Invocation) => Promise<Attempt>,
    retryDelaysMs: readonly number[],
    log: Log,
    backlog: Backlog,
  ) {
    this.#run = run;
    this.#retryDelaysMs = retryDelaysMs;
    this.#log = log;
    this.#backlog = backlog;
  }

  /** Oldest first. */
  get deadLetters(): readonly DeadLetter[] {
    return this.#deadLetters.all;
  }

  /** @throws ServiceError TooManyRequestsException, when the backlog is full */
  add(invocation: Invocation): void {
    const leave = this.#backlog.admit(invocation);
    this.#schedule({ invocation, attempts: 0, leave }, waitMs);
  }

  /** Forgets the events that wait; nothing runs or is told after that. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #schedule(event: QueuedEvent, delayMs: number): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#attempt(event).catch((error: unknown) => {
        event.leave();
        if (this.#stopped) return;
        this.#tell(event.invocation, l10n.t('The event is lost. {0}', String(error)));
      });
    }, delayMs);
    this.#timers.add(timer);
  }

  async #attempt(event: QueuedEvent): Promise<void> {
    const { result } = await this.#run(event.invocation);
    if (this.#stopped) return;
    if (result.status === 'success') {
      event.leave();
      return;
    }
    const delayMs = this.#retryDelaysMs[event.attempts];
    event.attempts += 1;
    if (delayMs === undefined) {
      event.leave();
      this.#keep(event, `${result.error.errorType}: ${result.error.errorMessage}`);
    } else {
      this.#tell(
        event.invocation,
        l10n.t('Attempt {attempts} failed. Retrying in {seconds} s.', {
          seconds: delayMs / 1000,
          attempts: event.attempts,
        }),
      );
      this.#schedule(event, delayMs);
    }
  }

  #keep({ invocation, attempts }: QueuedEvent, error: string): void {
    const { text, omittedBytes } = cutText(error, reasonLimitBytes);
    const reason = omittedBytes > 0 ? `${text} …` : text;
    const dropped = this.#deadLetters.add({ invocation, attempts, reason });
    this.#tell(
      invocation,
      l10n.t('Dead letter: attempt {attempts} was the last one. {reason}', { attempts, reason }),
    );
    for (const letter of dropped) {
      this.#tell(letter.invocation, l10n.t('Dead letter dropped: only the newest are kept.'));
    }
  }

  #tell({ functionName, requestId }: Invocation, text: string): void {
    this.#log({ functionName, requestId, stream: 'platform', text });
  }
}
