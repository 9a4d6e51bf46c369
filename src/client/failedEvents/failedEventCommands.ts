import * as l10n from '@vscode/l10n';
import { type Uri, workspace } from 'vscode';
import { labelText } from '../../core/foreignText';
import { functionLabel } from '../../core/functionIdentifier/label';
import { messageOf } from '../../core/messageOf';
import { shownNumber } from '../../core/shownNumber';
import type { ViewId } from '../contributions';
import type { HistoryEntry } from '../invocations/historyEntry';
import type { LogFollower } from '../invocations/logFollower';
import type { FunctionPlaceChoice } from '../invoke/functionPlaceChoice';
import type { Invoker } from '../invoke/invoker';
import type { NewPayloads } from '../payloads/newPayloads';
import type { PayloadLibrary } from '../payloads/payloadLibrary';
import type { Ui } from '../ui/ui';
import type { FailedEvents } from './failedEvents';
import { FailedEventRow } from './rows';
import type { SendFailedEvents } from './sendFailedEvents';

/** An event may have waited for so long before it failed for good, in milliseconds. */
const longestAgeMs = 6 * 3600 * 1000;

const viewId = 'invokeAsync.failedEvents' satisfies ViewId;

interface Steps {
  readonly failed: FailedEvents;
  readonly sending: SendFailedEvents;
  readonly invoker: Pick<Invoker, 'isAllowedHere'>;
  readonly functionPlaces: Pick<FunctionPlaceChoice, 'choose'>;
  readonly logFollower: Pick<LogFollower, 'follow'>;
  readonly library: Pick<PayloadLibrary, 'payloads'>;
  readonly newPayloads: Pick<NewPayloads, 'saveEvent'>;
}

/** The commands of the Failed Events view. */
export class FailedEventCommands {
  constructor(
    private readonly steps: Steps,
    private readonly ui: Ui,
  ) {}

  /**
   * Show Failed Events…: of the function of a row, of the one that is named, or of the one that the user picks.
   * Resolves to how many have been read, or to `undefined` when the user cancelled.
   */
  async show(argument?: unknown): Promise<number | undefined> {
    const { failed, invoker, functionPlaces } = this.steps;
    if (!(await invoker.isAllowedHere())) return undefined;
    try {
      const title = l10n.t('Select a function to show the failed events of');
      const chosen = await functionPlaces.choose(argument, title);
      if (!chosen) return undefined;
      await this.ui.run(`${viewId}.focus`);
      await failed.open(chosen);
      return failed.rows.length;
    } catch (error) {
      this.ui.tell('error', l10n.t('The failed events cannot be read: {0}', messageOf(error)));
      return undefined;
    }
  }

  async refresh(): Promise<void> {
    const { failed } = this.steps;
    if (failed.shown) await failed.open(failed.shown);
  }

  async close(): Promise<void> {
    await this.steps.failed.close();
  }

  async more(): Promise<void> {
    await this.steps.failed.more();
  }

  /** Opens the event of a row, to be read. */
  async open(argument: unknown): Promise<void> {
    const [row] = this.#rows(argument);
    if (row) await this.ui.run('vscode.open', this.steps.failed.uriOf(row));
  }

  /** Send Again: the row, or all that are selected with it. */
  async send(argument?: unknown, selection?: unknown): Promise<number | undefined> {
    if (!(await this.steps.invoker.isAllowedHere())) return undefined;
    return this.steps.sending.send(this.#rows(argument, selection));
  }

  /** Send All Again: all that have been read. */
  async sendAll(): Promise<number | undefined> {
    if (!(await this.steps.invoker.isAllowedHere())) return undefined;
    return this.steps.sending.send(this.steps.failed.rows);
  }

  /** Delete: asks, and never sends. */
  async delete(argument?: unknown, selection?: unknown): Promise<void> {
    const { failed } = this.steps;
    const rows = this.#rows(argument, selection);
    if (rows.length === 0) return;
    const remove = l10n.t('Delete');
    const message =
      rows.length === 1
        ? l10n.t('Delete this failed event?')
        : l10n.t('Delete {0} failed events?', shownNumber(rows.length));
    const names = [...new Set(rows.map(({ place }) => place.name))].join(', ');
    const detail = [
      l10n.t('It is removed from {0}, and is not sent. This cannot be undone.', names),
    ];
    if ((await this.ui.ask('warning', { message, detail }, remove)) !== remove) return;
    const gone: FailedEventRow[] = [];
    try {
      for (const row of rows) {
        await row.store.remove(row.stored.id);
        gone.push(row);
      }
    } catch (error) {
      this.ui.tell('error', l10n.t('The event was not deleted: {0}', messageOf(error)));
    }
    failed.remove(gone);
  }

  /** Save as Payload…: a file of the function, as the event was sent. */
  async save(row: FailedEventRow): Promise<void> {
    const { functionName = this.steps.failed.shown?.functionName } = row.target ?? {};
    await this.steps.newPayloads.saveEvent({ text: row.text, functionIdentifier: functionName });
  }

  /** Compare with Payload…: with a file that the user picks; those of the function come first. */
  async compare(argument?: unknown): Promise<void> {
    const [row] = this.#rows(argument);
    const { failed, library } = this.steps;
    if (!row || !failed.shown) return;
    const { name } = functionLabel(failed.shown.functionName);
    const isOwn = (functionIdentifier: string | undefined) =>
      functionIdentifier !== undefined && functionLabel(functionIdentifier).name === name;
    const rows = (await library.payloads())
      .map(({ uri, target }) => ({
        icon: 'json',
        label: workspace.asRelativePath(uri),
        description: target ? `→ ${target.function}` : '',
        isOwn: isOwn(target?.function),
        uri,
      }))
      .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn));
    if (rows.length === 0) {
      this.ui.tell('information', l10n.t('There are no payloads to compare with.'));
      return;
    }
    const title = l10n.t('Lambda: Compare with Payload');
    const picked = await this.ui.pickRow<(typeof rows)[number]>(rows, { title });
    if (!picked) return;
    const left = failed.uriOf(row);
    await this.ui.run(
      'vscode.diff',
      left,
      picked.uri,
      labelText(`${nameOf(left)} ↔ ${picked.label}`),
    );
  }

  async copyRequestId({ event }: FailedEventRow): Promise<void> {
    const { requestId } = event.details;
    if (requestId !== undefined) await this.ui.copy(requestId);
  }

  /** Follow Logs: what the function wrote while the event failed. */
  async followLogs(row: FailedEventRow): Promise<void> {
    const { shown, maxRuns } = this.steps.failed;
    const { requestId, attempts = maxRuns } = row.event.details;
    if (!shown || requestId === undefined) return;
    const { connection, functionName } = shown;
    if (attempts === 0) {
      this.ui.tell('information', l10n.t('The event never ran, so there is no log of it.'));
      return;
    }
    this.ui.output.show();
    const entry: HistoryEntry = {
      id: `failed-${requestId}`,
      sentAt: row.failedAt - longestAgeMs,
      api: 'Invoke',
      functionName,
      payload: { label: '', bytes: 0 },
      region: connection.region,
      kind: 'accepted',
      requestId,
    };
    await this.steps.logFollower.follow(entry, connection, 'lines', { maxRuns: attempts });
  }

  #rows(argument: unknown, selection?: unknown): FailedEventRow[] {
    const rows = Array.isArray(selection) && selection.length > 0 ? selection : [argument];
    return rows.filter((row) => row instanceof FailedEventRow);
  }
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
