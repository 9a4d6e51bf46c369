import { ProgressLocation, window } from 'vscode';
import type { Outcome } from '../../core/invocation';
import type { Services } from '../services';
import { invokeWith } from './invoke';

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
  await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: `Sending ${payloads.length} payloads to ${functionIdentifier}`,
      cancellable: true,
    },
    async (progress, token) => {
      const quiet = { ...services, report: services.report.quiet() };
      for (const [index, { uri, path }] of payloads.entries()) {
        progress.report({ message: `${index + 1} of ${payloads.length}: ${path}` });
        const outcome = await invokeWith(quiet, { uri });
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

function summarize({ output }: Services, outcomes: readonly Outcome[], total: number): void {
  const counts = new Map<string, number>();
  for (const { kind } of outcomes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const unsent = total - outcomes.length;
  const summary = [
    ...[...counts].map(([kind, count]) => `${count} ${words[kind] ?? kind}`),
    ...(unsent > 0 ? [`${unsent} left out`] : []),
  ].join(', ');
  const isGood = counts.get('accepted') === total;
  const message = `Of ${total} payloads: ${summary}.`;
  if (isGood) output.info(message);
  else output.warn(message);
  const show = isGood ? window.showInformationMessage : window.showWarningMessage;
  void show(message, 'Show Output').then((choice) => choice && output.show(true));
}

const words: Readonly<Record<string, string>> = {
  accepted: 'accepted',
  rejected: 'refused',
  notSent: 'not sent',
  unknown: 'without a clear answer',
};

function isFunctionRow(argument: unknown): argument is FunctionRow {
  return typeof argument === 'object' && argument !== null && 'functionIdentifier' in argument;
}
