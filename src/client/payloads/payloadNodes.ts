import * as l10n from '@vscode/l10n';
import {
  languages,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  type Uri,
  type WorkspaceFolder,
} from 'vscode';
import { oneLine } from '../../core/foreignText';
import { functionLabel } from '../../core/functionIdentifier/label';
import { nameOf, type SavedPayload } from './payloadLibrary';
import type { TargetsFault } from './targetReading';

/** What the Payloads view shows; each node says how it looks and what is below it. */
export type Node = FolderNode | FunctionNode | PayloadNode;

/** A workspace folder; shown only where there is more than one. */
export class FolderNode {
  functions: readonly FunctionNode[] = [];
  readonly parent = undefined;

  constructor(readonly folder: WorkspaceFolder) {}

  children(): readonly FunctionNode[] {
    return this.functions;
  }

  item(): TreeItem {
    const item = new TreeItem(this.folder.name, TreeItemCollapsibleState.Expanded);
    item.id = this.folder.uri.toString();
    item.iconPath = ThemeIcon.Folder;
    item.contextValue = 'folder';
    return item;
  }
}

/** The payloads of one target function in one workspace folder, or those without a target. */
export class FunctionNode {
  #payloads: PayloadNode[] = [];
  /** Why nobody can say where these payloads go. */
  fault: TargetsFault | undefined;

  constructor(
    readonly folder: WorkspaceFolder,
    readonly functionIdentifier: string | undefined,
    public parent: FolderNode | undefined,
    /** Until the user opens it, or closes it: that stays. */
    private readonly startsCollapsed: boolean,
  ) {}

  /** In the order of their names, `order2` before `order10`. */
  children(): readonly PayloadNode[] {
    // Kept, because sorting what is nearly sorted costs next to nothing.
    this.#payloads = this.#payloads.toSorted(
      (a, b) => inOrder.compare(a.label, b.label) || inOrder.compare(a.saved.path, b.saved.path),
    );
    return this.#payloads;
  }

  get isEmpty(): boolean {
    return this.#payloads.length === 0;
  }

  add(payload: PayloadNode): void {
    this.#payloads.push(payload);
  }

  delete(payload: PayloadNode): void {
    this.#payloads.splice(this.#payloads.indexOf(payload), 1);
  }

  clear(): void {
    this.#payloads = [];
  }

  item(): TreeItem {
    const { functionIdentifier } = this;
    const label = labelOf(this);
    const { region, account } = functionLabel(functionIdentifier ?? '');
    const place = [region, account].filter((part) => part !== undefined);
    const count = this.#payloads.length;
    const { Collapsed, Expanded } = TreeItemCollapsibleState;
    const item = new TreeItem(label, this.startsCollapsed ? Collapsed : Expanded);
    item.id = `${this.folder.uri.toString()} ${this.fault ? 'no targets' : (functionIdentifier ?? '')}`;
    item.iconPath = new ThemeIcon(iconOf(this));
    item.description = [String(count), ...place].join(' · ');
    item.tooltip = functionIdentifier ?? l10n.t('These payloads have no target function yet.');
    item.contextValue = functionIdentifier === undefined ? 'noFunction' : 'function';
    item.accessibilityInformation = {
      label: [
        label,
        ...place,
        count === 1 ? l10n.t('1 payload') : l10n.t('{0} payloads', count),
      ].join(', '),
    };
    if (this.fault) {
      const { uri, reason, selection } = this.fault;
      item.tooltip = reason;
      const title = l10n.t('Open targets.json');
      item.command = { command: 'vscode.open', title, arguments: [uri, { selection }] };
    }
    return item;
  }
}

const inOrder = new Intl.Collator(undefined, { numeric: true });

/** Functions in the order of their names; payloads without one come last. */
export function functionsInOrder(nodes: Iterable<FunctionNode>): FunctionNode[] {
  return [...nodes].toSorted(
    (a, b) =>
      Number(a.functionIdentifier === undefined) - Number(b.functionIdentifier === undefined) ||
      inOrder.compare(labelOf(a), labelOf(b)),
  );
}

function iconOf({ functionIdentifier, fault }: FunctionNode): string {
  if (fault) return 'error';
  return functionIdentifier === undefined ? 'circle-slash' : 'symbol-function';
}

function labelOf({ functionIdentifier, fault }: FunctionNode): string {
  if (fault) return l10n.t('Not sent: targets.json has an error');
  return functionIdentifier === undefined
    ? l10n.t('No target function')
    : functionLabel(functionIdentifier).label;
}

/** One payload file. It is what its menu passes to commands, which read `uri` of it. */
export class PayloadNode {
  /** How many problems the row tells of; `undefined` until it is drawn. */
  #toldProblems: number | undefined;

  constructor(
    public saved: SavedPayload,
    public parent: FunctionNode,
  ) {}

  get uri(): Uri {
    return this.saved.uri;
  }

  /** The file's name without `.json`. */
  get label(): string {
    return nameOf(this.saved);
  }

  get tellsOldProblems(): boolean {
    return this.#toldProblems !== undefined && this.#toldProblems !== this.#problems;
  }

  get #problems(): number {
    return languages.getDiagnostics(this.uri).length;
  }

  children(): [] {
    return [];
  }

  item(): TreeItem {
    const { path, target, fault } = this.saved;
    // The file's URI brings its icon, and its problems as decorations.
    const item = new TreeItem(this.uri, TreeItemCollapsibleState.None);
    const place = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    // Below another function it is another row: the editor would take it for the focused one, and not mark it.
    item.id = `${this.uri.toString()} ${target?.function ?? ''}`;
    item.label = this.label;
    if (place !== `.lambda/payloads/${target?.function}`) item.description = place;
    item.contextValue = 'payload';
    const goesTo = target
      ? l10n.t('Target: {0}', target.function)
      : (fault?.reason ?? l10n.t('No target function yet'));
    item.tooltip = [path, goesTo].map(oneLine).join('\n');
    item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [this.uri] };
    item.accessibilityInformation = { label: [this.label, ...this.#spoken(item)].join(', ') };
    return item;
  }

  /** What the row shows by its place, its color and a number beside it, in words. */
  #spoken({ description }: TreeItem): string[] {
    const { target } = this.saved;
    const problems = this.#problems;
    this.#toldProblems = problems;
    return [
      target
        ? l10n.t('payload for {0}', target.function)
        : l10n.t('payload without a target function'),
      ...(typeof description === 'string' ? [description] : []),
      ...(problems === 0
        ? []
        : [problems === 1 ? l10n.t('1 problem') : l10n.t('{0} problems', problems)]),
    ];
  }
}
