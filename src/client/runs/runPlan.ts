/** What is to be known before a file is sent, and the rows that say it; drawn by sendFile.ts. */
import * as l10n from '@vscode/l10n';
import type { Uri, WorkspaceFolder } from 'vscode';
import { durationText, rateText } from '../../core/fileRun/runText';
import { functionLabel } from '../../core/functionIdentifier/label';
import type { Connection } from '../../core/invocation/connection';
import type { InvokeApi } from '../../core/invocation/outcome';
import { shownNumber } from '../../core/shownNumber';
import type { EventFileCheck } from '../../files/eventFileCheck';
import { apiLabel, placeParts, sizeLabel } from '../invoke/callText';
import type { PickRow } from '../ui/ui';
import type { Pace } from './runPaces';

/** A run that could begin. */
export interface RunPlan {
  readonly file: Uri;
  /** For people: the file's path in the workspace. */
  readonly label: string;
  readonly folder: WorkspaceFolder | undefined;
  readonly check: EventFileCheck;
  readonly functionName: string;
  readonly qualifier?: string;
  readonly api: InvokeApi;
  readonly connection: Connection;
  readonly isLocal: boolean;
  readonly pace: Pace;
}

type Choice =
  | 'send'
  | 'sendFirst'
  | 'changeRate'
  | 'changeConcurrency'
  | 'changeApi'
  | 'showInvalid'
  | 'showLargest';

export interface PlanRow extends PickRow {
  readonly choice: Choice;
}

/** How many lines of a file are sent. */
export function eventsOf({ lines, invalid }: EventFileCheck): number {
  return lines - invalid;
}

/** What will happen, and what can be changed about it. */
export function planRows(plan: RunPlan): PlanRow[] {
  const { check, api, pace } = plan;
  return [
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
      choice: 'changeApi',
    },
    ...invalidRows(check),
    ...largestRows(check),
  ];
}

function sendRow({ check, functionName, qualifier, connection, isLocal, pace }: RunPlan): PlanRow {
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
    detail: place.join(' · '),
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

/** A rate as it is chosen. */
export function paceText(rate: number | undefined): string {
  return rate === undefined ? l10n.t('no limit') : rateText(rate);
}
