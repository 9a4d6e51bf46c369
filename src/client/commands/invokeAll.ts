import * as l10n from '@vscode/l10n';
import { ProgressLocation } from 'vscode';
import type { Outcome, OutcomeKind } from '../../core/invocation';
import { offer, showOutput } from '../offer';
import type { Services } from '../services';
import { invoke, invokeWith } from './invoke';
import { tell } from '../ui/messages';
import { withProgress } from '../ui/progress';

/** A row of the Payloads view that has payloads below it. */
interface FunctionRow {
  readonly functionIdentifier: string | undefined;
  readonly folder: { readonly index: number };
}

/** Lambda: Invoke All: every payload of a function, one after the other; a summary at the end. */
export async function invokeAll(services: Services, argument?: unknown): Promise<Outcome[]> {
  if (!isFunctionRow(argument)) return [];
  const { functionIdentifier, folder } = argument;
  const payloads = (await services.library.payloads()).filter(
    (payload) =>
      payload.folder.index === folder.index && payload.target?.function === functionIdentifier,
  );
  const outcomes: Outcome[] = [];
  await withProgress(
    {
      location: ProgressLocation.Notification,
      title:
        payloads.length === 1
          ? l10n.t('Sending 1 payload to {0}', functionIdentifier ?? '')
          : l10n.t('Sending {count} payloads to {function}', {
              count: payloads.length,
              function: functionIdentifier ?? '',
            }),
      cancellable: true,
    },
    async (progress, token) => {
      const quiet = { ...services, report: services.report.quiet() };
      for (const [index, { uri, path, folder: ofPayload }] of payloads.entries()) {
        // An answer to a question may take long, and `.lambda/targets.json` may say something else by now.
        const target = await services.targets.targetAt(ofPayload, path);
        if (target?.function !== functionIdentifier) continue;
        progress.report({
          message: l10n.t('{number} of {count}: {path}', {
            number: index + 1,
            count: payloads.length,
            path,
          }),
        });
        const outcome = await invokeWith(quiet, { uri }, { token });
        if (outcome) outcomes.push(outcome);
        // No outcome: the user said no to one of them, and so to the rest.
        if (!outcome || token.isCancellationRequested) return;
        progress.report({ increment: 100 / payloads.length });
      }
    },
  );
  summarize(services, outcomes, payloads.length);
  return outcomes;
}

/** What a key does on the selected row of the Payloads view: sends the payload, or all of the function. */
export async function invokeSelected(services: Services): Promise<void> {
  const [row] = services.payloadsView.selection;
  if (row && 'uri' in row) await invoke(services, row);
  else if (row && isFunctionRow(row) && row.functionIdentifier) await invokeAll(services, row);
  else tell('information', l10n.t('Select a payload or a function to send.'));
}

function summarize({ output }: Services, outcomes: readonly Outcome[], total: number): void {
  const counts = new Map<OutcomeKind, number>();
  for (const { kind } of outcomes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const unsent = total - outcomes.length;
  const summary = [
    ...[...counts].map(([kind, count]) => countOf(kind, count)),
    ...(unsent > 0 ? [l10n.t('{0} left out', unsent)] : []),
  ].join(', ');
  const isGood = counts.get('accepted') === total;
  const message =
    total === 1
      ? l10n.t('Of 1 payload: {0}.', summary)
      : l10n.t('Of {total} payloads: {summary}.', { total, summary });
  if (isGood) output.info(message);
  else output.warn(message);
  offer(isGood ? 'information' : 'warning', message, showOutput(output));
}

function countOf(kind: OutcomeKind, count: number): string {
  return {
    accepted: l10n.t('{0} accepted', count),
    rejected: l10n.t('{0} refused', count),
    notSent: l10n.t('{0} not sent', count),
    unknown: l10n.t('{0} without a clear answer', count),
  }[kind];
}

function isFunctionRow(argument: unknown): argument is FunctionRow {
  return typeof argument === 'object' && argument !== null && 'functionIdentifier' in argument;
}
