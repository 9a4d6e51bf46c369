import * as l10n from '@vscode/l10n';
import { rounded, shownDuration } from './estimates';
import type { FunctionHealth, Reading } from './invocation/functionHealth';
import { defaultEventHandling } from './limits';
import { shownNumber } from './shownNumber';

/** What is to be sent. */
export interface Load {
  /** Events; 0 or more. */
  readonly events: number;
  /** Events per second; `Infinity` for as fast as they go. */
  readonly rate: number;
}

/** What becomes of an event that Lambda gives up on: `kept` in a dead-letter queue or failure destination. */
export type Fate = 'kept' | 'lost' | 'unknown';

export type Capacity = CapacityFacts &
  (
    | { readonly kind: 'keepsUp'; readonly longestWaitSeconds: number }
    /** The reserved concurrency is 0: nothing ever runs. */
    | { readonly kind: 'neverRuns'; readonly dropped: number }
    /** Events wait so long now that all that are sent would expire. */
    | { readonly kind: 'queueFull'; readonly dropped: number; readonly queueAgeSeconds: number }
    | {
        readonly kind: 'tooSlow';
        readonly longestWaitSeconds: number;
        /** How many expire, estimated. */
        readonly dropped: number;
        /** Events per second at which none would, with a fifth of the maximum age to spare. */
        readonly safeRate: number;
      }
    | { readonly kind: 'unknown'; readonly missing: readonly ('duration' | 'concurrency')[] }
  );

interface CapacityFacts extends Load {
  readonly maxAgeSeconds: number;
  readonly fate: Fate;
  /** Of one event, in seconds: what is usual, or at most (the function's timeout) when nothing was measured. */
  readonly durationSeconds: number | undefined;
  readonly concurrency: number | undefined;
  readonly sendingSeconds: number;
  /** Until the last event has run; undefined when it is not known. */
  readonly processingSeconds: number | undefined;
  /** How many would have to run at once to keep up with the rate; undefined for any rate or an unknown duration. */
  readonly neededConcurrency: number | undefined;
  /** In the last hour: the function has been at its limit. 0 when unknown. */
  readonly throttles: number;
}

/** Fewer events than this no function needs hours for: there is nothing to forecast. */
export const fewEvents = 100;

/** Part of the maximum age that a rate which is offered uses. */
const usedAge = 0.8;

/**
 * Whether a function runs events before they expire, if each takes as long as usual and succeeds at once. The queue is
 * first in, first out: event `n` leaves it after `n × duration ÷ concurrency`, and came in after `n ÷ rate`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
 */
export function planCapacity(load: Load, health: FunctionHealth): Capacity {
  const facts = factsOf(load, health);
  const { events, rate, maxAgeSeconds, durationSeconds, concurrency } = facts;
  if (events === 0) return { ...facts, kind: 'keepsUp', longestWaitSeconds: 0 };
  if (concurrency === 0) return { ...facts, kind: 'neverRuns', dropped: events };
  const queueAge = valueOf(health.metrics)?.queueAgeSeconds ?? 0;
  if (queueAge >= maxAgeSeconds)
    return { ...facts, kind: 'queueFull', dropped: events, queueAgeSeconds: queueAge };
  if (durationSeconds === undefined || concurrency === undefined) {
    const missing = [
      ...(durationSeconds === undefined ? (['duration'] as const) : []),
      ...(concurrency === undefined ? (['concurrency'] as const) : []),
    ];
    return { ...facts, kind: 'unknown', missing };
  }
  const secondsPerEvent = durationSeconds / concurrency;
  const waitPerEvent = Math.max(secondsPerEvent - 1 / rate, 0);
  const longestWaitSeconds = queueAge + events * waitPerEvent;
  if (longestWaitSeconds <= maxAgeSeconds) return { ...facts, kind: 'keepsUp', longestWaitSeconds };
  // The timeout says only that it is no slower.
  if (valueOf(health.metrics)?.averageDurationMs === undefined)
    return { ...facts, kind: 'unknown', missing: ['duration'] };
  const inTime = (maxAgeSeconds - queueAge) / waitPerEvent;
  // From then on events expire at the rate at which more come in than run.
  const expiring = Math.round((events - inTime) * (waitPerEvent / secondsPerEvent));
  const spare = Math.max(maxAgeSeconds * usedAge - queueAge, 0);
  const safeRate = 1 / (secondsPerEvent - spare / events);
  const dropped = Math.max(expiring, 1);
  return { ...facts, kind: 'tooSlow', longestWaitSeconds, dropped, safeRate };
}

function factsOf({ events, rate }: Load, health: FunctionHealth): CapacityFacts {
  const metrics = valueOf(health.metrics);
  const settings = valueOf(health.configuration);
  const durationSeconds =
    metrics?.averageDurationMs === undefined
      ? settings?.timeoutSeconds
      : metrics.averageDurationMs / 1000;
  const concurrency = concurrencyOf(health);
  const sendingSeconds = events / rate;
  return {
    events,
    rate,
    maxAgeSeconds:
      valueOf(health.eventHandling)?.maxAgeSeconds ?? defaultEventHandling.maxAgeSeconds,
    fate: fateOf(health),
    durationSeconds,
    concurrency,
    sendingSeconds,
    processingSeconds:
      durationSeconds === undefined || !concurrency
        ? undefined
        : Math.max(sendingSeconds, (events * durationSeconds) / concurrency),
    neededConcurrency:
      durationSeconds === undefined || rate === Infinity
        ? undefined
        : Math.max(Math.ceil(rate * durationSeconds), 1),
    throttles: metrics?.throttles ?? 0,
  };
}

/** What is reserved. A function that shares the account's and is throttled has as much as it had at most. */
function concurrencyOf({ concurrency, metrics }: FunctionHealth): number | undefined {
  const reserved = valueOf(concurrency)?.reserved;
  if (reserved !== undefined) return reserved;
  const measured = valueOf(metrics);
  return measured && measured.throttles > 0 ? measured.mostConcurrent || undefined : undefined;
}

function fateOf({ configuration, eventHandling }: FunctionHealth): Fate {
  const settings = valueOf(configuration);
  const handling = valueOf(eventHandling);
  if (settings?.deadLetterTarget || handling?.failureDestination) return 'kept';
  return settings && handling ? 'lost' : 'unknown';
}

const valueOf = <Value>(reading: Reading<Value>) =>
  reading.kind === 'known' ? reading.value : undefined;

/** What will go wrong, for people; undefined when nothing will, or nobody knows. */
export function capacityWarning(capacity: Capacity): string | undefined {
  if (!isDropping(capacity)) return undefined;
  const { cause, effect } = capacityFault(capacity);
  const warning = l10n.t('{0}: {1}.', cause, effect);
  if (capacity.kind !== 'tooSlow') return warning;
  const rate = shownNumber(offeredRate(capacity));
  return l10n.t('{0} At {1}/s, none would.', warning, rate);
}

/** What makes events expire. */
export type Dropping = Extract<Capacity, { readonly dropped: number }>;

export function isDropping(capacity: Capacity): capacity is Dropping {
  return 'dropped' in capacity;
}

/** The safe rate with the digits that are shown of it, never above it. */
export function offeredRate({ safeRate }: Extract<Capacity, { readonly kind: 'tooSlow' }>): number {
  return rounded(safeRate, 'down');
}

/** Why events expire, and what comes of it, for people: two parts of a sentence, without its period. */
export function capacityFault(capacity: Dropping): {
  readonly cause: string;
  readonly effect: string;
} {
  const { kind, fate } = capacity;
  const words = wordsOf(capacity);
  return { cause: causes[kind][fate](words), effect: effects[kind][fate](words) };
}

type Words = ReturnType<typeof wordsOf>;

function wordsOf(capacity: Dropping) {
  const { events, dropped, processingSeconds = 0, maxAgeSeconds } = capacity;
  return {
    events: shownNumber(events),
    dropped: shownNumber(dropped === events ? events : rounded(dropped)),
    duration: shownDuration(processingSeconds),
    age: shownDuration(maxAgeSeconds),
  };
}

type Texts = Readonly<Record<Dropping['kind'], Readonly<Record<Fate, (words: Words) => string>>>>;

/** The same whatever becomes of the events. */
const always = (text: (words: Words) => string) => ({ lost: text, kept: text, unknown: text });

const slowAndGivenUp = (words: Words) =>
  l10n.t(
    'The function needs {duration} for {events} events, but Lambda gives up on an event after {age}',
    words,
  );

const fullAndGivenUp = (words: Words) =>
  l10n.t(
    'Events have been waiting in the function’s queue for {age}, after which Lambda gives up on them',
    words,
  );

const causes: Texts = {
  tooSlow: {
    lost: (words) =>
      l10n.t(
        'The function needs {duration} for {events} events, but Lambda discards an event after {age}',
        words,
      ),
    kept: slowAndGivenUp,
    unknown: slowAndGivenUp,
  },
  neverRuns: always(() => l10n.t('The function’s reserved concurrency is 0, so it never runs')),
  queueFull: {
    lost: (words) =>
      l10n.t(
        'Events have been waiting in the function’s queue for {age}, after which Lambda discards them',
        words,
      ),
    kept: fullAndGivenUp,
    unknown: fullAndGivenUp,
  },
};

const effects: Texts = {
  tooSlow: {
    lost: (words) => l10n.t('about {dropped} would be lost', words),
    kept: (words) =>
      l10n.t('about {dropped} would go to its dead-letter queue or failure destination', words),
    unknown: (words) =>
      l10n.t(
        'about {dropped} would fail, and be lost unless the function has a dead-letter queue or failure destination',
        words,
      ),
  },
  neverRuns: {
    lost: (words) => l10n.t('all {events} events would be lost', words),
    kept: (words) =>
      l10n.t('all {events} events would go to its dead-letter queue or failure destination', words),
    unknown: (words) =>
      l10n.t(
        'all {events} events would fail, and be lost unless the function has a dead-letter queue or failure destination',
        words,
      ),
  },
  queueFull: always(() => l10n.t('wait until the queue is shorter')),
};
