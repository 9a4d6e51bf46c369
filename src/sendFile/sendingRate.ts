import { Throughput } from './throughput';

/** Below this an endpoint that throttles everything is still asked, in events a second. */
const lowestRate = 0.2;

/** A rate that recovers beyond this is no limit any more. */
const highestRate = 10_000;

/** How many milliseconds' worth of events may leave at once after a pause. */
const burstMs = 50;

/** Events that are throttled within this time were sent at the same rate: it is halved once for all of them. */
const halvingMs = 1000;

/** What an accepted event adds to a rate that was halved: so much of it for each second since it last changed. */
const recoveryPerSecond = 0.1;

/**
 * How fast events may leave: a token bucket with the rate that the user chose. Throttling halves the rate; it recovers
 * while events are accepted.
 */
export class SendingRate {
  #limit: number;
  #rate: number;
  #tokens = 1;
  #filledAt: number;
  #changedAt: number;
  /** No event leaves before: the service asked for it. */
  #pausedUntil = 0;
  readonly #throughput: Throughput;

  /**
   * @param limit events a second; `undefined` for as many as there are connections
   * @param now in milliseconds, by a clock that only goes forward
   */
  constructor(
    limit: number | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#throughput = new Throughput(now);
    this.#limit = limit ?? Infinity;
    this.#rate = this.#limit;
    this.#filledAt = this.now();
    this.#changedAt = this.#filledAt;
  }

  get limit(): number | undefined {
    return Number.isFinite(this.#limit) ? this.#limit : undefined;
  }

  set limit(limit: number | undefined) {
    this.#fill();
    this.#limit = limit ?? Infinity;
    this.#rate = this.#limit;
  }

  /** Whether it is lower than the user wants, because the service throttles. */
  get isThrottled(): boolean {
    return this.#rate < this.#limit;
  }

  /** Requests in the last seconds, for each second. */
  get perSecond(): number {
    return this.#throughput.perSecond;
  }

  /** Milliseconds until the next event may leave; 0 for now. */
  waitMs(): number {
    const pause = this.#pausedUntil - this.now();
    if (pause > 0) return Math.ceil(pause);
    this.#fill();
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) / this.#rate) * 1000);
  }

  /** An event leaves. */
  spend(): void {
    if (Number.isFinite(this.#rate)) this.#tokens -= 1;
    this.#throughput.add(1);
  }

  /** An event did not leave after all. */
  refund(): void {
    if (Number.isFinite(this.#rate)) this.#tokens += 1;
    this.#throughput.add(-1);
  }

  /** @param pauseMs what the service asked to wait */
  throttled(pauseMs = 0): void {
    const now = this.now();
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs);
    if (this.isThrottled && now - this.#changedAt < halvingMs) return;
    const rate = Math.min(this.#rate, Math.max(this.perSecond, 1));
    this.#fill();
    this.#rate = Math.max(lowestRate, rate / 2);
    this.#tokens = Math.min(this.#tokens, 0);
    this.#changedAt = now;
  }

  accepted(): void {
    if (!this.isThrottled) return;
    const now = this.now();
    this.#fill();
    const grown = this.#rate * (1 + (recoveryPerSecond * (now - this.#changedAt)) / 1000);
    this.#rate = Math.min(grown > highestRate ? Infinity : grown, this.#limit);
    this.#changedAt = now;
  }

  #fill(): void {
    const now = this.now();
    const most = Math.max(1, (this.#rate * burstMs) / 1000);
    const grown = Number.isFinite(this.#rate)
      ? this.#tokens + (this.#rate * (now - this.#filledAt)) / 1000
      : most;
    this.#tokens = Math.min(grown, most);
    this.#filledAt = now;
  }
}
