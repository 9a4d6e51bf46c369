import type { EventHandling, Reading } from '../core/invocation/functionHealth';
import { defaultEventHandling } from '../core/limits';
import type { FileRun } from './fileRun';

/** What is read of the function that a run sends to, until the signal ends it; neither rejects. */
interface QueueReadings {
  /** How long events wait by now, in seconds. */
  readonly age: (signal: AbortSignal) => Promise<Reading<number | undefined>>;
  /** Asked once, for how long they may wait. */
  readonly handling: (signal: AbortSignal) => Promise<Reading<EventHandling>>;
}

/** Parts of the longest time that an event may wait: a run gets slower from the first on, and pauses at the second. */
const slowAt = 0.5;
const pauseAt = 0.8;

/** An endpoint that has no such metrics is not asked for ever. */
const mostFailures = 3;

/** Keeps a run from queueing events that Lambda would discard because they wait too long. */
export class QueueWatch {
  #maxAgeSeconds: number | undefined;
  /** At the look before, and only if the run was slowed down for it. */
  #slowedAtAge: number | undefined;
  #failures = 0;
  #isLooking = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #ended = new AbortController();

  constructor(
    private readonly run: Pick<FileRun, 'pauseForQueue' | 'progress' | 'slowDown'>,
    private readonly readings: QueueReadings,
  ) {}

  /** Looks again and again until `stop`. */
  start(everyMs: number): void {
    this.#timer = setInterval(() => void this.look(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#ended.abort();
  }

  /** Looks once, and does what follows: slower first, and a pause when that was not enough. Never rejects. */
  async look(): Promise<void> {
    if (this.#isLooking || this.#failures >= mostFailures) return;
    if (this.run.progress.state !== 'running') return;
    this.#isLooking = true;
    const reading = await this.readings.age(this.#ended.signal);
    if (reading.kind === 'known') await this.#follow(reading.value);
    else this.#failures = reading.kind === 'denied' ? mostFailures : this.#failures + 1;
    this.#isLooking = false;
  }

  async #follow(age = 0): Promise<void> {
    this.#failures = 0;
    const longest = (this.#maxAgeSeconds ??= await this.#readMaxAge());
    const slowedAt = this.#slowedAtAge;
    if (age < slowAt * longest) this.#slowedAtAge = undefined;
    else if (slowedAt !== undefined && age >= pauseAt * longest) this.run.pauseForQueue();
    else if (slowedAt === undefined || age > slowedAt) {
      this.run.slowDown();
      this.#slowedAtAge = age;
    }
  }

  /** What may not be read is as it is unless somebody has configured it. */
  async #readMaxAge(): Promise<number> {
    const reading = await this.readings.handling(this.#ended.signal);
    return (reading.kind === 'known' ? reading.value : defaultEventHandling).maxAgeSeconds;
  }
}
