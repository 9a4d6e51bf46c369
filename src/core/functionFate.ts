import * as l10n from '@vscode/l10n';
import { shownDuration } from './estimates';
import type { FunctionHealth, Reading } from './invocation/functionHealth';
import { shownNumber } from './shownNumber';

/** What will become of an event that Lambda has queued. */
export interface Fate {
  /** On one line. */
  readonly text: string;
  /** Something is wrong with the function already now. */
  readonly isWarning: boolean;
}

/**
 * What will become of an event that Lambda has queued, as far as it is known; `undefined` when nothing is. A part that
 * may not be read is left out, and the missing permission is named.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function functionFate(health: Partial<FunctionHealth>): Fate | undefined {
  const warnings = warningsOf(health);
  const parts = [...warnings, ...failureParts(health), ...missingParts(health)];
  return parts.length === 0
    ? undefined
    : { text: parts.join(' · '), isWarning: warnings.length > 0 };
}

function warningsOf({ configuration, concurrency, metrics }: Partial<FunctionHealth>): string[] {
  const { state, updateStatus } = valueOf(configuration) ?? {};
  const { queueAgeSeconds = 0, droppedEvents = 0 } = valueOf(metrics) ?? {};
  return [
    ...(valueOf(concurrency)?.reserved === 0
      ? [l10n.t('Reserved concurrency is 0: it will not run')]
      : []),
    ...(state === undefined || state === 'Active' ? [] : [l10n.t('The function is {0}', state)]),
    ...(updateStatus === undefined || updateStatus === 'Successful'
      ? []
      : [l10n.t('Its last update is {0}', updateStatus)]),
    ...(queueAgeSeconds >= longWaitSeconds
      ? [l10n.t('Events wait {0} in its queue', shownDuration(queueAgeSeconds))]
      : []),
    ...droppedParts(droppedEvents),
  ];
}

/** Longer than this, events do not just wait for their turn. */
const longWaitSeconds = 60;

function droppedParts(dropped: number): string[] {
  if (dropped === 0) return [];
  return [
    dropped === 1
      ? l10n.t('1 event was dropped in the last hour')
      : l10n.t('{0} events were dropped in the last hour', shownNumber(dropped)),
  ];
}

/** How often it is tried, for how long, and where it ends. */
function failureParts({ configuration, eventHandling }: Partial<FunctionHealth>): string[] {
  const settings = valueOf(configuration);
  const handling = valueOf(eventHandling);
  const keptIn = settings?.deadLetterTarget ?? handling?.failureDestination;
  const tries =
    handling === undefined || settings?.isDurable
      ? []
      : [
          handling.maxRetries === 1
            ? l10n.t('1 retry after an error')
            : l10n.t('{0} retries after an error', handling.maxRetries),
          l10n.t('given up after {0}', shownDuration(handling.maxAgeSeconds)),
        ];
  if (keptIn !== undefined) return [...tries, l10n.t('a failed event goes to {0}', nameOf(keptIn))];
  return settings && handling ? [...tries, l10n.t('a failed event is lost')] : tries;
}

/** The queue, topic, bucket, bus or function at the end of an ARN. */
function nameOf(arn: string): string {
  return (
    arn
      .split(':')
      .slice(5)
      .join(':')
      .replace(/^function:/, '') || arn
  );
}

function missingParts(health: Partial<FunctionHealth>): string[] {
  const missing = Object.values(health).flatMap((reading) =>
    reading.kind === 'denied' ? [reading.missingAction] : [],
  );
  if (missing.length === 0) return [];
  return [l10n.t('Missing permissions: {0}', missing.join(', '))];
}

function valueOf<Value>(reading: Reading<Value> | undefined): Value | undefined {
  return reading?.kind === 'known' ? reading.value : undefined;
}
