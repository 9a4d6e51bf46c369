import { Disposable, EventEmitter, type TextDocument, Uri, workspace } from 'vscode';
import {
  eventFileMatch,
  isJsonLinesPath,
  mayHoldPayloads,
  payloadMatch,
} from '../../core/payload/payloadPath';
import { inFolder, pathInFolder } from '../folders';
import { affectsSetting, settings } from '../settings';
import type { Files, SearchedFolder } from './findPayloads';
import type { PayloadFile, SavedPayload } from './savedPayload';
import type { TargetStore } from './targetStore';

/** The name of a payload as people see it: the file's, without `.json`. */
export function nameOf({ path }: { readonly path: string }): string {
  return withoutExtension(path.slice(path.lastIndexOf('/') + 1));
}

export function withoutExtension(name: string): string {
  return name.replace(/\.json$/, '');
}

/** Whether a file lies where the payloads of its workspace folder are looked for, whatever git ignores. */
export function isPayloadFile(uri: Uri): boolean {
  const folder = workspace.getWorkspaceFolder(uri);
  if (!folder) return false;
  const path = pathInFolder(folder, uri);
  return payloadMatch(path, settings(folder).payloadGlobs) !== undefined;
}

/** Whether the lines of a document are events by where it lies. A target makes them so, too. */
export function isEventFile(document: TextDocument): boolean {
  const folder = workspace.getWorkspaceFolder(document.uri);
  if (!folder || !isJsonLines(document)) return false;
  const path = pathInFolder(folder, document.uri);
  return eventFileMatch(path, settings(folder).payloadGlobs) !== undefined;
}

/** Whether each line of a document is a value of its own, by its name or language. */
export function isJsonLines({ uri, languageId }: TextDocument): boolean {
  return languageId === 'jsonl' || isJsonLinesPath(uri.path);
}

/** All saved payloads of the workspace, live as files, folders, targets and settings change. */
export class PayloadLibrary implements Disposable {
  readonly #changed = new EventEmitter<Uri | undefined>();
  readonly #subscriptions: Disposable[];
  #watchers: Disposable[] | undefined;
  #files: Promise<Files> | undefined;
  /** The last event of a watcher that was followed. */
  #followed = Promise.resolve();

  constructor(private readonly targets: TargetStore) {
    this.#subscriptions = [
      targets.onDidChange(() => this.#changed.fire(undefined)),
      workspace.onDidChangeWorkspaceFolders(() => this.#searchElsewhere()),
      workspace.onDidChangeConfiguration((event) => {
        if (affectsSetting(event, 'payloads.include')) this.#searchElsewhere();
      }),
    ];
  }

  /** The file that came or went, or `undefined` when it is more than one. */
  readonly onDidChange = this.#changed.event;

  /** The payloads in the order of their paths. Searches on first use only, then follows what changes. */
  async payloads(): Promise<readonly SavedPayload[]> {
    this.#watchers ??= searchedFolders().map((each) => this.#watch(each));
    this.#files ??= findPayloads().then(({ findFiles }) => findFiles(searchedFolders()));
    const [files] = await Promise.all([
      this.#files,
      // Read while the search goes on.
      ...searchedFolders().map(({ folder }) => this.targets.targetsAt(folder, [])),
    ]);
    return this.#withTargets(
      [...files.values()].toSorted((a, b) => inOrder.compare(a.path, b.path)),
    );
  }

  /**
   * What is known without a search of the workspace: all payloads once there was one, until then those below
   * `.lambda/payloads`, without their targets.
   */
  async known(): Promise<readonly SavedPayload[]> {
    if (this.#files) return this.payloads();
    const { filesAt, filterOf } = await findPayloads();
    const found = searchedFolders().map(async (searched) => {
      const { folder } = searched;
      const isPayload = filterOf(searched);
      return (await filesAt(Uri.joinPath(folder.uri, '.lambda', 'payloads'), searched))
        .map((uri) => ({ uri, folder, path: pathInFolder(folder, uri), target: undefined }))
        .filter(({ path }) => isPayload(path));
    });
    const payloads = (await Promise.all(found)).flat();
    return payloads.toSorted((a, b) => inOrder.compare(a.path, b.path));
  }

  /** One payload; `undefined` when it is none, or gone. */
  async payload(uri: Uri): Promise<SavedPayload | undefined> {
    const file = (await this.#files)?.get(uri.toString());
    return file && (await this.#withTargets([file]))[0];
  }

  /**
   * Takes over at once what the extension itself has made, or moved from one place to another, and does not wait until
   * the editor tells of it.
   */
  async follow({ made, gone }: { made: Uri; gone?: Uri }): Promise<void> {
    if (gone) this.#inOrder((files) => this.#remove(files, gone));
    const folder = workspace.getWorkspaceFolder(made);
    for (const searched of searchedFolders().filter((one) => one.folder.index === folder?.index)) {
      this.#inOrder((files) => this.#add(files, made, searched));
    }
    await this.#followed;
  }

  dispose(): void {
    Disposable.from(...this.#subscriptions, ...(this.#watchers ?? []), this.#changed).dispose();
  }

  async #withTargets(files: readonly PayloadFile[]): Promise<readonly SavedPayload[]> {
    const { withTargets } = await import('./savedPayload');
    return withTargets(files, this.targets);
  }

  /** Watches folders, too, and those above: the editor tells of a folder that goes, not of each file in it. */
  #watch(searched: SearchedFolder): Disposable {
    // Always the same pattern: the editor's own matching of globs can take for ever.
    const everything = inFolder(searched.folder, '**');
    const watcher = workspace.createFileSystemWatcher(everything, false, true, false);
    watcher.onDidCreate((uri) => {
      if (isConcerned(uri, searched)) this.#inOrder((files) => this.#add(files, uri, searched));
    });
    watcher.onDidDelete((uri) => {
      if (isConcerned(uri, searched)) this.#inOrder((files) => this.#remove(files, uri));
    });
    return watcher;
  }

  #inOrder(follow: (files: Files) => Promise<void> | void): void {
    this.#followed = this.#followAfter(this.#followed, follow);
  }

  /** Follows one event after the other, so that what came and went again is gone. Before the first search there is nothing to follow. */
  async #followAfter(
    previous: Promise<void>,
    follow: (files: Files) => Promise<void> | void,
  ): Promise<void> {
    await Promise.allSettled([previous]);
    const files = await this.#files;
    if (files) await follow(files);
  }

  async #add(files: Files, uri: Uri, searched: SearchedFolder): Promise<void> {
    const { folder } = searched;
    const { filesAt, filterOf } = await findPayloads();
    const isPayload = filterOf(searched);
    const unknown = (await filesAt(uri, searched))
      .filter((file) => !files.has(file.toString()))
      .map((file) => ({ uri: file, folder, path: pathInFolder(folder, file) }))
      .filter(({ path }) => isPayload(path));
    for (const file of unknown) files.set(file.uri.toString(), file);
    this.#tell(unknown.map((file) => file.uri));
  }

  #remove(files: Files, uri: Uri): void {
    const gone = uri.toString();
    const known = files.has(gone)
      ? [gone]
      : [...files.keys()].filter((key) => key.startsWith(`${gone}/`));
    for (const key of known) files.delete(key);
    this.#tell(known.map((key) => Uri.parse(key, true)));
  }

  #tell(uris: readonly Uri[]): void {
    if (uris.length > 0) this.#changed.fire(uris.length === 1 ? uris[0] : undefined);
  }

  #searchElsewhere(): void {
    Disposable.from(...(this.#watchers ?? [])).dispose();
    this.#watchers = undefined;
    this.#files = undefined;
    this.#changed.fire(undefined);
  }
}

/** `order2` before `order10`, and far quicker than localeCompare. */
const inOrder = new Intl.Collator(undefined, { numeric: true });

/** Reads ignore files: not before payloads are listed. */
const findPayloads = () => import('./findPayloads');

function searchedFolders(): SearchedFolder[] {
  return (workspace.workspaceFolders ?? []).map((folder) => ({
    folder,
    globs: settings(folder).payloadGlobs,
  }));
}

/** Whether a file or folder lies where payloads are looked for, or is a folder that holds such a place. */
function isConcerned(uri: Uri, { folder, globs }: SearchedFolder): boolean {
  return mayHoldPayloads(pathInFolder(folder, uri), globs);
}
