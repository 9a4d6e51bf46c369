import * as l10n from '@vscode/l10n';
import { isDeepStrictEqual } from 'node:util';
import { messageOf } from '../../core/messageOf';
import {
  compareIds,
  type HistoryEntry,
  nextId,
  type SendingEnd,
  settled,
  surplus,
  windowClosed,
} from './historyEntry';
import type { HistoryFiles } from './historyFiles';

/** What the history needs to know of the window that it belongs to. */
export interface HistoryHost {
  /** Most entries that are kept. */
  limit(): number;
  /** The process id of this window's extension host. */
  readonly processId: number;
  /** Whether another window's extension host is still there. */
  isRunning(processId: number): boolean;
  warn(message: string): void;
  /** Tells of the files that any window writes or deletes, by the ids in their names. */
  watch(onWritten: (id: string) => void, onDeleted: (id: string) => void): { dispose(): void };
  /** Hears of the entries once they are read, and of each change. */
  show(entries: readonly HistoryEntry[]): void;
}

type Listener = (entry: HistoryEntry | undefined) => void;

/** How often another window that is sending is looked for, in milliseconds. */
const senderCheckMs = 2000;

/** The invocations of this workspace. Their files are read on first use, then watched. */
export class History {
  readonly #listeners = new Set<Listener>();
  readonly #entries = new Map<string, HistoryEntry>();
  /** Writes of this window that are under way, by entry: what the watcher tells of these is old news. */
  readonly #writing = new Map<string, Promise<void>>();
  /** What this window is sending now. */
  readonly #sending = new Set<string>();
  /** Payloads without a file, so that they can be sent again while this window is open. */
  readonly #typed = new Map<string, string>();
  #loading: Promise<void> | undefined;
  #watching: { dispose(): void } | undefined;
  #senderCheck: NodeJS.Timeout | undefined;

  constructor(
    private readonly files: HistoryFiles,
    private readonly host: HistoryHost,
  ) {}

  /** Calls back with the entry that has changed, or `undefined` when some came or went. */
  onDidChange(listener: Listener): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** All entries, newest first. */
  async entries(): Promise<readonly HistoryEntry[]> {
    this.#loading ??= this.#load();
    await this.#loading;
    return [...this.#entries.values()].toSorted((a, b) => compareIds(b.id, a.id));
  }

  /** The entry as it stands now. */
  get(id: string): HistoryEntry | undefined {
    return this.#entries.get(id);
  }

  /** The text of a payload that has been kept, or that was typed in this window. */
  payloadText({ id, payload }: HistoryEntry): string | undefined {
    return payload.text ?? this.#typed.get(id);
  }

  /**
   * Adds an event that is about to be sent, and resolves when its file is written: a crash from then on leaves a trace.
   * The caller settles it.
   */
  async begin(
    event: Omit<HistoryEntry, 'id' | 'kind' | 'sender'>,
    typedText?: string,
  ): Promise<HistoryEntry> {
    await this.entries();
    const id = nextId(this.#entries.keys(), event.sentAt);
    const entry = { ...event, id, kind: 'sending', sender: this.host.processId } as const;
    if (typedText !== undefined) this.#typed.set(id, typedText);
    this.#sending.add(id);
    this.#entries.set(id, entry);
    this.#changed();
    await this.#write(entry);
    return entry;
  }

  /** What became of an event, and drops the oldest entries over the limit. */
  async settle(begun: HistoryEntry, end: SendingEnd): Promise<HistoryEntry> {
    const { id } = begun;
    const entry = settled(begun, end);
    this.#sending.delete(id);
    if (this.#entries.has(id)) {
      this.#entries.set(id, entry);
      this.#changed(entry);
      await this.#write(entry);
    }
    await this.trim();
    return entry;
  }

  /** Writes what has become known of an entry; nothing when it was dropped meanwhile. */
  async update(
    id: string,
    changes: Pick<Partial<HistoryEntry>, 'followed' | 'logGroup'>,
  ): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry) return;
    const changed = { ...entry, ...changes };
    this.#entries.set(id, changed);
    this.#changed(changed);
    await this.#write(changed);
  }

  /** Has an entry drawn again, for what is known of it besides its file. */
  touch(id: string): void {
    const entry = this.#entries.get(id);
    if (entry) this.#changed(entry);
  }

  /** Drops the oldest entries over the limit. */
  async trim(): Promise<void> {
    const ids = surplus(await this.entries(), this.host.limit());
    await this.#drop(ids);
    await this.files.remove(ids);
  }

  /** Drops entries, unless they are being sent. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.entries();
    const over = ids.filter((id) => {
      const entry = this.#entries.get(id);
      return entry && entry.kind !== 'sending';
    });
    await this.#drop(over);
    await this.files.remove(over);
  }

  /** Drops all that is kept, whichever version or crash has left it, but for the events that are being sent. */
  async clear(): Promise<void> {
    const entries = await this.entries();
    const kept = new Set(entries.filter(({ kind }) => kind === 'sending').map(({ id }) => id));
    await this.#drop(entries.map(({ id }) => id).filter((id) => !kept.has(id)));
    await this.files.removeAllBut(kept);
  }

  dispose(): void {
    clearTimeout(this.#senderCheck);
    this.#watching?.dispose();
    this.#listeners.clear();
  }

  async #load(): Promise<void> {
    this.#watching = this.host.watch(
      (id) => void this.#readAgain(id),
      (id) => this.#entries.delete(id) && this.#changed(),
    );
    const ids = await this.files.ids();
    const entries = await Promise.all(ids.map((id) => this.files.read(id)));
    for (const entry of entries) if (entry) this.#entries.set(entry.id, entry);
    await this.#checkSenders();
    this.host.show([...this.#entries.values()]);
  }

  /** Takes over what another window has written. */
  async #readAgain(id: string): Promise<void> {
    const entry = await this.files.read(id);
    // A write of this window tells of itself, and is followed by a notice of its own.
    if (!entry || this.#writing.has(id)) return;
    const known = this.#entries.get(id);
    if (isDeepStrictEqual(known, entry)) return;
    this.#entries.set(id, entry);
    this.#changed(known && entry);
    await this.#checkSenders();
  }

  /** Settles what was being sent by a window that is no longer there, and looks again while one is. */
  async #checkSenders(): Promise<void> {
    clearTimeout(this.#senderCheck);
    const foreign = () =>
      [...this.#entries.values()].filter(
        ({ id, kind }) => kind === 'sending' && !this.#sending.has(id),
      );
    for (const { id, sender = 0 } of foreign()) {
      if (sender !== this.host.processId && this.host.isRunning(sender)) continue;
      // Its last act may have been to write the outcome.
      const last = await this.files.read(id);
      if (!last) continue;
      const end = { kind: 'unknown', errorName: windowClosed } as const;
      const entry = last.kind === 'sending' ? settled(last, end) : last;
      this.#entries.set(id, entry);
      this.#changed(entry);
      await this.#write(entry);
    }
    if (foreign().length === 0) return;
    this.#senderCheck = setTimeout(() => void this.#checkSenders(), senderCheckMs);
    this.#senderCheck.unref();
  }

  /** Writes an entry after what is being written of it already. */
  async #write(entry: HistoryEntry): Promise<void> {
    const { id } = entry;
    const before = this.#writing.get(id);
    const writing = (async () => {
      await before;
      await this.files.write(entry).catch((error: unknown) => {
        // An event is not worth less because it cannot be remembered.
        const reason = messageOf(error);
        this.host.warn(l10n.t('The invocation could not be saved in the history: {0}', reason));
      });
    })();
    this.#writing.set(id, writing);
    await writing;
    if (this.#writing.get(id) === writing) this.#writing.delete(id);
  }

  /** Takes entries out, and waits until none of them is being written: their files would come back. */
  async #drop(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.#entries.delete(id);
      this.#typed.delete(id);
    }
    if (ids.length > 0) this.#changed();
    await Promise.all(ids.flatMap((id) => this.#writing.get(id) ?? []));
  }

  #changed(entry?: HistoryEntry): void {
    this.host.show([...this.#entries.values()]);
    for (const listener of this.#listeners) listener(entry);
  }
}
