import assert from 'node:assert/strict';
import { SendingRate } from '../../../src/sendFile/sendingRate';

/** Sends as fast as the rate permits, for some seconds of a made-up clock; how many events left. */
function sentIn(seconds: number, rate: SendingRate, clock: { now: number }, each?: () => void) {
  const end = clock.now + seconds * 1000;
  let sent = 0;
  for (;;) {
    const waitMs = rate.waitMs();
    if (clock.now + waitMs > end) {
      clock.now = end;
      return sent;
    }
    clock.now += waitMs;
    if (waitMs > 0) continue;
    rate.spend();
    sent += 1;
    each?.();
  }
}

describe('the rate of a run', () => {
  const clock = { now: 0 };
  const rateOf = (limit: number | undefined) => new SendingRate(limit, () => clock.now);

  for (const limit of [0.5, 1, 10, 250, 2000]) {
    it(`lets ${limit} events a second leave`, () => {
      const sent = sentIn(20, rateOf(limit), clock);
      assert.ok(Math.abs(sent - 20 * limit) <= Math.max(2, 0.06 * limit), `${sent}`);
    });
  }

  it('makes up for no time in which nothing was sent', () => {
    const rate = rateOf(10);
    sentIn(1, rate, clock);
    // The machine was asleep.
    clock.now += 3_600_000;
    const sent = sentIn(1, rate, clock);
    assert.ok(sent <= 11, `${sent}`);
  });

  it('never waits without a limit', () => {
    const rate = rateOf(undefined);
    for (let sent = 0; sent < 100_000; sent++) {
      assert.equal(rate.waitMs(), 0);
      rate.spend();
    }
    assert.equal(rate.limit, undefined);
  });

  it('is halved once for all events that were throttled together, and again later', () => {
    const rate = rateOf(100);
    sentIn(5, rate, clock);
    for (let event = 0; event < 16; event++) rate.throttled();
    assert.ok(rate.isThrottled);
    const sent = sentIn(1, rate, clock);
    assert.ok(sent >= 47 && sent <= 54, `${sent}`);
    clock.now += 1000;
    rate.throttled();
    clock.now += 1000;
    assert.ok(sentIn(1, rate, clock) <= 27);
  });

  it('halves what really left when there is no limit', () => {
    const rate = rateOf(undefined);
    for (let sent = 0; sent < 800; sent++) {
      rate.spend();
      clock.now += 5;
    }
    rate.throttled();
    const sent = sentIn(1, rate, clock);
    assert.ok(sent >= 90 && sent <= 107, `${sent}`);
  });

  it('recovers while events are accepted, up to the limit', () => {
    const rate = rateOf(100);
    sentIn(5, rate, clock);
    rate.throttled();
    const seconds = Array.from({ length: 12 }, () => sentIn(1, rate, clock, () => rate.accepted()));
    assert.ok(seconds.every((sent, index) => index === 0 || sent >= (seconds[index - 1] ?? 0) - 6));
    assert.equal(rate.isThrottled, false);
    assert.ok(Math.abs((seconds.at(-1) ?? 0) - 100) <= 6, seconds.join(' '));
  });

  it('waits as long as the service asks', () => {
    const rate = rateOf(100);
    rate.throttled(7000);
    assert.equal(rate.waitMs(), 7000);
    assert.equal(sentIn(6, rate, clock), 0);
  });

  it('never comes to a stop by throttling', () => {
    const rate = rateOf(10);
    for (let second = 0; second < 60; second++) {
      clock.now += 1500;
      rate.throttled();
    }
    assert.ok(rate.waitMs() <= 5000, `${rate.waitMs()}`);
  });

  it('tells the events of the last seconds', () => {
    const rate = rateOf(50);
    sentIn(10, rate, clock);
    assert.ok(Math.abs(rate.perSecond - 50) <= 3, `${rate.perSecond}`);
    clock.now += 10_000;
    assert.equal(rate.perSecond, 0);
  });

  it('takes another limit at once', () => {
    const rate = rateOf(0.1);
    rate.spend();
    assert.ok(rate.waitMs() > 5000);
    rate.limit = 100;
    assert.ok(rate.waitMs() <= 10, `${rate.waitMs()}`);
  });
});
