import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import { ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import type { RunState, RunTarget } from '../../core/fileRun/run';
import { progressText, stateText } from '../../core/fileRun/runText';
import { oneLine } from '../../core/foreignText';
import { functionLabel } from '../../core/functionIdentifier/label';
import { apiLabel, headerParts, placeParts } from '../invoke/callText';
import type { Run } from './runs';

const icons: Record<RunState, { icon: string; color?: string }> = {
  running: { icon: 'loading~spin' },
  waiting: { icon: 'watch' },
  paused: { icon: 'debug-pause', color: 'list.warningForeground' },
  stopped: { icon: 'debug-stop', color: 'list.warningForeground' },
  finished: { icon: 'pass', color: 'testing.iconPassed' },
};

/** Every line is done, and not all were accepted. */
const mixed = { icon: 'warning', color: 'list.warningForeground' };

/** The row of a run. */
export function runItem(run: Run): TreeItem {
  const { target, file, progress } = run;
  const { label } = functionLabel(target.functionName, target.qualifier);
  const item = new TreeItem(label);
  item.id = run.folder;
  const { icon, color } = isMixed(run) ? mixed : icons[progress?.state ?? 'stopped'];
  item.iconPath = new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
  const words = wordsOf(run);
  // In a narrow side bar its end is cut off: what changes comes first.
  item.description = [words, basename(file.path)].join(' · ');
  item.tooltip = [
    progress ? stateText(progress) : interrupted(),
    file.path,
    target.functionName,
    apiLabel(target.api),
    [...placeParts(placeOf(run)), ...headerParts({ tenantId: target.tenantId })].join(' · '),
  ]
    .map(oneLine)
    .join('\n');
  item.contextValue = ['run', ...traitsOf(run)].join(' ');
  item.accessibilityInformation = {
    label: [label, basename(file.path), words].join(', '),
  };
  return item;
}

function isMixed({ progress }: Run): boolean {
  return progress?.state === 'finished' && progress.counts.accepted < progress.lines;
}

/** What a menu asks for. */
function traitsOf(run: Run): string[] {
  return [
    canPause(run) && 'canPause',
    canResume(run) && 'canResume',
    run.control && 'canStop',
    !run.control && 'isOver',
    run.rejectedLines !== undefined && 'hasRejected',
    canSendRejected(run) && 'canSendRejected',
    run.unknownLines !== undefined && 'hasUnknown',
  ].filter((trait) => typeof trait === 'string');
}

export function canPause({ control, progress }: Run): boolean {
  const state = progress?.state;
  return control !== undefined && (state === 'running' || state === 'waiting');
}

/** Paused, or ended before every line was done. */
export function canResume({ control, progress }: Run): boolean {
  return control ? progress?.state === 'paused' : progress?.state !== 'finished';
}

/** Whether any of its rejected lines could be accepted: invalid ones are there, too, and never sent. */
export function canSendRejected({ rejectedLines, progress }: Run): boolean {
  return rejectedLines !== undefined && (progress?.counts.rejected ?? 0) > 0;
}

/** Where a run goes, as it is shown: Local Lambda has another port each time. */
export function placeOf({ target, isLocal }: Run): RunTarget {
  return isLocal ? { ...target, endpoint: 'local' } : target;
}

/** `4,312 of 12,480 · 38/s · 4 min left`, or what it stands at. */
function wordsOf({ progress }: Run): string {
  if (!progress) return interrupted();
  const words = progressText(progress);
  const isAsUsual = progress.state === 'running' && !progress.reason;
  return isAsUsual ? words : `${words} · ${stateText(progress)}`;
}

function interrupted(): string {
  return l10n.t('Interrupted; resume to see how far it came');
}
