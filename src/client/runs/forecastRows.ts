/** Whether a function keeps up with a run, as rows of its plan say it; pure. */
import * as l10n from '@vscode/l10n';
import {
  type Capacity,
  capacityFault,
  type Dropping,
  isDropping,
  offeredRate,
  planCapacity,
} from '../../core/capacity';
import { durationText, rateText } from '../../core/fileRun/runText';
import { eventsOf, type PlanRow, type RunPlan } from './runPlan';

/** What will go wrong at the plan's rate; for a function that is too slow, with the rate at which nothing will. */
export function warningRows(plan: RunPlan): PlanRow[] {
  const capacity = capacityOf(plan);
  if (!capacity || !isDropping(capacity)) return [];
  const { cause, effect } = capacityFault(capacity);
  return [{ icon: 'warning', description: effect, detail: cause, ...warningChoice(capacity) }];
}

function warningChoice(capacity: Dropping) {
  if (capacity.kind === 'tooSlow') {
    const rate = offeredRate(capacity);
    const label = l10n.t('Use {0} Instead', rateText(rate));
    return { label, choice: 'useSafeRate', rate } as const;
  }
  const label = {
    neverRuns: l10n.t('The function never runs'),
    queueFull: l10n.t('The function’s queue is too long'),
  }[capacity.kind];
  return { label, choice: 'nothing' } as const;
}

/** For how long a function that keeps up will run, as a part of a line. */
export function processingParts(plan: RunPlan): string[] {
  const capacity = capacityOf(plan);
  if (capacity?.kind !== 'keepsUp' || capacity.processingSeconds === undefined) return [];
  const duration = durationText(capacity.processingSeconds);
  // What was not measured is as long as the timeout, at worst.
  return [
    isMeasured(plan)
      ? l10n.t('processed in about {0}', duration)
      : l10n.t('processed in at most {0}', duration),
  ];
}

/** Which permissions a better forecast needs. */
export function missingPermissionRows({ health }: RunPlan): PlanRow[] {
  const missing = Object.values(health ?? {}).flatMap((reading) =>
    reading.kind === 'denied' ? [reading.missingAction] : [],
  );
  if (missing.length === 0) return [];
  return [
    {
      icon: 'info',
      label: l10n.t('Whether the function keeps up is not fully known'),
      detail: l10n.t('Missing permissions: {0}', missing.join(', ')),
      choice: 'nothing',
    },
  ];
}

function capacityOf({ check, pace, health }: RunPlan): Capacity | undefined {
  const load = { events: eventsOf(check), rate: pace.rate ?? Infinity };
  return health && planCapacity(load, health);
}

function isMeasured({ health }: RunPlan): boolean {
  return health?.metrics.kind === 'known' && health.metrics.value.averageDurationMs !== undefined;
}
