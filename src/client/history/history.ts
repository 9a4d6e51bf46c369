import * as l10n from '@vscode/l10n';
import {
  Disposable,
  EventEmitter,
  FileType,
  type LogOutputChannel,
  type Memento,
  RelativePattern,
  Uri,
  workspace,
} from 'vscode';
import { ContextKey } from '../contextKey';
import { messageOf } from '../messageOf';
import { settings } from '../settings';
import { type HistoryEntry, isQueued, parseEntry, surplus } from './historyEntry';

/**
 * The invocations of this workspace: a file for each, so that two windows can write at once and neither reads what the
 * other has half written. Files are read on first use, then watched.
 */
export class History implements Disposable {
  readonly #changed = new EventEmitter<HistoryEntry | undefined>();
  readonly #entries = new Map<string, HistoryEntry>();
  /** Those that this window has written: what the watcher tells of them is old news. */
  readonly #own = new Set<string>();
  /** Payloads without a file, so that they can be sent again while this window is open. */
  readonly #typed = new Map<string, string>();
  #loading: Promise<void> | undefined;
  #watching = Disposable.from();
  readonly #hasInvocations: ContextKey;
  readonly #hasQueued: ContextKey;

  /**
   * @param folder for the files alone; made when it is needed
   * @param memory knows at the start of the editor what there is, before a file is read
   */
  constructor(
    private readonly folder: Uri,
    memory: Memento,
    private readonly output: LogOutputChannel,
  ) {
    this.#hasInvocations = new ContextKey('invokeAsync.hasInvocations', memory);
    this.#hasQueued = new ContextKey('invokeAsync.hasQueued', memory);
    this.onDidChange(() => this.#setContext());
  }

  /** The entry that has changed, or `undefined` when some came or went. */
  readonly onDidChange = this.#changed.event;

  /** All entries, newest first. */
  async entries(): Promise<readonly HistoryEntry[]> {
    this.#loading ??= this.#load();
    await this.#loading;
    return [...this.#entries.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1));
  }

  /** The entry as it stands now. */
  get(id: string): HistoryEntry | undefined {
    return this.#entries.get(id);
  }

  /** The text of a payload that has been kept, or that was typed in this window. */
  payloadText({ id, payload }: HistoryEntry): string | undefined {
    return payload.text ?? this.#typed.get(id);
  }

  /** Adds the newest entry, and drops the oldest over the limit. */
  async add(entry: HistoryEntry, typedText?: string): Promise<void> {
    if (typedText !== undefined) this.#typed.set(entry.id, typedText);
    await this.entries();
    this.#own.add(entry.id);
    this.#entries.set(entry.id, entry);
    this.#changed.fire(undefined);
    await this.#write(entry);
    await this.#drop(surplus(this.#entries.keys(), settings().historyLimit));
  }

  /** Writes what has become known of an entry; nothing when it was dropped meanwhile. */
  async update(id: string, changes: Partial<HistoryEntry>): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry) return;
    const changed = { ...entry, ...changes };
    this.#own.add(id);
    this.#entries.set(id, changed);
    this.#changed.fire(changed);
    await this.#write(changed);
  }

  /** Has an entry drawn again, for what is known of it besides its file. */
  touch(id: string): void {
    const entry = this.#entries.get(id);
    if (entry) this.#changed.fire(entry);
  }

  async clear(): Promise<void> {
    await this.entries();
    await this.#drop([...this.#entries.keys()]);
  }

  dispose(): void {
    this.#watching.dispose();
    this.#changed.dispose();
  }

  async #load(): Promise<void> {
    this.#watch();
    const files = await workspace.fs.readDirectory(this.folder).then(
      (found) => found.filter(([name, type]) => type === FileType.File && name.endsWith('.json')),
      // Nothing was ever kept here.
      () => [],
    );
    const ids = files.map(([name]) => name.slice(0, -'.json'.length));
    await Promise.all(ids.map((id) => this.#read(id)));
    this.#setContext();
  }

  /** Commands about invocations are offered where there are some. */
  #setContext(): void {
    const entries = [...this.#entries.values()];
    this.#hasInvocations.set(entries.length > 0);
    this.#hasQueued.set(entries.some(isQueued));
  }

  #watch(): void {
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(this.folder, '*.json'));
    const readAgain = async (uri: Uri) => {
      const id = idOf(uri);
      if (this.#own.has(id) || !(await this.#read(id))) return;
      this.#changed.fire(undefined);
    };
    watcher.onDidCreate(readAgain);
    watcher.onDidChange(readAgain);
    watcher.onDidDelete((uri) => {
      if (this.#entries.delete(idOf(uri))) this.#changed.fire(undefined);
    });
    this.#watching = watcher;
  }

  async #read(id: string): Promise<boolean> {
    try {
      const bytes = await workspace.fs.readFile(this.#file(id));
      const entry = parseEntry(new TextDecoder().decode(bytes));
      if (entry?.id !== id) return false;
      this.#entries.set(id, entry);
      return true;
    } catch {
      // Another window has just dropped it.
      return false;
    }
  }

  async #write(entry: HistoryEntry): Promise<void> {
    try {
      await workspace.fs.writeFile(
        this.#file(entry.id),
        new TextEncoder().encode(JSON.stringify(entry)),
      );
    } catch (error) {
      // An event is not worth less because it cannot be remembered.
      const reason = messageOf(error);
      this.output.warn(l10n.t('The invocation could not be kept in the history: {0}', reason));
    }
  }

  async #drop(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.#entries.delete(id);
      this.#typed.delete(id);
    }
    if (ids.length > 0) this.#changed.fire(undefined);
    await Promise.allSettled(ids.map((id) => workspace.fs.delete(this.#file(id))));
  }

  #file(id: string): Uri {
    return Uri.joinPath(this.folder, `${id}.json`);
  }
}

function idOf(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1, -'.json'.length);
}
