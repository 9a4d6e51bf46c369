import {
  Disposable,
  EventEmitter,
  type Memento,
  Position,
  Range,
  type TextDocument,
  Uri,
  workspace,
  type WorkspaceFolder,
} from 'vscode';
import type { TextRange } from '../../core/problem';
import { targetsPath } from '../../core/target';
import type { TargetsReading } from '../../core/targetsReading';
import { pathInFolder } from '../folders';
import type { EnvironmentReading } from './environments';
import type { FolderTargets, TargetReading, TargetsFault } from './targetReading';
import { targetRules, targetsReading } from '../lazy';

/**
 * The `.lambda/targets.json` of every workspace folder, kept until it changes for the views, which ask often; as it
 * stands in the editor, unsaved changes included.
 */
export class TargetStore implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #targets = new Map<string, Promise<FolderTargets>>();
  readonly #subscriptions: Disposable;

  /** @param memory remembers which environment is selected for each folder */
  constructor(private readonly memory: Memento) {
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

  /**
   * The target of a payload file, from what stands in the file now: the editor tells of a change only after a while, and
   * no event may go where it was to go before. None outside the workspace.
   */
  async target(payload: Uri): Promise<TargetReading> {
    const folder = workspace.getWorkspaceFolder(payload);
    if (!folder) return noTarget;
    const targets = await this.#readFolder(folder);
    const paths = [pathInFolder(folder, payload)];
    const [reading = noTarget] = await this.#targetsIn(targets, folder, paths);
    return reading;
  }

  /** Whether a target is known for a file. */
  async hasTarget(file: Uri): Promise<boolean> {
    const reading = await this.target(file);
    return reading.kind === 'target' && reading.target !== undefined;
  }

  /** The targets of the payload files at paths in a workspace folder, as far as the editor has told of changes. */
  async targetsAt(folder: WorkspaceFolder, paths: readonly string[]): Promise<TargetReading[]> {
    return this.#targetsIn(await this.#targetsOf(folder), folder, paths);
  }

  /** Why the targets of a workspace folder cannot be used; `undefined` when they can. */
  async fault(folder: WorkspaceFolder): Promise<TargetsFault | undefined> {
    const targets = await this.#readFolder(folder);
    return targets.kind === 'fault' ? targets : undefined;
  }

  /** The environment of a workspace folder, from what stands in the file now. */
  async environment(folder: WorkspaceFolder): Promise<EnvironmentReading> {
    return this.#environmentIn(await this.#readFolder(folder), folder);
  }

  /** Selects the environment of a workspace folder, for this workspace. */
  async selectEnvironment(folder: WorkspaceFolder, name: string): Promise<void> {
    await this.memory.update(keyOf(folder), name);
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  async #targetsOf(folder: WorkspaceFolder): Promise<FolderTargets> {
    const key = folder.uri.toString();
    let targets = this.#targets.get(key);
    if (!targets) {
      targets = readTargetsOf(folder);
      this.#targets.set(key, targets);
    }
    return targets;
  }

  async #readFolder(folder: WorkspaceFolder): Promise<FolderTargets> {
    const key = folder.uri.toString();
    const [known, reading] = [this.#targets.get(key), readTargetsOf(folder)];
    this.#targets.set(key, reading);
    if (known && !areSame(await known, await reading)) this.#changed.fire();
    return reading;
  }

  async #targetsIn(
    targets: FolderTargets,
    folder: WorkspaceFolder,
    paths: readonly string[],
  ): Promise<TargetReading[]> {
    if (targets.kind === 'fault') return paths.map(() => targets);
    const { targetsAtPace } = await targetRules();
    const found = await targetsAtPace(paths, targets.targets);
    if (!found.some((target) => target?.function.includes('${')))
      return found.map((target) => ({ kind: 'target', target }));
    const { renderedTargets } = await environmentRules();
    return renderedTargets(found, folder, await this.#environmentIn(targets, folder));
  }

  async #environmentIn(targets: FolderTargets, folder: WorkspaceFolder) {
    const { environmentIn } = await environmentRules();
    return environmentIn(targets, this.memory.get(keyOf(folder)));
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

const noTarget: TargetReading = { kind: 'target', target: undefined };

const environmentRules = () => import('./environments');

function keyOf(folder: WorkspaceFolder): string {
  return `environment ${folder.uri.toString()}`;
}

function areSame(one: FolderTargets, other: FolderTargets): boolean {
  return contentOf(one) === contentOf(other);
}

function contentOf(targets: FolderTargets): string {
  return JSON.stringify(
    targets.kind === 'fault'
      ? targets.reason
      : [targets.targets.map(({ target }) => target), ...targets.environments],
  );
}

async function readTargetsOf(folder: WorkspaceFolder): Promise<FolderTargets> {
  const uri = Uri.joinPath(folder.uri, targetsPath);
  // A chunk of its own, read with the first payload.
  const { readTargetsText } = await import('./targetsText');
  const found = await readTargetsText(uri);
  if (found.kind === 'missing') return { kind: 'targets', targets: [], environments: new Map() };
  if (found.kind === 'unreadable') {
    return { kind: 'fault', uri, reason: found.reason, selection: undefined };
  }
  const { readTargets } = await targetsReading();
  return targetsOf(uri, found.text, readTargets(found.text));
}

/** What the text of a `.lambda/targets.json` says, with the place of its fault in the editor. */
export function targetsOf(uri: Uri, text: string, reading: TargetsReading): FolderTargets {
  if (reading.kind === 'targets') return reading;
  const { reason, range } = reading;
  return { kind: 'fault', uri, reason, selection: range && selectionIn(text, range) };
}

function selectionIn(text: string, { start, end }: TextRange): Range {
  return new Range(positionIn(text, start), positionIn(text, end));
}

function positionIn(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return new Position(lines.length - 1, lines.at(-1)?.length ?? 0);
}
