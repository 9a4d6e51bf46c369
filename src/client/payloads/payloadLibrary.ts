import picomatch from 'picomatch';
import { Disposable, EventEmitter, type Uri, workspace, type WorkspaceFolder } from 'vscode';
import { matchesGlob, type Target } from '../../core/targets';
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
  /** By URI: two globs may find the same file. */
  #files: Promise<Map<string, Omit<SavedPayload, 'target'>>> | undefined;

  constructor(private readonly targets: TargetStore) {
    this.#subscriptions = [
      targets.onDidChange(() => this.#changed.fire()),
      workspace.onDidChangeWorkspaceFolders(() => this.#searchElsewhere()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('invokeAsync.payloads.include')) this.#searchElsewhere();
      }),
    ];
  }

  readonly onDidChange = this.#changed.event;

  /** The payloads in the order of their paths. Searches on first use only, then follows what changes. */
  async payloads(): Promise<readonly SavedPayload[]> {
    this.#watchers ??= searched().map((place) => this.#watch(place));
    this.#files ??= findFiles();
    const payloads = await Promise.all(
      [...(await this.#files).values()].map(async (file) => ({
        ...file,
        target: await this.targets.target(file.uri),
      })),
    );
    return payloads.toSorted((a, b) => a.path.localeCompare(b.path));
  }

  dispose(): void {
    Disposable.from(...this.#subscriptions, ...(this.#watchers ?? []), this.#changed).dispose();
  }

  /** Watches folders, too: the editor tells of a folder that goes, not of each file in it. */
  #watch({ folder, glob }: Place): Disposable {
    const { base } = picomatch.scan(glob);
    const pattern = inFolder(folder, base === '' ? '**' : `${base}/**`);
    const watcher = workspace.createFileSystemWatcher(pattern, false, true, false);
    watcher.onDidCreate(async (uri) => {
      const path = pathInFolder(folder, uri);
      // What came may be a folder with files in it: only a search tells.
      if (!matchesGlob(path, glob)) this.#files = findFiles();
      else (await this.#files)?.set(uri.toString(), { uri, folder, path });
      this.#changed.fire();
    });
    watcher.onDidDelete(async (uri) => {
      const files = await this.#files;
      const gone = uri.toString();
      for (const key of files?.keys() ?? []) {
        if (key === gone || key.startsWith(`${gone}/`)) files?.delete(key);
      }
      this.#changed.fire();
    });
    return watcher;
  }

  #searchElsewhere(): void {
    Disposable.from(...(this.#watchers ?? [])).dispose();
    this.#watchers = undefined;
    this.#files = undefined;
    this.#changed.fire();
  }
}

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

async function findFiles(): Promise<Map<string, Omit<SavedPayload, 'target'>>> {
  const found = await Promise.all(
    searched().map(async ({ folder, glob }) =>
      (await workspace.findFiles(inFolder(folder, glob))).map(
        (uri) => [uri.toString(), { uri, folder, path: pathInFolder(folder, uri) }] as const,
      ),
    ),
  );
  return new Map(found.flat());
}
