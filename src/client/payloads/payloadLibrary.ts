import { Disposable, EventEmitter, type Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { Target } from '../../core/targets';
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

/** All saved payloads of the workspace, live as files, folders, targets and settings change. */
export class PayloadLibrary implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: Disposable[];
  #watchers: Disposable[] | undefined;
  #payloads: Promise<readonly SavedPayload[]> | undefined;

  constructor(private readonly targets: TargetStore) {
    this.#subscriptions = [
      targets.onDidChange(() => this.#forget()),
      workspace.onDidChangeWorkspaceFolders(() => this.#searchElsewhere()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('invokeAsync.payloads.include')) this.#searchElsewhere();
      }),
    ];
  }

  readonly onDidChange = this.#changed.event;

  /** The payloads in the order of their paths. Searches on first use only, then watches. */
  async payloads(): Promise<readonly SavedPayload[]> {
    this.#watchers ??= this.#watch();
    this.#payloads ??= this.#find();
    return this.#payloads;
  }

  dispose(): void {
    Disposable.from(...this.#subscriptions, ...(this.#watchers ?? []), this.#changed).dispose();
  }

  async #find(): Promise<readonly SavedPayload[]> {
    const found = await Promise.all(
      searched().map(async ({ folder, glob }) =>
        (await workspace.findFiles(inFolder(folder, glob))).map((uri) => ({ folder, uri })),
      ),
    );
    // Two globs may find the same file.
    const files = new Map(found.flat().map((file) => [file.uri.toString(), file]));
    const payloads = await Promise.all(
      [...files.values()].map(async ({ folder, uri }) => ({
        uri,
        folder,
        path: pathInFolder(folder, uri),
        target: await this.targets.target(uri),
      })),
    );
    return payloads.toSorted((a, b) => a.path.localeCompare(b.path));
  }

  #watch(): Disposable[] {
    return searched().map(({ folder, glob }) => {
      const watcher = workspace.createFileSystemWatcher(inFolder(folder, glob), false, true, false);
      watcher.onDidCreate(() => this.#forget());
      watcher.onDidDelete(() => this.#forget());
      return watcher;
    });
  }

  #searchElsewhere(): void {
    if (this.#watchers) {
      Disposable.from(...this.#watchers).dispose();
      this.#watchers = undefined;
    }
    this.#forget();
  }

  #forget(): void {
    this.#payloads = undefined;
    this.#changed.fire();
  }
}

function searched(): { folder: WorkspaceFolder; glob: string }[] {
  return (workspace.workspaceFolders ?? []).flatMap((folder) =>
    settings(folder).payloadGlobs.map((glob) => ({ folder, glob })),
  );
}
