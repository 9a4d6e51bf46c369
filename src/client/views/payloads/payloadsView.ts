import {
  type Disposable,
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
  window,
  workspace,
} from 'vscode';
import type { PayloadLibrary } from '../../payloads/payloadLibrary';
import { FolderNode } from './folderNode';
import { type FunctionNode, functionNodes } from './functionNode';
import type { PayloadNode } from './payloadNode';

/** What the Payloads view shows; each node says how it looks and what is below it. */
export type Node = FolderNode | FunctionNode | PayloadNode;

/** The tree of saved payloads: folder (where there are several) → function → payload. */
export class PayloadsView implements TreeDataProvider<Node>, Disposable {
  readonly #changed = new EventEmitter<Node | undefined>();

  constructor(private readonly library: PayloadLibrary) {
    library.onDidChange(() => this.#changed.fire(undefined));
  }

  readonly onDidChangeTreeData = this.#changed.event;

  // Below the event, which the view reads when it is made.
  readonly #view = window.createTreeView('invokeAsync.payloads', {
    treeDataProvider: this,
    showCollapseAll: true,
  });

  getTreeItem(node: Node): TreeItem {
    return node.item();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) return node.children();
    const payloads = await this.library.payloads();
    const folders = workspace.workspaceFolders ?? [];
    if (payloads.length === 0 || folders.length === 1) return functionNodes(payloads);
    return folders.map((folder) => new FolderNode(folder, payloads));
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }
}
