import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import { ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import { oneLine } from '../../core/foreignText';
import { functionLabel } from '../../core/functionIdentifier/label';
import { shownNumber } from '../../core/shownNumber';
import { type ExecutionState, isOver } from '../../core/stepFunctions/execution';
import { placeParts } from '../invoke/callText';
import { collectedText, executionProgress, stateName } from './executionText';
import type { ShownExecution } from './executions';

const icons: Record<ExecutionState, { icon: string; color?: string }> = {
  uploading: { icon: 'cloud-upload' },
  interrupted: { icon: 'cloud-upload', color: 'list.warningForeground' },
  running: { icon: 'cloud' },
  succeeded: { icon: 'pass', color: 'testing.iconPassed' },
  failed: { icon: 'error', color: 'testing.iconFailed' },
  timedOut: { icon: 'error', color: 'testing.iconFailed' },
  aborted: { icon: 'debug-stop', color: 'list.warningForeground' },
};

/** Step Functions is done with every line, and not all were sent. */
const mixed = { icon: 'warning', color: 'list.warningForeground' };

/** The row of an execution. */
export function executionItem(execution: ShownExecution): TreeItem {
  const { functionArn, file, state, isFollowed, followFault, place, status } = execution;
  const { label } = functionLabel(functionArn);
  const item = new TreeItem(label);
  item.id = execution.folder;
  const isMixed = state === 'succeeded' && (status?.counts?.succeeded ?? 0) < execution.items;
  const { icon, color } = isMixed ? mixed : icons[state];
  item.iconPath = isFollowed
    ? new ThemeIcon('sync~spin')
    : new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
  const isUpload = state === 'uploading' || state === 'interrupted';
  const progress = executionProgress(execution);
  const words = isUpload || state === 'running' ? progress : `${progress} · ${stateName(state)}`;
  // In a narrow side bar its end is cut off: what changes comes first.
  item.description = [words, basename(file.path)].join(' · ');
  item.tooltip = [
    l10n.t('Step Functions: {0}', stateName(state)),
    file.path,
    functionArn,
    placeParts(place).join(' · '),
    ...(status?.concurrency === undefined
      ? []
      : [l10n.t('Concurrency: {0}', shownNumber(status.concurrency))]),
    ...(status?.cause === undefined ? [] : [`${status.error ?? ''}: ${status.cause}`]),
    collectedText(execution),
    ...(followFault === undefined ? [] : [l10n.t('Not followed: {0}', followFault)]),
  ]
    .filter(Boolean)
    .map(oneLine)
    .join('\n');
  item.contextValue = ['execution', ...traitsOf(execution)].join(' ');
  item.accessibilityInformation = { label: [label, basename(file.path), words].join(', ') };
  return item;
}

/** What a menu asks for. */
function traitsOf(execution: ShownExecution): string[] {
  const { state, control, executionArn, isFollowed } = execution;
  return [
    control && 'isUploading',
    state === 'interrupted' && 'isInterrupted',
    state === 'running' && 'isUnderWay',
    state === 'running' && !isFollowed && 'isNotFollowed',
    executionArn !== undefined && 'isStarted',
    isOver(execution) && 'hasResults',
  ].filter((trait) => typeof trait === 'string');
}
