import * as l10n from '@vscode/l10n';
import { shownNumber } from '../core/shownNumber';

/** How often a change of the length is passed on, in milliseconds: events that run at once are never seen waiting. */
const noticeMs = 250;

/** How often it is said that events are refused, in milliseconds. */
const refusalMs = 10_000;

/** A queue that grows beyond this is told of, and again each time that it is ten times as long. */
const firstMark = 1000;

/** Tells of the queue's length now and then, however fast it changes. */
export class QueueNotices {
  readonly #length: () => number;
  readonly #say: (text: string) => void;
  readonly #onChange: () => void;
  #timer: NodeJS.Timeout | undefined;
  #noticed = 0;
  #mark = firstMark;
  #saysRefusalsFrom = 0;
  #isStopped = false;

  /** @param say gets a line for people */
  constructor(length: () => number, say: (text: string) => void, onChange: () => void) {
    this.#length = length;
    this.#say = say;
    this.#onChange = onChange;
  }

  changed(): void {
    if (!this.#isStopped) this.#timer ??= setTimeout(() => this.#notice(), noticeMs).unref();
  }

  refused(reason: string): void {
    if (this.#isStopped || performance.now() < this.#saysRefusalsFrom) return;
    this.#saysRefusalsFrom = performance.now() + refusalMs;
    this.#say(l10n.t('Events are rejected with TooManyRequestsException: {0}', reason));
  }

  /** Nothing is told after that. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #notice(): void {
    this.#timer = undefined;
    const length = this.#length();
    if (length === this.#noticed) return;
    this.#noticed = length;
    if (length >= this.#mark) {
      this.#say(l10n.t('{0} events are queued.', shownNumber(length)));
      while (length >= this.#mark) this.#mark *= 10;
    } else if (length === 0 && this.#mark > firstMark) {
      this.#say(l10n.t('The queue is empty.'));
      this.#mark = firstMark;
    }
    this.#onChange();
  }
}
