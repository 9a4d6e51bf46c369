import {
  Disposable,
  EventEmitter,
  RelativePattern,
  Uri,
  workspace,
  type WorkspaceFolder,
} from 'vscode';
import type { LocatedTarget, Target } from '../../core/targets';
import { targetsPath } from '../../core/targetsPath';
import { targetRules } from '../lazy';

/**
 * The `.lambda/targets.json` of every workspace folder, read once and again when it changes; as it stands in the
 * editor, unsaved changes included.
 */
export class TargetStore implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #targets = new Map<string, Promise<readonly LocatedTarget[]>>();
  readonly #subscriptions: Disposable;

  constructor() {
    // Of a folder that comes or goes the editor tells, and not of the file in it.
    const watcher = workspace.createFileSystemWatcher(`{**/.lambda,**/${targetsPath}}`);
    this.#subscriptions = Disposable.from(
      watcher,
      watcher.onDidCreate(() => this.#forget()),
      watcher.onDidChange(() => this.#forget()),
      watcher.onDidDelete(() => this.#forget()),
      workspace.onDidChangeTextDocument(({ document: { uri } }) => {
        if (uri.path.endsWith(`/${targetsPath}`)) this.#forget();
      }),
    );
  }

  readonly onDidChange = this.#changed.event;

  /** The target of a payload file; `undefined` outside the workspace, or when nothing names one. */
  async target(payload: Uri): Promise<Target | undefined> {
    const folder = workspace.getWorkspaceFolder(payload);
    return folder && this.targetAt(folder, pathInFolder(folder, payload));
  }

  /** The target of the payload file at a path in its workspace folder. */
  async targetAt(folder: WorkspaceFolder, path: string): Promise<Target | undefined> {
    return targetRules().targetOf(path, await this.#targetsOf(folder));
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  async #targetsOf(folder: WorkspaceFolder): Promise<readonly LocatedTarget[]> {
    const key = folder.uri.toString();
    let targets = this.#targets.get(key);
    if (!targets) {
      targets = readTargets(folder);
      this.#targets.set(key, targets);
    }
    return targets;
  }

  #forget(): void {
    this.#targets.clear();
    this.#changed.fire();
  }
}

/** The path of a file in its workspace folder, separated by `/` on every system. */
export function pathInFolder(folder: WorkspaceFolder, uri: Uri): string {
  return uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
}

/** A glob that stays in one workspace folder. */
export function inFolder(folder: WorkspaceFolder, glob: string): RelativePattern {
  return new RelativePattern(folder, glob);
}

async function readTargets(folder: WorkspaceFolder): Promise<readonly LocatedTarget[]> {
  const uri = Uri.joinPath(folder.uri, targetsPath);
  const open = workspace.textDocuments.find(
    (document) => document.uri.toString() === uri.toString(),
  );
  if (open?.isDirty) return targetRules().parseTargets(open.getText());
  try {
    const bytes = await workspace.fs.readFile(uri);
    return targetRules().parseTargets(new TextDecoder().decode(bytes));
  } catch {
    // No file: every payload has the target that its folder names.
    return [];
  }
}
