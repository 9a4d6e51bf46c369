import * as l10n from '@vscode/l10n';
import { Uri } from 'vscode';
import type { Outcome } from '../../core/invocation/outcome';
import type { LocalLambda } from '../connection/localLambda';
import type { InvokeOptions } from '../invoke/invocation';
import type { InvokeArguments } from '../invoke/invokeArguments';
import type { Invoker } from '../invoke/invoker';
import { payloadText } from '../invoke/payloadChoice';
import type { Ui } from '../ui/ui';
import { type EntryChoice, whereSent } from './entryChoice';
import type { History } from './history';
import { type HistoryEntry, type KeptPayload, sha256 } from './historyEntry';
import { shortName, timeOf } from './invocationRow';
import { savedPayloadUri } from './savedPayloads';

/** What is sent again. */
type Event = Pick<InvokeArguments, 'payload' | 'uri'>;

/** The commands that send an invocation again, or compare what two have sent. */
export class Reruns {
  constructor(
    private readonly invoker: Pick<Invoker, 'invoke'>,
    private readonly history: Pick<History, 'entries' | 'payloadText'>,
    private readonly choice: EntryChoice,
    private readonly localLambda: Pick<LocalLambda, 'running'>,
    private readonly ui: Pick<
      Ui,
      'ask' | 'pickRow' | 'run' | 'show' | 'showMessage' | 'showUntitledJson' | 'tell'
    >,
  ) {}

  /** Re-Run: the same event to the same place. When its file has changed, the user says what to send. */
  async rerun(argument?: unknown): Promise<Outcome | undefined> {
    const entry = await this.choice.choose(argument);
    if (!entry) return undefined;
    const event = await this.#eventOf(entry);
    return event && this.invoker.invoke({ ...this.#callOf(entry), ...event }, optionsOf(entry));
  }

  /**
   * The event whose outcome is unknown, under the name of its execution: it runs once. That holds for the same payload
   * alone, so one that is not there any more is not sent.
   */
  async sendAgainSafely(entry: HistoryEntry): Promise<Outcome | undefined> {
    const { durableName, payload } = entry;
    if (durableName === undefined) return undefined;
    const uri = payload.uri === undefined ? undefined : Uri.parse(payload.uri);
    const current = uri && (await payloadText(uri).catch(() => undefined));
    const texts = [this.history.payloadText(entry), current];
    const text = texts.find((one) => one !== undefined && sha256(one) === payload.sha256);
    if (text === undefined) {
      this.ui.tell(
        'warning',
        l10n.t('The payload has changed since, and only the same one can be sent again safely.'),
      );
      return undefined;
    }
    const event = { payload: text, ...(uri && { uri }), durableName };
    const options = { ...optionsOf(entry), mayRepeat: true };
    return this.invoker.invoke({ ...this.#callOf(entry), ...event }, options);
  }

  /** Edit and Re-Run: opens the payload, and sends what it has become when the user says so. */
  async editAndRerun(argument?: unknown): Promise<Outcome | undefined> {
    const entry = await this.choice.choose(argument);
    if (!entry) return undefined;
    const uri = await this.#showPayload(entry);
    if (!uri) return undefined;
    const send = { title: l10n.t('Send to {0}', shortName(entry)) };
    const message = l10n.t('Edit the payload, then send it.');
    if (!(await this.ui.showMessage('information', message, send))) return undefined;
    return this.invoker.invoke({ ...this.#callOf(entry), uri }, optionsOf(entry));
  }

  /** Compare Payloads: of the two selected invocations, or of one with another that is picked. */
  async compare(argument?: unknown, selection?: unknown): Promise<void> {
    const rows = Array.isArray(selection) && selection.length > 1 ? selection : [argument];
    const selected = await Promise.all(rows.map((row) => this.choice.choose(row)));
    const first = selected.find(isSaved);
    if (!first) {
      this.ui.tell('warning', payloadIsGone());
      return;
    }
    const second = selected.filter(isSaved).at(1) ?? (await this.#pickOther(first));
    if (!second) return;
    const [older, newer] = [first, second].toSorted((a, b) => a.sentAt - b.sentAt);
    if (!older || !newer) return;
    const title = `${shortName(older)} ${timeOf(older)} ↔ ${shortName(newer)} ${timeOf(newer)}`;
    await this.ui.run('vscode.diff', savedPayloadUri(older), savedPayloadUri(newer), title);
  }

  /** All of an invocation but its payload. */
  #callOf(entry: HistoryEntry): InvokeArguments {
    // The name of an execution stays behind: with it, the event would not run again.
    const { api, functionName, qualifier, tenantId } = entry;
    return {
      api,
      functionName,
      ...(tenantId === undefined ? {} : { tenantId }),
      ...(qualifier === undefined ? {} : { qualifier }),
      ...whereSent(entry, this.localLambda),
    };
  }

  async #eventOf(entry: HistoryEntry): Promise<Event | undefined> {
    const sent = this.history.payloadText(entry);
    const uri = entry.payload.uri === undefined ? undefined : Uri.parse(entry.payload.uri);
    const asSent = { ...(sent !== undefined && { payload: sent }), ...(uri && { uri }) };
    // A file that cannot be read is told when it is to be sent.
    const current = uri && (await payloadText(uri).catch(() => undefined));
    const source = rerunSource(entry.payload, { sent, current });
    if (source === 'sent') return asSent;
    if (source === 'file') return uri && { uri };
    if (source === 'changed') {
      return uri && this.#askWhichToSend(entry, uri, sent === undefined ? undefined : asSent);
    }
    this.ui.tell('warning', payloadIsGone());
    return undefined;
  }

  async #askWhichToSend(
    entry: HistoryEntry,
    uri: Uri,
    asSent: Event | undefined,
  ): Promise<Event | undefined> {
    const sendFile = l10n.t('Send Current File');
    const sendSent = l10n.t('Send Original Event');
    const compare = l10n.t('Compare');
    const time = timeOf(entry);
    const choice = await this.ui.ask(
      'warning',
      {
        message: entry.payload.isFilledIn
          ? l10n.t('The variables of {0} will have other values.', entry.payload.label)
          : l10n.t('{0} has changed since it was sent.', entry.payload.label),
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
      await this.ui.run('vscode.diff', savedPayloadUri(entry), uri, title);
    }
    return undefined;
  }

  /** Opens the payload, and resolves to where it can be edited. */
  async #showPayload(entry: HistoryEntry): Promise<Uri | undefined> {
    if (entry.payload.uri !== undefined) {
      const uri = Uri.parse(entry.payload.uri);
      await this.ui.show(uri);
      return uri;
    }
    const text = this.history.payloadText(entry);
    if (text !== undefined) return this.ui.showUntitledJson(text);
    this.ui.tell('warning', payloadIsGone());
    return undefined;
  }

  async #pickOther(first: HistoryEntry): Promise<HistoryEntry | undefined> {
    const items = (await this.history.entries())
      .filter((entry) => isSaved(entry) && entry.id !== first.id)
      .map((entry) => ({
        label: shortName(entry),
        description: timeOf(entry),
        detail: entry.payload.label,
        entry,
      }));
    if (items.length === 0) {
      this.ui.tell('information', l10n.t('No other invocation has a saved payload.'));
      return undefined;
    }
    const title = l10n.t('Compare the payload of {function}, {time}, with', {
      function: shortName(first),
      time: timeOf(first),
    });
    const placeHolder = l10n.t('Invocations with a saved payload');
    return (await this.ui.pickRow(items, { title, placeHolder }))?.entry;
  }
}

/** What was waited for is waited for again. */
function optionsOf({ waits }: HistoryEntry): Pick<InvokeOptions, 'waits'> {
  return waits ? { waits } : {};
}

function isSaved(entry: HistoryEntry | undefined): entry is HistoryEntry {
  return entry?.payload.text !== undefined;
}

export function payloadIsGone(): string {
  return l10n.t(
    'The payload was typed in and not saved. To save payloads from now on, turn on the setting invokeAsync.history.keepPayloads.',
  );
}

/**
 * What a second run of an event sends:
 * - `sent`: the text that was sent, because there is no file to read it from
 * - `file`: its file, which holds that text, or tells why it cannot be read
 * - `changed`: the file holds another text, or may do so; the user has to say
 * - `gone`: neither is there
 */
export type RerunSource = 'sent' | 'file' | 'changed' | 'gone';

/**
 * @param sent the text that was sent, where it is kept
 * @param current the text of its file, where there is one that can be read
 */
export function rerunSource(
  { uri, sha256: hash, isFilledIn }: Pick<KeptPayload, 'uri' | 'sha256' | 'isFilledIn'>,
  { sent, current }: { sent: string | undefined; current: string | undefined },
): RerunSource {
  if (uri === undefined) return sent === undefined ? 'gone' : 'sent';
  // What was sent is the same event, and not what its file would be filled in with now.
  if (isFilledIn && sent !== undefined) return 'sent';
  if (current === undefined) return sent === undefined ? 'file' : 'sent';
  const isSame = sent === undefined ? sha256(current) === hash : sent === current;
  return isSame ? 'file' : 'changed';
}
