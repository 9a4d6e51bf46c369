/** What the view, the messages and the output channel say of an execution; pure. */
import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import { functionLabel } from '../../core/functionIdentifier/label';
import { shownNumber } from '../../core/shownNumber';
import type { CollectedResults, ExecutionState } from '../../core/stepFunctions/execution';
import { rangesText } from '../../core/stepFunctions/lineRanges';
import type { ShownExecution } from './executions';

export function stateName(state: ExecutionState): string {
  return {
    uploading: l10n.t('Uploading'),
    interrupted: l10n.t('Upload interrupted'),
    running: l10n.t('Running'),
    succeeded: l10n.t('Finished'),
    failed: l10n.t('Failed'),
    timedOut: l10n.t('Timed out'),
    aborted: l10n.t('Stopped'),
  }[state];
}

/** How far it is, such as `4,312 of 12,480 · 3 failed`. */
export function executionProgress(execution: ShownExecution): string {
  const { state, items, status, uploadedBytes = 0, totalBytes } = execution;
  if (state === 'uploading' || state === 'interrupted') {
    const percent = totalBytes === 0 ? 0 : Math.floor((uploadedBytes / totalBytes) * 100);
    const words = { state: stateName(state), percent };
    return l10n.t('{state}, {percent} %', words);
  }
  const { counts } = status ?? {};
  const done = counts ? counts.succeeded + counts.failed + counts.timedOut + counts.aborted : 0;
  const failed = counts ? counts.failed + counts.timedOut : 0;
  return [
    l10n.t('{done} of {lines}', { done: shownNumber(done), lines: shownNumber(items) }),
    ...(failed > 0 ? [l10n.t('{0} failed', shownNumber(failed))] : []),
    ...(counts && counts.aborted > 0 ? [l10n.t('{0} aborted', shownNumber(counts.aborted))] : []),
  ].join(' · ');
}

/** What it came to, in a sentence. */
export function executionSummary(execution: ShownExecution): string {
  const { state, status, collected } = execution;
  const words = {
    file: basename(execution.file.path),
    function: functionLabel(execution.functionArn).label,
    state: stateName(state),
    progress: executionProgress(execution),
  };
  return [
    l10n.t('{file} → {function} through Step Functions: {state}, {progress}.', words),
    ...(status?.cause === undefined ? [] : [`${status.error ?? ''}: ${status.cause}`]),
    ...(collected ? [collectedText(execution)] : []),
  ].join(' ');
}

/** What the results came to. */
export function collectedText({ collected }: ShownExecution): string {
  if (!collected) return '';
  const { rejected, missing } = collected;
  if (rejected === 0 && missing === 0) return l10n.t('Every line was sent.');
  return [rejected > 0 && rejectedText(rejected), missing > 0 && missingText(collected)]
    .filter(Boolean)
    .join(' ');
}

function rejectedText(count: number): string {
  return count === 1
    ? l10n.t('1 line was not sent.')
    : l10n.t('{0} lines were not sent.', shownNumber(count));
}

function missingText({ missing, missingNumbers = [] }: CollectedResults): string {
  const { text, lines } = rangesText(missingNumbers);
  const count = shownNumber(missing);
  if (text === '')
    return l10n.t('No result tells of {0} lines: whether they were sent is unknown.', count);
  const more = missing - lines;
  const named = more > 0 ? `${text} ${l10n.t('and {0} more', shownNumber(more))}` : text;
  return missing === 1
    ? l10n.t('No result tells of line {0}: whether it was sent is unknown.', text)
    : l10n.t(
        'No result tells of {count} lines: whether they were sent is unknown. Lines: {lines}.',
        {
          count,
          lines: named,
        },
      );
}
