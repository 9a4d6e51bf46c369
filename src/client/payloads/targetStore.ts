import {
  Disposable,
  EventEmitter,
  RelativePattern,
  type TextDocument,
  Uri,
  workspace,
  type WorkspaceFolder,
} from 'vscode';
import { Pace } from '../../core/pace';
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
  readonly #pace = new Pace();

  constructor() {
    // Of a folder that comes or goes the editor tells, and not of the file in it.
    const watcher = workspace.createFileSystemWatcher(`{**/.lambda,**/${targetsPath}}`);
    this.#subscriptions = Disposable.from(
      watcher,
      watcher.onDidCreate(() => this.#readAgain()),
      watcher.onDidChange(() => this.#readAgain()),
      watcher.onDidDelete(() => this.#readAgain()),
      workspace.onDidChangeTextDocument(({ document }) => this.#readDocument(document)),
      // What was not saved is gone with it.
      workspace.onDidCloseTextDocument((document) => this.#readDocument(document)),
    );
  }

  /** A target came, went or is another: not each key that is typed between them. */
  readonly onDidChange = this.#changed.event;

  /** The target of a payload file; `undefined` outside the workspace, or when nothing names one. */
  async target(payload: Uri): Promise<Target | undefined> {
    const folder = workspace.getWorkspaceFolder(payload);
    return folder && this.targetAt(folder, pathInFolder(folder, payload));
  }

  /** The target of the payload file at a path in its workspace folder. */
  async targetAt(folder: WorkspaceFolder, path: string): Promise<Target | undefined> {
    return targetRules().targetAtPace(path, await this.#targetsOf(folder), this.#pace);
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

  async #readDocument({ uri }: TextDocument): Promise<void> {
    if (uri.path.endsWith(`/${targetsPath}`)) await this.#readAgain();
  }

  /** Reads again what somebody has asked for. */
  async #readAgain(): Promise<void> {
    const before = new Map(this.#targets);
    this.#targets.clear();
    const changes = (workspace.workspaceFolders ?? []).map(async (folder) => {
      const old = before.get(folder.uri.toString());
      return old !== undefined && !areSame(await old, await this.#targetsOf(folder));
    });
    if ((await Promise.all(changes)).includes(true)) this.#changed.fire();
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

function areSame(some: readonly LocatedTarget[], others: readonly LocatedTarget[]): boolean {
  const [text, otherText] = [some, others].map((targets) =>
    JSON.stringify(targets.map(({ target }) => target)),
  );
  return text === otherText;
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
