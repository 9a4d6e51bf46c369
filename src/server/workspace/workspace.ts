import {
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
  type Disposable,
  Emitter,
  type FileEvent,
  type FileSystemWatcher,
  type InitializeParams,
  type TextDocuments,
  type WorkspaceFolder,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { dirname } from 'node:path';
import { fileLimitBytes } from '../../core/fileLimits';
import { Pace } from '../../core/pace';
import { globsLookedAt, matchesGlob } from '../../core/patterns/glob';
import { type LocatedTarget, type Target, targetsPath } from '../../core/target';
import { targetAtPace } from '../../core/targets';
import { readTargets } from '../../core/targetsReading';
import { isBelow } from '../../files/below';
import { type Unread, unreadText } from '../../files/fileReading';
import {
  type InitializationOptions,
  payloadInvoked,
  type PayloadInvokedParams,
} from '../../protocol/messages';
import { type CheckSettings, checkSettings } from '../../protocol/settings';
import { filePath } from '../filePath';
import type { Files } from '../files';
import { Watchers } from './watchers';

/** A document's place: its workspace folder, and its path in it, separated by `/`. */
export interface Place {
  readonly folder: string;
  readonly path: string;
}

/** The text of a file, or why there is none. */
export type TextReading = { readonly kind: 'text'; readonly text: string } | Unread;

/** Which documents are to be checked anew. */
export type Concerned = (uri: string) => boolean;

/** What the checks need to know beyond a document's text: folders, settings and targets, each read once and kept. */
export class Workspace {
  #folders: readonly string[] = [];
  #hasFolders = false;
  #asksForConfiguration = false;
  /** From a client that cannot be asked. */
  #givenSettings: unknown;
  #watchesFiles = false;
  #clientOptions: InitializationOptions = {};
  #watchesConfiguration = false;
  readonly #watchers: Watchers;
  readonly #settings = new Map<string, Promise<CheckSettings>>();
  readonly #targets = new Map<string, Promise<readonly LocatedTarget[]>>();
  /** Documents outside `payloads.include` that were invoked from since the server started. */
  readonly #invoked = new Set<string>();
  readonly #changed = new Emitter<Concerned>();
  readonly #edits = new Emitter<string>();
  readonly #filesChanged = new Emitter<readonly FileEvent[]>();
  readonly #folderRemoved = new Emitter<string>();

  constructor(
    private readonly connection: Connection,
    private readonly documents: TextDocuments<TextDocument>,
    private readonly files: Files,
  ) {
    this.#watchers = new Watchers(connection);
  }

  /** Something beyond the documents themselves changed: settings, targets, folders, schemas. */
  readonly onDidChange: (listener: (concerned: Concerned) => void) => Disposable = (listener) =>
    this.#changed.event(listener);

  /** The text of a document changed, or it was closed and what the disk holds is in force again. */
  readonly onDidEdit: (listener: (uri: string) => void) => Disposable = (listener) =>
    this.#edits.event(listener);

  /** JSON files of the workspace, and others that are watched, were written, made or deleted. */
  readonly onDidChangeFiles: (listener: (events: readonly FileEvent[]) => void) => Disposable = (
    listener,
  ) => this.#filesChanged.event(listener);

  /** A folder belongs to the workspace no more: its URI. */
  readonly onDidRemoveFolder: (listener: (uri: string) => void) => Disposable = (listener) =>
    this.#folderRemoved.event(listener);

  /** Has documents checked anew, because of something that a feature watches. */
  recheck(concerned: Concerned): void {
    this.#changed.fire(concerned);
  }

  /** The workspace folders as URIs without a slash at the end. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  /** What the client said that it does beyond LSP. */
  get clientOptions(): InitializationOptions {
    return this.#clientOptions;
  }

  /** Whether the editor tells of changes of the files that it is asked to watch. */
  get watchesFiles(): boolean {
    return this.#watchesFiles;
  }

  /**
   * Has the editor tell of changes of files and folders beside those of JSON files.
   * @param watchers all that `owner` wants to be told of from now on
   */
  watch(owner: string, watchers: readonly FileSystemWatcher[]): void {
    if (this.#watchesFiles) this.#watchers.set(owner, watchers);
  }

  initialize(params: InitializeParams): void {
    const { workspace } = params.capabilities;
    this.#folders = folderUris(params.workspaceFolders ?? rootFolder(params));
    this.#clientOptions = (params.initializationOptions ?? {}) as InitializationOptions;
    this.#givenSettings = this.#clientOptions.invokeAsync;
    this.#hasFolders = workspace?.workspaceFolders === true;
    this.#asksForConfiguration = workspace?.configuration === true;
    this.#watchesConfiguration = workspace?.didChangeConfiguration?.dynamicRegistration === true;
    this.#watchesFiles = workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  }

  register(connection: Connection): void {
    connection.onInitialized(async () => {
      // Not before: the connection sets up its own handler as the editor says what it can do.
      if (this.#hasFolders) {
        connection.workspace.onDidChangeWorkspaceFolders((event) => this.#foldersChanged(event));
      }
      // Of a folder that comes or goes editors tell, and not of the files in it.
      const globs = ['**/*.json', `**/${dirname(targetsPath)}`];
      this.watch(
        'workspace',
        globs.map((globPattern) => ({ globPattern })),
      );
      if (this.#watchesConfiguration) {
        await connection.client.register(DidChangeConfigurationNotification.type, {
          section: 'invokeAsync',
        });
      }
    });
    connection.onDidChangeConfiguration(({ settings }: DidChangeConfigurationParams) => {
      const given = (settings as InitializationOptions | null)?.invokeAsync;
      this.#givenSettings = given ?? this.#givenSettings;
      this.#settings.clear();
      this.#changed.fire(() => true);
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      const paths = changes.map(({ uri }) => this.place(uri)?.path);
      if (paths.some((path) => path === targetsPath || path === dirname(targetsPath)))
        this.#forgetTargets();
      this.#filesChanged.fire(changes);
    });
    connection.onNotification(payloadInvoked, ({ uri }: PayloadInvokedParams) => {
      this.#invoked.add(uri);
      this.#changed.fire((document) => document === uri);
    });
    this.documents.onDidChangeContent(({ document: { uri } }) => this.#edited(uri));
    this.documents.onDidClose(({ document: { uri } }) => {
      this.#edited(uri);
      // Outside of all folders, each document has settings of its own.
      this.#settings.delete(uri);
    });
  }

  /** The innermost workspace folder that holds a document, and its path in it; none for a URI that is malformed. */
  place(uri: string): Place | undefined {
    const folder = this.#folders
      .filter((candidate) => uri.startsWith(`${candidate}/`))
      .toSorted((a, b) => b.length - a.length)[0];
    if (folder === undefined) return undefined;
    const path = decoded(uri.slice(folder.length + 1));
    return path === undefined ? undefined : { folder, path };
  }

  async settings(uri: string): Promise<CheckSettings> {
    const scope = this.place(uri)?.folder ?? uri;
    let settings = this.#settings.get(scope);
    if (!settings) {
      settings = this.#readSettings(uri);
      this.#settings.set(scope, settings);
    }
    return settings;
  }

  async isPayload(uri: string): Promise<boolean> {
    if (this.#invoked.has(uri)) return true;
    const place = this.place(uri);
    if (!place || !place.path.endsWith('.json')) return false;
    const { payloads } = await this.settings(uri);
    return globsLookedAt(payloads.include).some((glob) => matchesGlob(place.path, glob));
  }

  /** The target of a payload file, from `.lambda/targets.json` or the folder it stands in. */
  async target(uri: string): Promise<Target | undefined> {
    const place = this.place(uri);
    return place && targetAtPace(place.path, await this.targets(place.folder), new Pace());
  }

  /** The targets in force for a workspace folder: the same list until they change. */
  async targets(folder: string): Promise<readonly LocatedTarget[]> {
    let targets = this.#targets.get(folder);
    if (!targets) {
      targets = this.#readTargets(folder);
      this.#targets.set(folder, targets);
    }
    return targets;
  }

  /** The text of the `.lambda/targets.json` in force for a folder. */
  async targetsText(folder: string): Promise<TextReading> {
    return this.read(`${folder}/${targetsPath}`, fileLimitBytes.targets);
  }

  /**
   * The text of a file of a workspace folder, as it stands in the editor when it is open there.
   * @param limit of the file on disk, in bytes
   */
  async read(uri: string, limit: number): Promise<TextReading> {
    const path = filePath(uri);
    const open =
      this.documents.get(uri) ??
      // Editors do not agree on what to encode in a URI.
      this.documents
        .all()
        .find((document) => path !== undefined && filePath(document.uri) === path);
    if (open) return { kind: 'text', text: open.getText() };
    const folder = this.#folders
      .flatMap((candidate) => filePath(candidate) ?? [])
      .filter((candidate) => path !== undefined && isBelow(path, candidate))
      .toSorted((a, b) => b.length - a.length)[0];
    if (path === undefined || folder === undefined) return { kind: 'outside' };
    const reading = await this.files.readIn(folder, path, limit);
    if (reading.kind !== 'content') return reading;
    return { kind: 'text', text: new TextDecoder().decode(reading.bytes) };
  }

  async #readSettings(uri: string): Promise<CheckSettings> {
    if (!this.#asksForConfiguration) return checkSettings(this.#givenSettings);
    const configuration = this.connection.workspace.getConfiguration({
      scopeUri: uri,
      section: 'invokeAsync',
    });
    // A client that cannot say still gets its documents checked.
    return checkSettings(await configuration.catch(() => this.#givenSettings));
  }

  async #readTargets(folder: string): Promise<readonly LocatedTarget[]> {
    const file = await this.targetsText(folder);
    if (file.kind === 'missing') return [];
    const reading = file.kind === 'text' ? readTargets(file.text) : undefined;
    if (reading?.kind === 'targets') return reading.targets;
    // Nobody can say which target a payload has, and so which schema.
    const reason = file.kind === 'text' ? reading?.reason : unreadText(file);
    this.connection.console.warn(`${filePath(folder) ?? folder}/${targetsPath}: ${reason}`);
    return [];
  }

  #foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = new Set(folderUris(removed));
    this.#folders = [...this.#folders.filter((folder) => !gone.has(folder)), ...folderUris(added)];
    this.#settings.clear();
    this.#forgetTargets();
    for (const folder of gone) this.#folderRemoved.fire(folder);
  }

  #edited(uri: string): void {
    if (this.place(uri)?.path === targetsPath) this.#forgetTargets();
    this.#edits.fire(uri);
  }

  #forgetTargets(): void {
    this.#targets.clear();
    this.#changed.fire(() => true);
  }
}

/** What an editor names that knows no workspace folders; some leave out even that. */
function rootFolder({ rootUri }: InitializeParams): WorkspaceFolder[] {
  return typeof rootUri === 'string' ? [{ uri: rootUri, name: '' }] : [];
}

function folderUris(folders: readonly WorkspaceFolder[]): string[] {
  return folders.map(({ uri }) => uri.replace(/\/$/, ''));
}

function decoded(escaped: string): string | undefined {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
