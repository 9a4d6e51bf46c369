/** What the output channel and the messages say of a run, and its report; pure. */
import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import { doneLines, type ErrorCount, type RunProgress } from '../../core/fileRun/run';
import { countText, countTexts, progressText, stateText } from '../../core/fileRun/runText';
import { markdownCode, markdownText } from '../../core/foreignText';
import { functionLabel } from '../../core/functionIdentifier/label';
import { shownNumber } from '../../core/shownNumber';
import { apiLabel, headerParts, placeParts } from '../invoke/callText';
import { eventsOf, paceText, type RunPlan } from './runPlan';
import { placeOf } from './runRow';
import type { Run } from './runs';

/** What is about to be sent where: the line before the first event. */
export function startLine(plan: RunPlan, run: Run): string {
  const { functionName, qualifier, api } = run.target;
  const name = qualifier === undefined ? functionName : `${functionName} (${qualifier})`;
  return [
    `${apiLabel(api)} → ${name}`,
    plan.label,
    l10n.t('{0} events', shownNumber(eventsOf(plan.check))),
    paceText(plan.pace.rate),
    ...placeParts(placeOf(run)),
    ...headerParts({ tenantId: run.target.tenantId }),
  ].join(' · ');
}

/** A change of state. */
export function stateLine(run: Run, progress: RunProgress): string {
  return `[${fileName(run)}] ${stateText(progress)} · ${progressText(progress)}`;
}

/** A kind of error, with how often there was one so far. */
export function errorLine(run: Run, error: ErrorCount): string {
  return `[${fileName(run)}] ${errorText(error)}`;
}

/** What a run came to, in a sentence. */
export function summaryText({ file, target, progress }: Run): string {
  const counts = progress ? countTexts(progress.counts).join(', ') : '';
  const words = {
    file: basename(file.path),
    function: functionLabel(target.functionName, target.qualifier).label,
    counts,
    done: shownNumber(progress ? doneLines(progress.counts) : 0),
    lines: shownNumber(file.lines),
  };
  if (progress?.state === 'finished') return l10n.t('{file} → {function}: {counts}.', words);
  if (counts === '') return l10n.t('{file} → {function}: stopped before the first event.', words);
  return l10n.t('{file} → {function}: stopped after {done} of {lines} lines: {counts}.', words);
}

/** The same with all that is known, as Markdown. */
export function reportText(run: Run): string {
  const { target, file, progress, startedAt, rejectedLines, unknownLines } = run;
  const item = (name: string, value: string) => `- ${name}: ${value}`;
  const place = placeParts(placeOf(run)).map(markdownText).join(' · ');
  const optional = (name: string, value: string | undefined) =>
    value === undefined ? [] : [item(name, markdownCode(value))];
  return [
    `# ${markdownText(summaryText(run))}`,
    '',
    item(l10n.t('Event file'), markdownCode(file.path)),
    item('SHA-256', markdownCode(file.sha256)),
    item(l10n.t('Function'), markdownCode(target.functionName)),
    ...optional(l10n.t('Qualifier'), target.qualifier),
    ...optional(l10n.t('Tenant'), target.tenantId),
    item('API', apiLabel(target.api)),
    item(l10n.t('Place'), place),
    item(l10n.t('Started'), startedAt),
    item(l10n.t('State'), progress ? markdownText(stateText(progress)) : l10n.t('Interrupted')),
    item(l10n.t('Lines'), shownNumber(file.lines)),
    ...(progress?.errors ?? []).map(({ kind, name, count }) =>
      item(markdownText(countText(kind, count)), markdownCode(name)),
    ),
    ...optional(l10n.t('Rejected lines'), rejectedLines),
    ...optional(l10n.t('Unknown lines'), unknownLines),
    '',
  ].join('\n');
}

function errorText({ kind, name, count }: ErrorCount): string {
  return `${countText(kind, count)}: ${name}`;
}

function fileName({ file }: Run): string {
  return basename(file.path);
}
