import * as l10n from '@vscode/l10n';
import { Uri, workspace } from 'vscode';
import { functionLabel } from '../../core/functionIdentifier/label';
import type { FunctionSettings } from '../../core/invocation/functionHealth';
import { MfaPrompt } from '../connection/mfaPrompt';
import type { History } from '../invocations/history';
import type { ContextKey } from '../ui/contextKey';
import type { Ui } from '../ui/ui';
import { FailedEventList, type ShownFunction } from './failedEventList';
import type { FailedEventsView } from './failedEventsView';
import { itemOf } from './rowItems';
import type { FailedEventRow, Row } from './rows';

const scheme = 'invoke-async-failed';

/** The failed events that the view shows: those of one function at a time. */
export class FailedEvents {
  #list: FailedEventList | undefined;
  #count = 0;
  #hasDocuments = false;

  /** @param root folder of the journals of what was sent again */
  constructor(
    private readonly view: Pick<FailedEventsView, 'show'>,
    readonly root: string,
    private readonly isShowing: Pick<ContextKey, 'set'>,
    private readonly history: Pick<History, 'entries'>,
    private readonly ui: Pick<Ui, 'askForText' | 'withProgress'>,
  ) {}

  get shown(): ShownFunction | undefined {
    return this.#list?.shown;
  }

  /** What the function wants of each event; `undefined` where that may not be read. */
  get settings(): FunctionSettings | undefined {
    return this.#list?.settings;
  }

  /** How often Lambda runs an event of the function that fails; `undefined` where that may not be read. */
  get maxRuns(): number | undefined {
    return this.#list?.maxRuns;
  }

  get rows(): readonly FailedEventRow[] {
    return this.#list?.rows ?? [];
  }

  /** Lambda has said that the function isolates tenants. */
  noteTenants(shown: ShownFunction): void {
    if (shown === this.shown) this.#list?.noteTenants();
  }

  /** Shows the failed events of a function, in the place of what was shown before. Never rejects: what fails is a row. */
  async open(shown: ShownFunction): Promise<void> {
    await this.close();
    this.#provideDocuments();
    const list = new FailedEventList(shown, {
      root: this.root,
      history: this.history,
      mfaCode: new MfaPrompt(this.ui).ask,
      nextNumber: () => this.#count++,
    });
    // Another may have been opened, and even shown, while this one was.
    const before = this.#list;
    this.#list = list;
    await before?.close();
    await this.#reading(list, () => list.find());
  }

  /** Reads the next page of each queue and bucket. */
  async more(): Promise<void> {
    const list = this.#list;
    if (list) await this.#reading(list, () => list.readNext());
  }

  /** Takes rows out that are gone. */
  remove(rows: Iterable<FailedEventRow>): void {
    this.#list?.remove(new Set(rows));
    this.redraw();
  }

  /** Gives back what is looked at, and empties the view. Never rejects. */
  async close(): Promise<void> {
    const list = this.#list;
    this.#list = undefined;
    this.view.show(undefined);
    this.isShowing.set(false);
    await list?.close();
  }

  redraw(): void {
    const list = this.#list;
    if (!list) return;
    this.isShowing.set(true);
    this.view.show({
      title: functionLabel(list.shown.functionName, list.shown.qualifier).label,
      all: () => list.all(),
      item: (row) => itemOf(row as Row),
      close: async () => this.close(),
    });
  }

  /** The address of a row's event, to be read in an editor. */
  uriOf(row: FailedEventRow): Uri {
    const name = functionLabel(this.shown?.functionName ?? '').name;
    const label = `${name} ${row.event.details.requestId ?? row.number}`.replaceAll(
      /[^\w.-]+/g,
      '-',
    );
    return Uri.from({ scheme, path: `/${row.number}/${label}.json` });
  }

  /** Once for the window: a document stays open when the list is closed. */
  #provideDocuments(): void {
    if (this.#hasDocuments) return;
    this.#hasDocuments = true;
    workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ path }) =>
        this.rows.find(({ number }) => path.startsWith(`/${number}/`))?.text,
    });
  }

  async #reading(list: FailedEventList, read: () => Promise<void>): Promise<void> {
    const title = l10n.t('Reading failed events');
    try {
      await this.ui.withProgress({ location: 'invokeAsync.failedEvents', title }, read);
    } finally {
      if (list === this.#list) this.redraw();
    }
  }
}
