import * as l10n from '@vscode/l10n';
import {
  languages,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  type WorkspaceFolder,
} from 'vscode';
import { oneLine } from '../../core/foreignText';
import { functionLabel } from '../../core/functionIdentifier/label';
import { nameOf } from './payloadLibrary';
import { countOf, iconOf, labelOf } from './payloadRowText';
import type { SavedPayload } from './savedPayload';
import { contentOf, type FolderContent } from './subfolders';
import type { TargetsFault } from './targetReading';

/** What the Payloads view shows; each node says how it looks and what is below it. */
export type Node = FolderNode | FunctionNode | SubfolderNode | PayloadNode;

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
  /** The rows below, until payloads come or go. */
  #layout: Layout | undefined;
  /** Those of the last layout, by their ids: the same folder stays the same row. */
  #subfolders = new Map<string, SubfolderNode>();
  /** Why nobody can say where these payloads go. */
  fault: TargetsFault | undefined;

  constructor(
    readonly folder: WorkspaceFolder,
    readonly functionIdentifier: string | undefined,
    public parent: FolderNode | undefined,
    /** Until the user opens it, or closes it: that stays. */
    private readonly startsCollapsed: boolean,
  ) {
    this.payloadsFolder = `.lambda/payloads/${functionLabel(functionIdentifier ?? '').name}/`;
  }

  /** Path of the folder that is named as the function is, with a slash at its end. */
  readonly payloadsFolder: string;

  /** Sub-folders first. */
  children(): readonly (SubfolderNode | PayloadNode)[] {
    return this.#laidOut().rows;
  }

  /** All below it, in the order of their names, `order2` before `order10`. */
  get payloads(): readonly PayloadNode[] {
    this.#laidOut();
    return this.#payloads;
  }

  get isEmpty(): boolean {
    return this.#payloads.length === 0;
  }

  /** The row that a payload stands below. */
  parentOf(payload: PayloadNode): FunctionNode | SubfolderNode {
    return this.#laidOut().parents.get(payload) ?? this;
  }

  add(payload: PayloadNode): void {
    this.#payloads.push(payload);
    this.#layout = undefined;
  }

  delete(payload: PayloadNode): void {
    this.#payloads.splice(this.#payloads.indexOf(payload), 1);
    this.#layout = undefined;
  }

  clear(): void {
    this.#payloads = [];
    this.#layout = undefined;
  }

  #laidOut(): Layout {
    if (this.#layout) return this.#layout;
    // Kept, because sorting what is nearly sorted costs next to nothing.
    this.#payloads = this.#payloads.toSorted(
      (a, b) => inOrder.compare(a.label, b.label) || inOrder.compare(a.saved.path, b.saved.path),
    );
    const content = contentOf(this.#payloads, ({ subfolder }) => subfolder);
    const parents: Layout['parents'] = new Map();
    const subfolders = new Map<string, SubfolderNode>();
    const rowsOf = (
      { subfolders: below, items }: FolderContent<PayloadNode>,
      parent: FunctionNode | SubfolderNode,
    ): (SubfolderNode | PayloadNode)[] => {
      for (const item of items) parents.set(item, parent);
      const rows = below.map((folder) => {
        const id = `${folder.path} ${folder.label}`;
        const row = this.#subfolders.get(id) ?? new SubfolderNode(this, folder.path, folder.label);
        subfolders.set(id, row);
        row.hold(parent, rowsOf(folder, row));
        return row;
      });
      return [...rows, ...items];
    };
    this.#layout = { rows: rowsOf(content, this), parents };
    this.#subfolders = subfolders;
    return this.#layout;
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
      label: [label, ...place, countOf(count)].join(', '),
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

/** The rows below a function. */
interface Layout {
  readonly rows: readonly (SubfolderNode | PayloadNode)[];
  readonly parents: Map<PayloadNode, FunctionNode | SubfolderNode>;
}

/** A folder below the one that is named as its function is. */
export class SubfolderNode {
  #parent: FunctionNode | SubfolderNode;
  #rows: readonly (SubfolderNode | PayloadNode)[] = [];
  #startsCollapsed: boolean | undefined;

  /** @param path relative to the folder of the function */
  constructor(
    readonly group: FunctionNode,
    private readonly path: string,
    private readonly label: string,
  ) {
    this.#parent = group;
  }

  get parent(): FunctionNode | SubfolderNode {
    return this.#parent;
  }

  /** All below it. */
  get payloads(): readonly PayloadNode[] {
    return this.#rows.flatMap((row) => (row instanceof SubfolderNode ? row.payloads : [row]));
  }

  children(): readonly (SubfolderNode | PayloadNode)[] {
    return this.#rows;
  }

  /** Takes the place that a layout gives it. */
  hold(parent: FunctionNode | SubfolderNode, rows: readonly (SubfolderNode | PayloadNode)[]): void {
    this.#parent = parent;
    this.#rows = rows;
    this.#startsCollapsed ??= startsClosed(this.payloads.length);
  }

  /** Whether a file lies in it, at whatever depth. */
  holds({ path }: Pick<SavedPayload, 'path'>): boolean {
    return path.startsWith(`${this.group.payloadsFolder}${this.path}/`);
  }

  item(): TreeItem {
    const { Collapsed, Expanded } = TreeItemCollapsibleState;
    const item = new TreeItem(this.label, this.#startsCollapsed ? Collapsed : Expanded);
    const count = this.payloads.length;
    const place = this.group.payloadsFolder + this.path;
    item.id = `${this.group.item().id} ${this.path} ${this.label}`;
    // Its URI brings the problems of the files in it as a decoration.
    item.resourceUri = Uri.joinPath(this.group.folder.uri, place);
    // Not the theme's, which may have none: then the files beside it would move to the left.
    item.iconPath = new ThemeIcon('symbol-folder');
    item.description = String(count);
    item.tooltip = oneLine(place);
    item.contextValue = 'subfolder';
    item.accessibilityInformation = {
      label: [this.label, l10n.t('folder'), countOf(count)].join(', '),
    };
    return item;
  }
}

const inOrder = new Intl.Collator(undefined, { numeric: true });

/** Whether what holds so many payloads is closed until the user opens it. */
export function startsClosed(payloads: number): boolean {
  return payloads >= 20;
}

/** Functions in the order of their names; payloads without one come last. */
export function functionsInOrder(nodes: Iterable<FunctionNode>): FunctionNode[] {
  return [...nodes].toSorted(
    (a, b) =>
      Number(a.functionIdentifier === undefined) - Number(b.functionIdentifier === undefined) ||
      inOrder.compare(labelOf(a), labelOf(b)),
  );
}

/** One payload file. It is what its menu passes to commands, which read `uri` of it. */
export class PayloadNode {
  /** How many problems the row tells of; `undefined` until it is drawn. */
  #toldProblems: number | undefined;

  constructor(
    public saved: SavedPayload,
    public group: FunctionNode,
  ) {}

  get parent(): FunctionNode | SubfolderNode {
    return this.group.parentOf(this);
  }

  get uri(): Uri {
    return this.saved.uri;
  }

  /** Path of its folder below the one that is named as its function is; empty in that one, and anywhere else. */
  get subfolder(): string {
    const { path } = this.saved;
    const { payloadsFolder } = this.group;
    if (!path.startsWith(payloadsFolder)) return '';
    return path.slice(
      payloadsFolder.length,
      Math.max(path.lastIndexOf('/'), payloadsFolder.length),
    );
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
    const isSaidAbove = this.subfolder !== '' || place === `.lambda/payloads/${target?.function}`;
    if (!isSaidAbove) item.description = place;
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
