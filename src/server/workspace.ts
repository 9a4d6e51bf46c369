import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Disposable,
  Emitter,
  type InitializeParams,
  type TextDocuments,
  type WorkspaceFolder,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fileURLToPath } from 'node:url';
import {
  type LocatedTarget,
  matchesGlob,
  parseTargets,
  type Target,
  targetOf,
  targetsPath,
} from '../core/targets';
import { type CheckSettings, checkSettings } from '../protocol/settings';

/** The file system as far as the server reads it. */
export interface Files {
  /** The text of a file, `undefined` when it cannot be read. */
  readText(path: string): Promise<string | undefined>;
}

/** A document's place: its workspace folder, and its path in it, separated by `/`. */
export interface Place {
  readonly folder: string;
  readonly path: string;
}

/** What the checks need to know beyond a document's text: folders, settings and targets, each read once and kept. */
export class Workspace {
  #folders: readonly string[] = [];
  #asksForConfiguration = false;
  #watchesFiles = false;
  #watchesConfiguration = false;
  readonly #settings = new Map<string, Promise<CheckSettings>>();
  readonly #targets = new Map<string, Promise<readonly LocatedTarget[]>>();
  readonly #changed = new Emitter<void>();

  constructor(
    private readonly connection: Connection,
    private readonly documents: TextDocuments<TextDocument>,
    private readonly files: Files,
  ) {}

  /** Settings, targets or folders changed: every document is to be checked anew. */
  readonly onDidChange: (listener: () => void) => Disposable = (listener) =>
    this.#changed.event(listener);

  initialize(params: InitializeParams): void {
    const { workspace } = params.capabilities;
    this.#folders = folderUris(params.workspaceFolders ?? []);
    this.#asksForConfiguration = workspace?.configuration === true;
    this.#watchesConfiguration = workspace?.didChangeConfiguration?.dynamicRegistration === true;
    this.#watchesFiles = workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  }

  register(connection: Connection): void {
    connection.onInitialized(async () => {
      if (this.#watchesConfiguration) {
        await connection.client.register(DidChangeConfigurationNotification.type, {
          section: 'invokeAsync',
        });
      }
      if (this.#watchesFiles) {
        await connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [{ globPattern: `**/${targetsPath}` }],
        });
      }
    });
    connection.onDidChangeConfiguration(() => {
      this.#settings.clear();
      this.#changed.fire();
    });
    connection.onDidChangeWatchedFiles(() => this.#forgetTargets());
    connection.onNotification(
      'workspace/didChangeWorkspaceFolders',
      ({ event }: { event: { added: WorkspaceFolder[]; removed: WorkspaceFolder[] } }) => {
        const removed = new Set(folderUris(event.removed));
        this.#folders = [
          ...this.#folders.filter((folder) => !removed.has(folder)),
          ...folderUris(event.added),
        ];
        this.#settings.clear();
        this.#forgetTargets();
      },
    );
    this.documents.onDidChangeContent(({ document }) => {
      if (this.place(document.uri)?.path === targetsPath) this.#forgetTargets();
    });
  }

  /** The innermost workspace folder that holds a document, and its path in it. */
  place(uri: string): Place | undefined {
    const folder = this.#folders
      .filter((candidate) => uri.startsWith(`${candidate}/`))
      .toSorted((a, b) => b.length - a.length)[0];
    if (folder === undefined) return undefined;
    return { folder, path: decodeURIComponent(uri.slice(folder.length + 1)) };
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
    const place = this.place(uri);
    if (!place || !place.path.endsWith('.json')) return false;
    const { payloads } = await this.settings(uri);
    return payloads.include.some((glob) => matchesGlob(place.path, glob));
  }

  /** The target of a payload file, from `.lambda/targets.json` or the folder it stands in. */
  async target(uri: string): Promise<Target | undefined> {
    const place = this.place(uri);
    return place && targetOf(place.path, await this.#targetsOf(place.folder));
  }

  async #readSettings(uri: string): Promise<CheckSettings> {
    if (!this.#asksForConfiguration) return checkSettings(undefined);
    return checkSettings(
      await this.connection.workspace.getConfiguration({ scopeUri: uri, section: 'invokeAsync' }),
    );
  }

  async #targetsOf(folder: string): Promise<readonly LocatedTarget[]> {
    let targets = this.#targets.get(folder);
    if (!targets) {
      targets = this.#readTargets(folder);
      this.#targets.set(folder, targets);
    }
    return targets;
  }

  async #readTargets(folder: string): Promise<readonly LocatedTarget[]> {
    const uri = `${folder}/${targetsPath}`;
    const text = this.documents.get(uri)?.getText() ?? (await this.#readText(uri));
    return text === undefined ? [] : parseTargets(text);
  }

  async #readText(uri: string): Promise<string | undefined> {
    return uri.startsWith('file:') ? this.files.readText(fileURLToPath(uri)) : undefined;
  }

  #forgetTargets(): void {
    this.#targets.clear();
    this.#changed.fire();
  }
}

function folderUris(folders: readonly WorkspaceFolder[]): string[] {
  return folders.map(({ uri }) => uri.replace(/\/$/, ''));
}
