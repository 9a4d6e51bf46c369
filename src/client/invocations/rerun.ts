import * as l10n from '@vscode/l10n';
import { commands, Uri } from 'vscode';
import type { Outcome } from '../../core/invocation/outcome';
import type { HistoryEntry } from './historyEntry';
import { keptPayloadUri } from './keptPayloads';
import { rerunSource } from './rerunSource';
import type { InvokeArguments } from '../invoke/invokeArguments';
import { payloadText } from '../invoke/payloadText';
import type { Services } from '../services';
import { ask, tell } from '../ui/messages';
import { timeOf } from './invocationNode';
import { chosenEntry } from './chosenEntry';
import { callOf, payloadIsGone } from './invocationCommands';
import { invokeWith } from '../invoke/invokeCommands';

/** Re-Run: the same event to the same place. When its file has changed, the user says what to send. */
export async function rerun(services: Services, argument?: unknown): Promise<Outcome | undefined> {
  const entry = await chosenEntry(services.history, argument);
  if (!entry) return undefined;
  const event = await eventOf(entry, services.history.payloadText(entry));
  return event && invokeWith(services, { ...callOf(entry, services), ...event });
}

type Event = Pick<InvokeArguments, 'payload' | 'uri'>;

/** @param sent the text that was sent, where it is kept */
async function eventOf(entry: HistoryEntry, sent: string | undefined): Promise<Event | undefined> {
  const uri = entry.payload.uri === undefined ? undefined : Uri.parse(entry.payload.uri);
  const asSent = { ...(sent !== undefined && { payload: sent }), ...(uri && { uri }) };
  // A file that cannot be read is told when it is to be sent.
  const current = uri && (await payloadText(uri).catch(() => undefined));
  const source = rerunSource(entry.payload, { sent, current });
  if (source === 'sent') return asSent;
  if (source === 'file') return uri && { uri };
  if (source === 'changed') {
    return uri && askWhichToSend(entry, uri, sent === undefined ? undefined : asSent);
  }
  tell('warning', payloadIsGone());
  return undefined;
}

async function askWhichToSend(
  entry: HistoryEntry,
  uri: Uri,
  asSent: Event | undefined,
): Promise<Event | undefined> {
  const sendFile = l10n.t('Send Current File');
  const sendSent = l10n.t('Send Original Event');
  const compare = l10n.t('Compare');
  const time = timeOf(entry);
  const choice = await ask(
    'warning',
    {
      message: l10n.t('{0} has changed since it was sent.', entry.payload.label),
      detail: [
        asSent
          ? l10n.t('Send the current file, or the original event of {0}?', time)
          : l10n.t(
              'The event of {0} was not saved, so only the current file can be sent. To save payloads from now on, turn on the setting invokeAsync.history.keepPayloads.',
              time,
            ),
      ],
    },
    ...(asSent ? [sendFile, sendSent, compare] : [sendFile]),
  );
  if (choice === sendFile) return { uri };
  if (choice === sendSent) return asSent;
  if (choice === compare) {
    const title = l10n.t('{0}: sent at {1} ↔ now', entry.payload.label, time);
    await commands.executeCommand('vscode.diff', keptPayloadUri(entry), uri, title);
  }
  return undefined;
}
