import type { WorkspaceFolder } from 'vscode';
import type { FailedEventPlace } from '../../core/failedEvents/place';
import { readFailedEvent } from '../../core/failedEvents/readFailedEvent';
import { functionOfEvent } from '../../core/failedEvents/sameFunction';
import type { FailedEventStore, StoredEvent } from '../../core/failedEvents/store';
import type { Connection } from '../../core/invocation/connection';
import type { FunctionSettings, Reading } from '../../core/invocation/functionHealth';
import type { SentAgain } from '../../sendFile/failedEvents/sendAgainJournal';
import type { MfaCode } from '../../aws/assumeRole';
import type { History } from '../invocations/history';
import type { HistoryEntry } from '../invocations/historyEntry';
import { failedEvents, sendAgain } from '../lazy';
import { faultOf, fifoNote, keepsNothing, noFailedEvents, notKnown, nothingKept } from './notes';
import { FailedEventRow, MoreRow, type NoteRow, type Row } from './rows';

/** A function whose failed events are shown. */
export interface ShownFunction {
  readonly functionName: string;
  readonly qualifier?: string;
  readonly connection: Connection;
  /** Name of the environment that had a say in it. */
  readonly environment?: string;
  readonly isLocal: boolean;
  readonly folder: WorkspaceFolder | undefined;
}

interface OpenPlace {
  readonly place: FailedEventPlace;
  readonly store: FailedEventStore;
}

/** What a list is made with. */
interface ListParts {
  /** Folder of the journals of what was sent again. */
  readonly root: string;
  readonly history: Pick<History, 'entries'>;
  readonly mfaCode: MfaCode;
  /** A number that no other row of the window has. */
  readonly nextNumber: () => number;
}

/**
 * The failed events of one function: what of its queue and bucket has been read so far. A list that is closed while it is
 * read fills itself, and nobody sees it.
 */
export class FailedEventList {
  readonly #places: OpenPlace[] = [];
  readonly #notes: NoteRow[] = [];
  #rows: FailedEventRow[] = [];
  #sentAgain: ReadonlyMap<string, SentAgain> = new Map();
  /** What of them was sent from this workspace, by request id. */
  #sent: ReadonlyMap<string, HistoryEntry> = new Map();
  #settings: FunctionSettings | undefined;
  #maxRuns: number | undefined;
  #isClosed = false;

  constructor(
    readonly shown: ShownFunction,
    private readonly parts: ListParts,
  ) {}

  get rows(): readonly FailedEventRow[] {
    return this.#rows;
  }

  /** What the function wants of each event; `undefined` where that may not be read. */
  get settings(): FunctionSettings | undefined {
    return this.#settings;
  }

  /** How often Lambda runs an event of the function that fails; `undefined` where that may not be read. */
  get maxRuns(): number | undefined {
    return this.#maxRuns;
  }

  /** Lambda has said that the function isolates tenants. */
  noteTenants(): void {
    const unknown = { state: undefined, timeoutSeconds: undefined, deadLetterTarget: undefined };
    this.#settings = { ...unknown, ...this.#settings, isolatesTenants: true };
  }

  /** The rows, and what is said of them. */
  all(): Row[] {
    const hasMore = this.#places.some(({ store }) => store.hasMore);
    const isEmpty = this.#rows.length === 0 && this.#places.length > 0 && !hasMore;
    return [
      ...this.#notes,
      ...(isEmpty && this.#notes.length === 0 ? [noFailedEvents()] : []),
      ...this.#rows,
      ...(hasMore ? [new MoreRow()] : []),
    ];
  }

  remove(gone: ReadonlySet<FailedEventRow>): void {
    this.#rows = this.#rows.filter((row) => !gone.has(row));
  }

  /** Finds where the function's failed events lie, and reads the first of them. Never rejects: what fails is a row. */
  async find(): Promise<void> {
    const { functionName, connection } = this.shown;
    const { findFailedEventPlaces } = await failedEvents();
    const options = { mfaCode: this.parts.mfaCode };
    const found = await findFailedEventPlaces(connection, this.shown, options);
    this.#settings = found.settings.kind === 'known' ? found.settings.value : undefined;
    this.#maxRuns = found.maxRuns.kind === 'known' ? found.maxRuns.value : undefined;
    const readings = [found.deadLetters, found.failureDestination];
    const places = readings.flatMap((reading) => this.#placeIn(reading));
    if (places.length === 0 && readings.every(({ kind }) => kind === 'known'))
      this.#notes.push(nothingKept(functionName));
    for (const place of places) await this.#open(place);
    await this.readNext();
  }

  /** Reads the next page of each queue and bucket. Never rejects. */
  async readNext(): Promise<void> {
    const { readSendAgainStates } = await sendAgain();
    const { journal } = await foldersOf(this.parts.root, this.shown);
    this.#sentAgain = await readSendAgainStates(journal);
    const entries = await this.parts.history.entries();
    this.#sent = new Map(
      entries.flatMap((entry) => (entry.requestId ? [[entry.requestId, entry]] : [])),
    );
    for (const { place, store } of this.#places) {
      if (this.#isClosed) return;
      try {
        const found = await store.next();
        this.#rows.push(...found.map((one) => this.#row(one, place, store)));
      } catch (error) {
        this.#notes.push(faultOf(place.name, error));
      }
    }
    this.#rows = this.#rows.toSorted((a, b) => b.failedAt - a.failedAt);
  }

  /** Gives back what is looked at. Never rejects. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#places.map(async ({ store }) => store.close()));
  }

  async #open(place: FailedEventPlace): Promise<void> {
    if (this.#isClosed) return;
    if (place.service !== 'queue' && place.service !== 'bucket') {
      this.#notes.push(keepsNothing(place));
      return;
    }
    if (place.name.endsWith('.fifo')) this.#notes.push(fifoNote(place));
    const { connection, functionName } = this.shown;
    const { openFailedEvents } = await failedEvents();
    const options = { mfaCode: this.parts.mfaCode };
    try {
      const store = await openFailedEvents(connection, place, functionName, options);
      if (this.#isClosed) await store.close();
      else this.#places.push({ place, store });
    } catch (error) {
      this.#notes.push(faultOf(place.name, error));
    }
  }

  #row(stored: StoredEvent, place: FailedEventPlace, store: FailedEventStore): FailedEventRow {
    const event = stored.message
      ? readFailedEvent(stored.message)
      : ({ kind: 'other', reason: 'tooLarge', text: '', details: {} } as const);
    const { functionName, qualifier, connection } = this.shown;
    const { region, accountId } = connection;
    const named = { functionName, qualifier, region, accountId };
    const target = event.kind === 'event' ? functionOfEvent(named, event.details) : undefined;
    const { requestId = '' } = event.details;
    const again = this.#sentAgain.get(requestId || stored.id);
    const before = this.#sent.get(requestId);
    return new FailedEventRow(
      this.parts.nextNumber(),
      event,
      stored,
      place,
      store,
      target,
      again,
      before,
    );
  }

  #placeIn(reading: Reading<FailedEventPlace | undefined>): FailedEventPlace[] {
    if (reading.kind === 'known') return reading.value ? [reading.value] : [];
    this.#notes.push(notKnown(reading));
    return [];
  }
}

/** Where the journal and the lock of a function are. */
export async function foldersOf(root: string, { functionName, connection }: ShownFunction) {
  const { sendAgainFolder } = await sendAgain();
  const { region, accountId, endpoint } = connection;
  return sendAgainFolder(root, { functionName, region, accountId, endpoint });
}
