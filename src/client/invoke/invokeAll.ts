import * as l10n from '@vscode/l10n';
import { ProgressLocation, type Uri, workspace } from 'vscode';
import type { InvokeApi, Outcome, OutcomeKind } from '../../core/invocation/outcome';
import { offer, showOutput } from '../ui/offer';
import type { SavedPayload } from '../payloads/payloadLibrary';
import { tellTargetsFault } from '../payloads/targetsError';
import type { TargetReading } from '../payloads/targetStore';
import type { Services } from '../services';
import { chosenRows, fileOf } from '../payloads/chosenPayloads';
import { invoke, invokeWith } from './invokeCommands';
import { ask, tell } from '../ui/messages';
import { withProgress } from '../ui/progress';
import { FunctionNode } from '../payloads/payloadNodes';

/** A payload that waits for its turn, with the function that it was to go to when the user chose it. */
interface QueuedPayload {
  readonly uri: Uri;
  readonly functionIdentifier: string | undefined;
}

/** How each of several payloads is sent. */
interface Call {
  readonly api?: InvokeApi;
  readonly dryRun?: boolean;
}

type SendOne = (services: Services, argument?: unknown) => Promise<Outcome | undefined>;

/** From here on the user is asked whether so many are meant: a selection can be larger than what is seen of it. */
const askedFrom = 5;

/** Lambda: Invoke All: every payload of a function, or all that is selected with it. */
export async function invokeAll(
  services: Services,
  argument?: unknown,
  selection?: unknown,
): Promise<Outcome[]> {
  const rows = chosenRows(services, argument, selection);
  const payloads = await payloadsOf(rows, services);
  // The command's name says that it is all of one function.
  if (rows.length > 1 && !(await areMeant(payloads))) return [];
  return payloads.length === 0 ? [] : sendEach(services, payloads);
}

/** What a key does in the Payloads view: sends what is below the focused row, or all that is selected with it. */
export async function invokeSelected(services: Services, argument?: unknown): Promise<void> {
  const payloads = await payloadsOf(chosenRows(services, argument, undefined), services);
  const [first] = payloads;
  if (first && payloads.length === 1) await invoke(services, first.uri);
  else if (first && (await areMeant(payloads))) await sendEach(services, payloads);
  else if (!first && argument !== undefined) {
    tell('information', l10n.t('Select a payload or a function to send.'));
  }
}

/** A command of a menu that sends one payload, and all of them where several are selected. */
export function forEachSelected(sendOne: SendOne, call: Call = {}) {
  return async (services: Services, argument?: unknown, selection?: unknown) => {
    if (!Array.isArray(selection) || selection.length < 2) return sendOne(services, argument);
    const payloads = await payloadsOf(selection, services);
    return (await areMeant(payloads)) ? sendEach(services, payloads, call) : [];
  };
}

/** The files of rows, each once and in the order of their paths; of a function's row those of its payloads. */
async function payloadsOf(
  rows: readonly unknown[],
  { library, targets }: Services,
): Promise<readonly QueuedPayload[]> {
  const saved = await library.payloads();
  const uris = rows.flatMap((row) =>
    row instanceof FunctionNode
      ? saved.filter((payload) => isBelow(payload, row)).map(({ uri }) => uri)
      : fileOf(row),
  );
  const chosen = new Map(uris.map((uri) => [uri.toString(), uri]));
  const inOrder = new Set([...saved.map(({ uri }) => uri.toString()), ...chosen.keys()]);
  return Promise.all(
    [...inOrder]
      .flatMap((key) => chosen.get(key) ?? [])
      .map(async (uri) => ({ uri, functionIdentifier: functionOf(await targets.target(uri)) })),
  );
}

function isBelow({ folder, target }: SavedPayload, row: FunctionNode): boolean {
  if (target === undefined || folder.index !== row.folder.index) return false;
  return target.function === row.functionIdentifier;
}

async function areMeant(payloads: readonly QueuedPayload[]): Promise<boolean> {
  if (payloads.length < askedFrom) return true;
  const functions = new Set(payloads.flatMap((one) => one.functionIdentifier ?? []));
  const send = l10n.t('Send');
  const message = l10n.t('Send {0} payloads?', payloads.length);
  return (await ask('warning', { message, detail: [...functions] }, send)) === send;
}

function functionOf(reading: TargetReading): string | undefined {
  return reading.kind === 'target' ? reading.target?.function : undefined;
}

/** Sends one after the other; a summary at the end. */
async function sendEach(
  services: Services,
  payloads: readonly QueuedPayload[],
  { api, dryRun = false }: Call = {},
): Promise<Outcome[]> {
  for (const { uri } of payloads) {
    const reading = await services.targets.target(uri);
    if (reading.kind === 'fault') {
      tellTargetsFault(reading);
      return [];
    }
  }
  const outcomes: Outcome[] = [];
  const location = ProgressLocation.Notification;
  await withProgress(
    { location, title: titleOf(payloads), cancellable: true },
    async (progress, token) => {
      const quiet = { ...services, report: services.report.quiet() };
      for (const [index, { uri, functionIdentifier }] of payloads.entries()) {
        // An answer to a question may take long, and `.lambda/targets.json` may say something else by now.
        const reading = await services.targets.target(uri);
        // When nobody can say where it goes, the way of a single event tells why.
        if (reading.kind === 'target' && functionOf(reading) !== functionIdentifier) continue;
        progress.report({
          message: l10n.t('{number} of {count}: {path}', {
            number: index + 1,
            count: payloads.length,
            path: workspace.asRelativePath(uri),
          }),
        });
        const given = api === undefined ? { uri } : { uri, api };
        const outcome = await invokeWith(quiet, given, { dryRun, token });
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

function titleOf(payloads: readonly QueuedPayload[]): string {
  const count = payloads.length;
  const [functionIdentifier, ...others] = new Set(payloads.map((one) => one.functionIdentifier));
  if (functionIdentifier === undefined || others.length > 0) {
    return l10n.t('Sending {0} payloads', count);
  }
  return count === 1
    ? l10n.t('Sending 1 payload to {0}', functionIdentifier)
    : l10n.t('Sending {count} payloads to {function}', { count, function: functionIdentifier });
}

function summarize({ output }: Services, outcomes: readonly Outcome[], total: number): void {
  const counts = new Map<OutcomeKind, number>();
  for (const { kind } of outcomes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const unsent = total - outcomes.length;
  const summary = [
    ...[...counts].map(([kind, count]) => countOf(kind, count)),
    ...(unsent > 0 ? [l10n.t('{0} skipped', unsent)] : []),
  ].join(', ');
  const isGood = counts.get('accepted') === total;
  const message =
    total === 1
      ? l10n.t('1 payload: {0}.', summary)
      : l10n.t('{total} payloads: {summary}.', { total, summary });
  if (isGood) output.info(message);
  else output.warn(message);
  offer(isGood ? 'information' : 'warning', message, showOutput(output));
}

function countOf(kind: OutcomeKind, count: number): string {
  return {
    accepted: l10n.t('{0} accepted', count),
    rejected: l10n.t('{0} rejected', count),
    notSent: l10n.t('{0} not sent', count),
    unknown: l10n.t('{0} unknown', count),
  }[kind];
}
