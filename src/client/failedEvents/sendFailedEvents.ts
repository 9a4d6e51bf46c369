import * as l10n from '@vscode/l10n';
import type { SentEvent } from '../../aws/sender';
import type { InvokeApi } from '../../core/invocation/outcome';
import { type InvocationHeaders, tenantMissing } from '../../core/invocationHeaders';
import { messageOf } from '../../core/messageOf';
import { shownNumber } from '../../core/shownNumber';
import type { EventToSendAgain, SendAgainResult } from '../../sendFile/failedEvents/sendAgain';
import { MfaPrompt } from '../connection/mfaPrompt';
import type { Recorder } from '../invocations/recorder';
import type { Confirmation } from '../invoke/confirmation';
import type { Invocation } from '../invoke/invocation';
import { sendAgain } from '../lazy';
import { settings } from '../settings';
import { showOutput, type Ui } from '../ui/ui';
import type { FailedEventNeeds, FailedEventTarget } from './failedEventNeeds';
import { foldersOf, type ShownFunction } from './failedEventList';
import type { FailedEvents } from './failedEvents';
import type { FailedEventRow } from './rows';
import { sendAgainText } from './sendAgainText';

/** InvokeAsync carries less than what may have failed. */
const api: InvokeApi = 'Invoke';

/** No more events than that are invocations of their own in the history. */
const mostInHistory = 20;

/** More events than that are asked about. */
const mostUnasked = 4;

interface RowToSend extends EventToSendAgain {
  readonly headers: InvocationHeaders;
  readonly row: FailedEventRow;
  readonly invocation: Invocation;
}

/** Sends failed events again. */
export class SendFailedEvents {
  /** Queues with dead letters that the user was asked about, each with its function. */
  readonly #askedAbout = new Set<string>();

  constructor(
    private readonly failed: FailedEvents,
    private readonly needs: Pick<FailedEventNeeds, 'complete'>,
    private readonly confirmation: Pick<Confirmation, 'allows'>,
    private readonly recorder: Pick<Recorder, 'begin' | 'settle'>,
    private readonly ui: Ui,
  ) {}

  /** Resolves to how many were accepted, or to `undefined` when the user cancelled or nothing can be sent. */
  async send(rows: readonly FailedEventRow[]): Promise<number | undefined> {
    const { shown, settings: wanted } = this.failed;
    const sendable = rows.filter(({ target, mark }) => target && mark?.kind !== 'taken');
    if (!shown || sendable.length === 0) {
      this.ui.tell('information', l10n.t('None of these can be sent again.'));
      return undefined;
    }
    if (!(await this.#areOwn(sendable, shown))) return undefined;
    const targets = await this.needs.complete(sendable, shown, wanted);
    if (!targets) return undefined;
    const events = [...targets].map(([row, target]) => eventOf(row, target, shown));
    if (!(await this.#isConfirmed(events, shown))) return undefined;
    const sendsUnknown = await this.#sendsUnknown(events);
    if (sendsUnknown === undefined) return undefined;
    const { RunLock } = await sendAgain();
    const { lock: lockPath } = await foldersOf(this.failed.root, shown);
    try {
      const lock = await RunLock.take(lockPath);
      if ('heldBy' in lock) {
        const message = l10n.t(
          'Another window is sending failed events of {0} right now.',
          shown.functionName,
        );
        this.ui.tell('warning', message);
        return undefined;
      }
      try {
        return await this.#sendAll(events, shown, sendsUnknown);
      } finally {
        await lock.release();
      }
    } catch (error) {
      const message = l10n.t('The failed events were not sent: {0}', messageOf(error));
      this.ui.output.error(message);
      this.ui.offer('error', message, showOutput(this.ui.output));
      return undefined;
    } finally {
      this.failed.redraw();
    }
  }

  /** A dead letter does not name its function, and functions may share a queue: asks once for each queue. */
  async #areOwn(rows: readonly FailedEventRow[], shown: ShownFunction): Promise<boolean> {
    if (shown.isLocal) return true;
    const letters = rows.filter(({ event }) => event.details.functionArn === undefined);
    for (const queue of new Set(letters.map(({ place }) => place.name))) {
      const words = { queue, function: shown.functionName };
      const key = JSON.stringify([words, shown.connection.region, shown.connection.accountId]);
      if (this.#askedAbout.has(key)) continue;
      const message = l10n.t('Send the dead letters in {queue} to {function}?', words);
      const detail = [
        l10n.t(
          'A dead letter does not name its function. If other functions share this queue, their events would go to {0}, too.',
          shown.functionName,
        ),
      ];
      const send = l10n.t('Send Again');
      if ((await this.ui.ask('warning', { message, detail }, send)) !== send) return false;
      this.#askedAbout.add(key);
    }
    return true;
  }

  /** Production asks as it always does; many events ask once. */
  async #isConfirmed(events: readonly RowToSend[], shown: ShownFunction): Promise<boolean> {
    // The alias that an event was sent to may be one that is asked about.
    const places = new Map(events.map((event) => [placeOf(event), event]));
    for (const [place, { invocation }] of places) {
      const group = events.filter((event) => placeOf(event) === place);
      const label =
        group.length === 1
          ? l10n.t('A failed event')
          : l10n.t('{0} failed events', shownNumber(group.length));
      const several = group.length === 1 ? {} : { events: group.length };
      const payload = { label, folder: shown.folder };
      if (!(await this.confirmation.allows({ ...invocation, payload, ...several }))) return false;
    }
    if (events.length <= mostUnasked) return true;
    const words = { events: shownNumber(events.length), function: shown.functionName };
    const message = l10n.t('Send {events} failed events to {function} again?', words);
    const detail = [
      l10n.t(
        'Each event that Lambda accepts is removed from its queue or bucket; the others stay.',
      ),
    ];
    const send = l10n.t('Send Again');
    return (await this.ui.ask('warning', { message, detail }, send)) === send;
  }

  /** Whether what may have been queued is sent once more. `undefined` when the user cancelled. */
  async #sendsUnknown(events: readonly RowToSend[]): Promise<boolean | undefined> {
    const unknown = events.filter(({ row, headers }) => mayRunTwice(row, headers)).length;
    if (unknown === 0) return false;
    const anyway = l10n.t('Send Anyway');
    const skip = l10n.t('Skip');
    const message =
      unknown === 1
        ? l10n.t('1 of these events was sent again before, and may have been queued.')
        : l10n.t(
            '{0} of these events were sent again before, and may have been queued.',
            shownNumber(unknown),
          );
    const detail = [l10n.t('Check the function’s log first: sending them runs them once more.')];
    const choice = await this.ui.ask('warning', { message, detail }, anyway, skip);
    return choice === undefined ? undefined : choice === anyway;
  }

  async #sendAll(
    events: readonly RowToSend[],
    shown: ShownFunction,
    sendsUnknown: boolean,
  ): Promise<number> {
    const { sendAgain: sendEach, SendAgainJournal, Sender } = await sendAgain();
    const { journal: path } = await foldersOf(this.failed.root, shown);
    const journal = await SendAgainJournal.open(path);
    const mfaCode = new MfaPrompt(this.ui).ask;
    const sender = new Sender(shown.connection, { mfaCode });
    const isInHistory = events.length <= mostInHistory;
    const results = new Map<FailedEventRow, SendAgainResult>();
    const title = l10n.t('Sending failed events to {0} again', shown.functionName);
    try {
      await this.ui.withProgress(
        { title, location: 'notification', cancellable: true },
        async (progress, token) => {
          const stop = new AbortController();
          token.onCancellationRequested(() => stop.abort());
          await sendEach(events, {
            journal,
            rate: settings(shown.folder).sendFileRate,
            sendsUnknown,
            signal: stop.signal,
            send: async ({ invocation }) => {
              const payload = Buffer.from(invocation.payload.text);
              const send = async () => sender.send({ ...invocation, payload });
              return isInHistory ? this.#recorded(invocation, send) : send();
            },
            onResult: ({ row, key }, result) => {
              results.set(row, result);
              markRow(row, result, journal.get(key));
              progress.report({
                increment: 100 / events.length,
                message: `${shownNumber(results.size)} / ${shownNumber(events.length)}`,
              });
            },
          });
        },
      );
    } finally {
      sender.close();
      await journal.close();
    }
    this.failed.remove(
      [...results].flatMap(([row, result]) =>
        result.kind === 'accepted' && result.notRemoved === undefined ? [row] : [],
      ),
    );
    return this.#report(results, shown);
  }

  /** Keeps an event in the history, as any other that is sent. */
  async #recorded(invocation: Invocation, send: () => Promise<SentEvent>): Promise<SentEvent> {
    const entry = await this.recorder.begin(invocation);
    const sent = await send();
    const { functionName, payload } = invocation;
    const payloadBytes = Buffer.byteLength(payload.text);
    const outcome = { api, functionName, durationMs: 0, payloadBytes, attempts: 1, ...sent };
    await this.recorder.settle(entry, invocation, outcome);
    return sent;
  }

  /** Says what became of them, and resolves to how many were accepted. */
  #report(results: ReadonlyMap<FailedEventRow, SendAgainResult>, shown: ShownFunction): number {
    const { message, accepted, isFine } = sendAgainText(shown.functionName, [...results.values()]);
    if (isFine) {
      this.ui.output.info(message);
      this.ui.tell('information', message);
      return accepted;
    }
    this.ui.output.warn(message);
    const tenantless = [...results].flatMap(([row, result]) => (lacksTenant(result) ? [row] : []));
    const enterTenant = {
      title: l10n.t('Enter Tenant ID…'),
      run: async () => {
        this.failed.noteTenants(shown);
        await this.send(tenantless);
      },
    };
    const choices = tenantless.length > 0 ? [enterTenant] : [];
    this.ui.offer('warning', message, ...choices, showOutput(this.ui.output));
    return accepted;
  }
}

function markRow(
  row: FailedEventRow,
  result: SendAgainResult,
  again: InvocationHeaders | undefined,
): void {
  switch (result.kind) {
    case 'accepted':
      row.mark = { kind: 'sent', ...(result.notRemoved && { reason: result.notRemoved }) };
      break;
    case 'rejected':
    case 'notSent':
      row.mark = { kind: result.kind, reason: `${result.error.name}: ${result.error.message}` };
      break;
    case 'unknown':
      row.mark = { kind: result.kind };
      row.sentWith = { tenantId: again?.tenantId, durableName: again?.durableName };
      break;
    case 'taken':
      row.mark = { kind: result.kind };
      break;
    case 'skipped':
      break;
  }
}

function lacksTenant(result: SendAgainResult): boolean {
  return result.kind === 'rejected' && tenantMissing.test(result.error.message);
}

/** Under the name of the execution that it may have started, an event runs once. */
function mayRunTwice({ mark, sentWith }: FailedEventRow, { durableName }: InvocationHeaders) {
  return mark?.kind === 'unknown' && (!durableName || durableName !== sentWith.durableName);
}

/** What is asked about before production: where an event goes, and whose it is. */
function placeOf({ invocation: { functionName, qualifier, tenantId } }: RowToSend): string {
  return JSON.stringify([functionName, qualifier, tenantId]);
}

function eventOf(
  row: FailedEventRow,
  target: FailedEventTarget,
  { connection, environment, folder }: ShownFunction,
): RowToSend {
  const { tenantId, durableName } = target;
  const label = l10n.t('failed event');
  return {
    id: row.stored.id,
    store: row.store,
    key: row.key,
    row,
    headers: { tenantId, durableName },
    invocation: {
      payload: { text: row.text, label, folder },
      api,
      connection,
      ...(environment === undefined ? {} : { environment }),
      ...target,
    },
  };
}
