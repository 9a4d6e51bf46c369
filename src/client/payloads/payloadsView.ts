import {
  Disposable,
  type Event,
  EventEmitter,
  languages,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  type TreeViewVisibilityChangeEvent,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { ContextKey } from '../ui/contextKey';
import { answer } from '../ui/editorUi';
import type { ViewId } from '../contributions';
import type { Ui } from '../ui/ui';
import type { PayloadLibrary } from './payloadLibrary';
import { PayloadDrops } from './payloadDrops';
import type { Node } from './payloadNodes';
import type { PayloadTree } from './payloadTree';

/** The tree of saved payloads; its rows are loaded when it is first shown. */
export class PayloadsView implements TreeDataProvider<Node>, Disposable {
  readonly #changed = new EventEmitter<Node | undefined>();
  /** There once the payloads are known: until then the view does not say that there are none. */
  #tree: PayloadTree | undefined;
  readonly #hasPayloads = new ContextKey('invokeAsync.hasPayloads');
  readonly #noPayloads = new ContextKey('invokeAsync.noPayloads');
  readonly onDidChangeTreeData = this.#changed.event;
  readonly onDidChangeVisibility: Event<TreeViewVisibilityChangeEvent>;
  readonly #view: TreeView<Node>;
  /** The rows that the user has closed. */
  readonly #closed = new Set<unknown>();
  readonly #subscriptions: Disposable;

  constructor(
    private readonly library: PayloadLibrary,
    ui: Pick<Ui, 'run'>,
  ) {
    this.#view = window.createTreeView('invokeAsync.payloads' satisfies ViewId, {
      treeDataProvider: this,
      dragAndDropController: new PayloadDrops(ui),
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.onDidChangeVisibility = this.#view.onDidChangeVisibility;
    this.#subscriptions = Disposable.from(
      this.#view.onDidCollapseElement(({ element }) => this.#closed.add(element)),
      this.#view.onDidExpandElement(({ element }) => this.#closed.delete(element)),
      library.onDidChange((file) => this.#update(file)),
      window.onDidChangeActiveTextEditor(() => this.#followEditor()),
      this.#view.onDidChangeVisibility(() => this.#followEditor()),
      // A row says how many problems its file has.
      languages.onDidChangeDiagnostics(({ uris }) => {
        for (const uri of uris) {
          const row = this.#tree?.payload(uri);
          if (row?.tellsOldProblems) this.#changed.fire(row);
        }
      }),
    );
  }

  /** The rows that are selected, for commands that a key runs. */
  get selection(): readonly Node[] {
    return this.#view.selection;
  }

  /** Whether a row is below one that is closed. */
  readonly isHidden = (row: unknown): boolean => {
    if (!this.#tree?.isRow(row)) return false;
    return this.#closed.has(row.parent) || this.isHidden(row.parent);
  };

  /** Selects the row of a payload, once there is one. */
  async reveal(file: Uri): Promise<void> {
    if (!this.#view.visible) return;
    await this.getChildren();
    const node = this.#tree?.payload(file);
    if (node) await this.#view.reveal(node);
  }

  /** Selects the payload in the editor, as the Explorer does with a file: the focus stays where it is. */
  async #followEditor(): Promise<void> {
    const file = window.activeTextEditor?.document.uri;
    const row = file && this.#tree?.payload(file);
    // Of rows that are selected together, the payload may be one.
    if (!row || !this.#view.visible || this.#view.selection.includes(row)) return;
    if (workspace.getConfiguration('explorer').get('autoReveal') === false) return;
    // A tree that is drawn anew meanwhile has no such row yet.
    await this.#view.reveal(row, { focus: false }).then(undefined, () => undefined);
  }

  getTreeItem(node: Node): TreeItem {
    return node.item();
  }

  getParent(node: Node): Node | undefined {
    return node.parent;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) return [...node.children()];
    const [{ PayloadTree }, payloads] = await Promise.all([
      import('./payloadTree'),
      answer(() => this.library.payloads()),
    ]);
    const isFirst = this.#tree === undefined;
    this.#tree ??= new PayloadTree();
    const rows = this.#tree.build(payloads);
    this.#showCount();
    if (isFirst) void this.#followEditor();
    return rows;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  async #update(file: Uri | undefined): Promise<void> {
    const row = file && this.#tree?.change(file, await this.library.payload(file));
    this.#showCount();
    this.#changed.fire(row);
  }

  #showCount(): void {
    if (!this.#tree) return;
    const { size } = this.#tree;
    this.#hasPayloads.set(size > 0);
    this.#noPayloads.set(size === 0);
    this.#view.description = size === 0 ? '' : String(size);
  }
}
