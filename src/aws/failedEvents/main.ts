/** Where a function's failed events lie, and what lies there; a chunk of its own, read with the first question. */
import { functionLabel } from '../../core/functionIdentifier/label';
import type { FailedEventPlace } from '../../core/failedEvents/place';
import { placeOfArn } from '../../core/failedEvents/place';
import type { Connection } from '../../core/invocation/connection';
import type { FunctionSettings, Reading } from '../../core/invocation/functionHealth';
import type { ReadingOptions } from '../client';
import { type HealthRequest, readFailureTargets } from '../functionHealth';
import type { QueueOptions } from './queueStore';
import type { FailedEventStore } from '../../core/failedEvents/store';

export interface FailedEventPlaces {
  /** Where the function's dead letters go; `undefined` when it has no such queue or topic. */
  readonly deadLetters: Reading<FailedEventPlace | undefined>;
  /** The failure destination of the function, or of the alias or version that was asked for. */
  readonly failureDestination: Reading<FailedEventPlace | undefined>;
  /** How often Lambda runs an event that fails, once more than it retries. */
  readonly maxRuns: Reading<number>;
  /** What the function wants of each event, too. */
  readonly settings: Reading<FunctionSettings>;
}

/** Asks Lambda where the failed events of a function go. Never rejects. */
export async function findFailedEventPlaces(
  connection: Connection,
  request: HealthRequest,
  options: ReadingOptions = {},
): Promise<FailedEventPlaces> {
  const { configuration, eventHandling } = await readFailureTargets(connection, request, options);
  return {
    deadLetters: mapped(configuration, ({ deadLetterTarget }) =>
      deadLetterTarget === undefined ? undefined : placeOfArn('deadLetters', deadLetterTarget),
    ),
    failureDestination: mapped(eventHandling, ({ failureDestination }) =>
      failureDestination === undefined
        ? undefined
        : placeOfArn('failureDestination', failureDestination),
    ),
    maxRuns: mapped(eventHandling, ({ maxRetries }) => maxRetries + 1),
    settings: configuration,
  };
}

/**
 * Looks into a queue or bucket.
 * @param functionName as somebody named it: a bucket may hold the records of others, too
 * @throws ConnectionError when it cannot be had
 */
export async function openFailedEvents(
  connection: Connection,
  place: FailedEventPlace,
  functionName: string,
  options: QueueOptions = {},
): Promise<FailedEventStore> {
  if (place.service === 'queue') {
    const { QueueStore } = await import('./queueStore');
    return QueueStore.open(connection, place, options);
  }
  const { BucketStore } = await import('./bucketStore');
  return BucketStore.open(connection, place, functionLabel(functionName).name, options);
}

function mapped<Value, Result>(
  reading: Reading<Value>,
  map: (value: Value) => Result,
): Reading<Result> {
  return reading.kind === 'known' ? { kind: 'known', value: map(reading.value) } : reading;
}
