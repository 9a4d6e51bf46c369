import * as l10n from '@vscode/l10n';
import { commands, Uri, window, workspace } from 'vscode';
import type { Outcome } from '../../core/invocation/outcome';
import { keptPayloadUri } from './keptPayloads';
import type { HistoryEntry } from './historyEntry';
import type { Services } from '../services';
import { shortName, timeOf } from './invocationNode';
import { chosenEntry } from './chosenEntry';
import { invokeWith } from '../invoke/invokeCommands';
import { callOf, payloadIsGone } from './invocationCommands';
import { showMessage, tell } from '../ui/messages';
import { pickRow } from '../ui/pick';

/** Edit and Re-Run: opens the payload, and sends what it has become when the user says so. */
export async function editAndRerun(
  services: Services,
  argument?: unknown,
): Promise<Outcome | undefined> {
  const entry = await chosenEntry(services.history, argument);
  if (!entry) return undefined;
  const text = services.history.payloadText(entry);
  const { uri } = entry.payload;
  if (text === undefined && uri === undefined) {
    tell('warning', payloadIsGone());
    return undefined;
  }
  const document =
    uri === undefined
      ? await workspace.openTextDocument({ language: 'json', content: text ?? '' })
      : await workspace.openTextDocument(Uri.parse(uri));
  await window.showTextDocument(document);
  const send = { title: l10n.t('Send to {0}', shortName(entry)) };
  const message = l10n.t('Edit the payload, then send it.');
  if (!(await showMessage('information', message, send))) return undefined;
  return invokeWith(services, { ...callOf(entry, services), uri: document.uri });
}

/** Compare Payloads: of the two selected invocations, or of one with another that is picked. */
export async function comparePayloads(
  services: Services,
  argument?: unknown,
  selection?: unknown,
): Promise<void> {
  const { history } = services;
  const rows = Array.isArray(selection) && selection.length > 1 ? selection : [argument];
  const selected = await Promise.all(rows.map((row) => chosenEntry(history, row)));
  const first = selected.find(isKept);
  if (!first) {
    tell('warning', payloadIsGone());
    return;
  }
  const second =
    selected.filter(isKept).at(1) ??
    (await pickOther((await history.entries()).filter(isKept), first));
  if (!second) return;
  const [older, newer] = [first, second].toSorted((a, b) => a.sentAt - b.sentAt);
  if (!older || !newer) return;
  const title = `${shortName(older)} ${timeOf(older)} ↔ ${shortName(newer)} ${timeOf(newer)}`;
  await commands.executeCommand('vscode.diff', keptPayloadUri(older), keptPayloadUri(newer), title);
}

function isKept(entry: HistoryEntry | undefined): entry is HistoryEntry {
  return entry?.payload.text !== undefined;
}

async function pickOther(
  entries: readonly HistoryEntry[],
  first: HistoryEntry,
): Promise<HistoryEntry | undefined> {
  const items = entries
    .filter(({ id }) => id !== first.id)
    .map((entry) => ({
      label: shortName(entry),
      description: timeOf(entry),
      detail: entry.payload.label,
      entry,
    }));
  if (items.length === 0) {
    tell('information', l10n.t('No other invocation has a saved payload.'));
    return undefined;
  }
  const title = l10n.t('Compare the payload of {function}, {time}, with', {
    function: shortName(first),
    time: timeOf(first),
  });
  const placeHolder = l10n.t('Invocations with a saved payload');
  return (await pickRow(items, { title, placeHolder }))?.entry;
}
