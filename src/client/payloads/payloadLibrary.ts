import { Disposable, EventEmitter, type Uri, workspace, type WorkspaceFolder } from 'vscode';
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
  /** By URI: two globs may find the same file. */
  #files: Promise<Map<string, Omit<SavedPayload, 'target'>>> | undefined;

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
    watcher.onDidCreate(async (uri) => {
      const path = pathInFolder(folder, uri);
      if (targetRules().matchesGlob(path, glob)) {
        (await this.#files)?.set(uri.toString(), { uri, folder, path });
        this.#changed.fire(uri);
      } else {
        // It may be a folder with files in it: only a search tells, and one is enough for all that come at once.
        this.#files = undefined;
        this.#changed.fire(undefined);
      }
    });
    watcher.onDidDelete(async (uri) => {
      const files = await this.#files;
      const gone = uri.toString();
      if (files?.delete(gone)) {
        this.#changed.fire(uri);
        return;
      }
      for (const key of files?.keys() ?? []) if (key.startsWith(`${gone}/`)) files?.delete(key);
      this.#changed.fire(undefined);
    });
    return watcher;
  }

  #searchElsewhere(): void {
    Disposable.from(...(this.#watchers ?? [])).dispose();
    this.#watchers = undefined;
    this.#files = undefined;
    this.#changed.fire(undefined);
  }
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
