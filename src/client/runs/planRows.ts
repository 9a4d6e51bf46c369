/** The rows that say what will happen to a file, drawn by planChoice.ts; pure. */
import * as l10n from '@vscode/l10n';
import { durationText } from '../../core/fileRun/runText';
import { functionLabel } from '../../core/functionIdentifier/label';
import { apiForLines } from '../../core/invocationHeaders';
import { shownNumber } from '../../core/shownNumber';
import type { EventFileCheck } from '../../files/eventFileCheck';
import { apiLabel, placeParts, sizeLabel } from '../invoke/callText';
import { missingPermissionRows, processingParts, warningRows } from './forecastRows';
import { eventsOf, paceText, type PlanRow, type RunPlan } from './runPlan';

/** What will happen, and what can be changed about it. */
export function planRows(plan: RunPlan): PlanRow[] {
  const { check, api, pace } = plan;
  return [
    ...warningRows(plan),
    sendRow(plan),
    {
      icon: 'beaker',
      label: l10n.t('Send the First Line Only'),
      description: l10n.t('as a trial; a run sends that line again'),
      choice: 'sendFirst',
    },
    {
      icon: 'dashboard',
      label: l10n.t('Rate: {0}', paceText(pace.rate)),
      description: l10n.t('events per second, at most'),
      choice: 'changeRate',
    },
    {
      icon: 'layers',
      label: l10n.t('Concurrency: {0}', shownNumber(pace.concurrency)),
      description: l10n.t('requests at once'),
      choice: 'changeConcurrency',
    },
    {
      icon: 'symbol-event',
      label: l10n.t('API: {0}', apiLabel(api)),
      // InvokeAsync has no place for a tenant or an execution name.
      choice: apiForLines('InvokeAsync', plan) === 'InvokeAsync' ? 'changeApi' : 'nothing',
    },
    ...headerRows(plan),
    ...stepFunctionsRows(plan),
    ...invalidRows(check),
    ...largestRows(check),
    ...missingPermissionRows(plan),
  ];
}

/** What all lines say of themselves. */
function headerRows({ tenantId, isDurable }: RunPlan): PlanRow[] {
  const tenant: PlanRow = {
    icon: 'organization',
    label: l10n.t('Tenant: {0}', tenantId ?? ''),
    choice: 'nothing',
  };
  const durable: PlanRow = {
    icon: 'history',
    label: l10n.t('Durable: each line has its own execution name'),
    description: l10n.t('a line whose outcome is unknown is sent again, and runs once'),
    choice: 'nothing',
  };
  return [...(tenantId === undefined ? [] : [tenant]), ...(isDurable ? [durable] : [])];
}

/** From so many seconds on, AWS may rather send the file. */
const longRunSeconds = 3600;

function stepFunctionsRows({ check, pace, isLocal }: RunPlan): PlanRow[] {
  const seconds = pace.rate === undefined ? 0 : eventsOf(check) / pace.rate;
  if (isLocal || seconds < longRunSeconds) return [];
  return [
    {
      icon: 'cloud',
      label: l10n.t('Send with Step Functions…'),
      description: l10n.t('AWS sends the file, without this computer'),
      choice: 'useStepFunctions',
    },
  ];
}

function sendRow(plan: RunPlan): PlanRow {
  const { check, functionName, qualifier, connection, isLocal, pace } = plan;
  const events = eventsOf(check);
  const { label } = functionLabel(functionName, qualifier);
  const place = placeParts(isLocal ? { ...connection, endpoint: 'local' } : connection);
  const words = { events: shownNumber(events), function: label };
  return {
    icon: 'play',
    label:
      events === 1
        ? l10n.t('Send 1 event to {0}', label)
        : l10n.t('Send {events} events to {function}', words),
    description: [
      sizeLabel(check.bytes),
      ...(pace.rate === undefined ? [] : [l10n.t('about {0}', durationText(events / pace.rate))]),
    ].join(' · '),
    detail: [...place, ...processingParts(plan)].join(' · '),
    choice: 'send',
  };
}

function invalidRows({ invalid, problems }: EventFileCheck): PlanRow[] {
  const [first] = problems;
  if (!first) return [];
  return [
    {
      icon: 'warning',
      label:
        invalid === 1
          ? l10n.t('1 invalid line will be skipped')
          : l10n.t('{0} invalid lines will be skipped', shownNumber(invalid)),
      detail: l10n.t('Line {line}: {problem}', {
        line: shownNumber(first.line),
        problem: first.message,
      }),
      choice: 'showInvalid',
    },
  ];
}

function largestRows({ largest }: EventFileCheck): PlanRow[] {
  if (!largest) return [];
  return [
    {
      icon: 'list-ordered',
      label: l10n.t('Largest event: {0}', sizeLabel(largest.bytes)),
      description: l10n.t('line {0}', shownNumber(largest.line)),
      choice: 'showLargest',
    },
  ];
}
