import { Disposable, EventEmitter, FileType, Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { Target } from '../../core/targets';
import { targetRules } from '../lazy';
import { settings } from '../settings';
import { inFolder, pathInFolder, type TargetStore } from './targetStore';

/** A saved payload: a file of `payloads.include`, with the target that is known for it. */
export interface SavedPayload {
  readonly uri: Uri;
  readonly folder: WorkspaceFolder;
  /** Relative to the workspace folder, separated by `/`. */
  readonly path: string;
  readonly target: Target | undefined;
}

/** By URI: two globs may find the same file. */
type Files = Map<string, Omit<SavedPayload, 'target'>>;

/** Whether a file lies where the payloads of its workspace folder are looked for. */
export function isPayloadFile(uri: Uri): boolean {
  const folder = workspace.getWorkspaceFolder(uri);
  if (!folder) return false;
  const path = pathInFolder(folder, uri);
  return settings(folder).payloadGlobs.some((glob) => targetRules().matchesGlob(path, glob));
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
        if (event.affectsConfiguration('invokeAsync.payloads.include')) this.#searchElsewhere();
      }),
    ];
  }

  /** The file that came or went, or `undefined` when it is more than one. */
  readonly onDidChange = this.#changed.event;

  /** The payloads in the order of their paths. Searches on first use only, then follows what changes. */
  async payloads(): Promise<readonly SavedPayload[]> {
    this.#watchers ??= searched().map((place) => this.#watch(place));
    this.#files ??= findFiles();
    const files = [...(await this.#files).values()];
    const payloads = await Promise.all(files.map((file) => this.#withTarget(file)));
    return payloads.toSorted((a, b) => inOrder.compare(a.path, b.path));
  }

  /** One payload; `undefined` when it is none, or gone. */
  async payload(uri: Uri): Promise<SavedPayload | undefined> {
    const file = (await this.#files)?.get(uri.toString());
    return file && this.#withTarget(file);
  }

  /**
   * Takes over at once what the extension itself has made, or moved from one place to another, and does not wait until
   * the editor tells of it.
   */
  async follow({ made, gone }: { made: Uri; gone?: Uri }): Promise<void> {
    if (gone) this.#inOrder((files) => this.#remove(files, gone));
    const folder = workspace.getWorkspaceFolder(made);
    for (const place of searched().filter((one) => one.folder.index === folder?.index)) {
      this.#inOrder((files) => this.#add(files, made, place));
    }
    await this.#followed;
  }

  dispose(): void {
    Disposable.from(...this.#subscriptions, ...(this.#watchers ?? []), this.#changed).dispose();
  }

  async #withTarget(file: Omit<SavedPayload, 'target'>): Promise<SavedPayload> {
    return { ...file, target: await this.targets.targetAt(file.folder, file.path) };
  }

  /** Watches folders, too, and those above: the editor tells of a folder that goes, not of each file in it. */
  #watch(place: Place): Disposable {
    const base = targetRules().globBase(place.glob);
    const patterns = [...foldersAbove(base), base === '' ? '**' : `${base}/**`];
    return Disposable.from(...patterns.map((pattern) => this.#watchPattern(pattern, place)));
  }

  #watchPattern(pattern: string, { folder, glob }: Place): Disposable {
    const relative = inFolder(folder, pattern);
    const watcher = workspace.createFileSystemWatcher(relative, false, true, false);
    watcher.onDidCreate((uri) => this.#inOrder((files) => this.#add(files, uri, { folder, glob })));
    watcher.onDidDelete((uri) => this.#inOrder((files) => this.#remove(files, uri)));
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

  async #add(files: Files, uri: Uri, { folder, glob }: Place): Promise<void> {
    const unknown = (await filesAt(uri))
      .filter((file) => !files.has(file.toString()))
      .map((file) => ({ uri: file, folder, path: pathInFolder(folder, file) }))
      .filter(({ path }) => targetRules().matchesGlob(path, glob));
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

/**
 * A file itself, or all files in a folder: the editor tells of a folder that comes, not of each file in it. Links to
 * folders are not followed, for they may lead round in a circle.
 */
async function filesAt(uri: Uri): Promise<Uri[]> {
  const { type } = await workspace.fs.stat(uri).then(undefined, () => ({ type: FileType.Unknown }));
  return filesOf(uri, type);
}

async function filesOf(uri: Uri, type: FileType): Promise<Uri[]> {
  // A link to a file is both.
  if (type & FileType.File) return [uri];
  if (type !== FileType.Directory) return [];
  const entries = await workspace.fs.readDirectory(uri).then(undefined, () => []);
  const files = entries.map(([name, kind]) => filesOf(Uri.joinPath(uri, name), kind));
  return (await Promise.all(files)).flat();
}

/** `a` and `a/b` of `a/b/c`. */
function foldersAbove(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/** `order2` before `order10`, and far quicker than localeCompare. */
const inOrder = new Intl.Collator(undefined, { numeric: true });

/** A glob of `payloads.include` in one workspace folder. */
interface Place {
  readonly folder: WorkspaceFolder;
  readonly glob: string;
}

function searched(): Place[] {
  return (workspace.workspaceFolders ?? []).flatMap((folder) =>
    settings(folder).payloadGlobs.map((glob) => ({ folder, glob })),
  );
}

async function findFiles(): Promise<Files> {
  const found = await Promise.all(
    searched().map(async ({ folder, glob }) =>
      (await workspace.findFiles(inFolder(folder, glob))).map(
        (uri) => [uri.toString(), { uri, folder, path: pathInFolder(folder, uri) }] as const,
      ),
    ),
  );
  return new Map(found.flat());
}
