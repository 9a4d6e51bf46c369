import { dirname } from 'node:path';
import {
  type Connection,
  type Disposable,
  Emitter,
  type InitializeParams,
  type TextDocuments,
} from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { globsLookedAt } from '../../core/patterns/glob';
import { isJsonLinesPath } from '../../core/payload/payloadPath';
import { targetsPath } from '../../core/target';
import { eventFileFilter, payloadFilter } from '../../files/payloadFile';
import {
  type InitializationOptions,
  payloadInvoked,
  type PayloadInvokedParams,
} from '../../protocol/messages';
import { filePath } from '../filePath';
import type { Files } from '../files';
import { Folders, type Place } from './folders';
import { Settings } from './settings';
import { Targets } from './targets';
import { Texts } from './texts';
import { WatchedFiles } from './watchedFiles';

/** Which documents are to be checked anew. */
export type UriFilter = (uri: string) => boolean;

/** What the checks need to know beyond a document's text, and the one place that says when it has changed. */
export class Workspace {
  readonly folders = new Folders();
  readonly settings: Settings;
  readonly texts: Texts;
  readonly targets: Targets;
  readonly watchedFiles: WatchedFiles;
  #clientOptions: InitializationOptions = {};
  /** Documents outside `payloads.include` that were invoked from since the server started. */
  readonly #invoked = new Set<string>();
  /** Whether documents lie where payloads do, by URI: to find out, each folder above is read. */
  readonly #payloadPlaces = new Map<string, boolean>();
  readonly #changed = new Emitter<UriFilter>();
  readonly #edits = new Emitter<string>();

  constructor(
    connection: Connection,
    private readonly documents: TextDocuments<TextDocument>,
    files: Files,
  ) {
    this.settings = new Settings(connection, this.folders);
    this.texts = new Texts(documents, files, this.folders);
    this.targets = new Targets(connection, this.folders, this.texts);
    this.watchedFiles = new WatchedFiles(connection);
  }

  /** Something beyond the documents themselves changed: settings, targets, folders, schemas. */
  readonly onDidChange: (listener: (concerned: UriFilter) => void) => Disposable = (listener) =>
    this.#changed.event(listener);

  /** The text of a document changed, or it was closed and what the disk holds is in force again. */
  readonly onDidEdit: (listener: (uri: string) => void) => Disposable = (listener) =>
    this.#edits.event(listener);

  /** Has documents checked anew, because of something that a feature watches. */
  recheck(concerned: UriFilter): void {
    this.#changed.fire(concerned);
  }

  /** What the client said that it does beyond LSP. */
  get clientOptions(): InitializationOptions {
    return this.#clientOptions;
  }

  initialize(params: InitializeParams): void {
    this.#clientOptions = (params.initializationOptions ?? {}) as InitializationOptions;
    this.folders.initialize(params);
    this.settings.initialize(params);
    this.watchedFiles.initialize(params);
  }

  register(connection: Connection): void {
    this.settings.register(connection);
    this.watchedFiles.register(connection);
    this.settings.onDidChange(() => this.#placesChanged());
    this.folders.onDidChange(() => {
      this.targets.forget();
      this.#placesChanged();
    });
    this.watchedFiles.onDidChange((events) => {
      if (events.some(({ uri }) => uri.endsWith('/.gitignore'))) this.#placesChanged();
      const paths = events.map(({ uri }) => this.folders.place(uri)?.path);
      if (paths.some((path) => path === targetsPath || path === dirname(targetsPath)))
        this.#targetsChanged();
    });
    connection.onInitialized(async () => {
      this.folders.listen(connection);
      // Of a folder that comes or goes editors tell, and not of the files in it.
      const globs = ['**/*.json', '**/.gitignore', `**/${dirname(targetsPath)}`];
      this.watchedFiles.watch(
        'workspace',
        globs.map((globPattern) => ({ globPattern })),
      );
      await this.settings.listen(connection);
    });
    connection.onNotification(payloadInvoked, ({ uri }: PayloadInvokedParams) => {
      this.#invoked.add(uri);
      this.recheck((document) => document === uri);
    });
    this.documents.onDidChangeContent(({ document: { uri } }) => this.#edited(uri));
    this.documents.onDidClose(({ document: { uri } }) => {
      this.#edited(uri);
      this.settings.forget(uri);
      this.#payloadPlaces.delete(uri);
    });
  }

  /** Whether a document is one payload. */
  async isPayload(uri: string): Promise<boolean> {
    if (this.#isJsonLines(uri)) return false;
    if (this.#invoked.has(uri)) return true;
    const place = this.folders.place(uri);
    if (!place || this.documents.get(uri)?.languageId === 'jsonc') return false;
    const { payloads } = await this.settings.of(uri);
    return this.#isPayloadPlace(uri, place, payloads.include, payloadFilter);
  }

  /**
   * Whether the lines of a document are events: JSON Lines where payloads lie, with a target, or sent from. All others
   * are the business of whoever keeps data in them.
   */
  async isEventFile(uri: string): Promise<boolean> {
    if (!this.#isJsonLines(uri)) return false;
    if (this.#invoked.has(uri)) return true;
    const place = this.folders.place(uri);
    if (!place) return false;
    const { payloads } = await this.settings.of(uri);
    if (this.#isPayloadPlace(uri, place, payloads.include, eventFileFilter)) return true;
    return (await this.targets.targetOf(uri)) !== undefined;
  }

  #isPayloadPlace(
    uri: string,
    { folder, path }: Place,
    globs: readonly string[],
    filter: typeof payloadFilter,
  ): boolean {
    const known = this.#payloadPlaces.get(uri);
    if (known !== undefined) return known;
    const isOne = filter(filePath(folder), globsLookedAt(globs))(path);
    // An editor that tells of no file does not tell of git's ignore files.
    if (this.watchedFiles.areTold) this.#payloadPlaces.set(uri, isOne);
    return isOne;
  }

  #isJsonLines(uri: string): boolean {
    return isJsonLinesPath(uri) || this.documents.get(uri)?.languageId === 'jsonl';
  }

  #edited(uri: string): void {
    if (this.folders.place(uri)?.path === targetsPath) this.#targetsChanged();
    this.#edits.fire(uri);
  }

  #placesChanged(): void {
    this.#payloadPlaces.clear();
    this.recheck(() => true);
  }

  #targetsChanged(): void {
    this.targets.forget();
    this.recheck(() => true);
  }
}
