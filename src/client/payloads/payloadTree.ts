import { type Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { SavedPayload } from './savedPayload';
import {
  FolderNode,
  FunctionNode,
  functionsInOrder,
  type Node,
  PayloadNode,
  startsClosed,
  SubfolderNode,
} from './payloadNodes';

/** With more payloads than this, functions are collapsed at first: nobody reads so many rows, and painting them takes seconds. */
const mostExpanded = 1000;

/**
 * The rows of the Payloads view: folder (where there are several) → function → sub-folders → payload. A row stays the same object
 * while it stands for the same thing, so that a change redraws it and what is below it, and nothing else.
 */
export class PayloadTree {
  readonly #payloads = new Map<string, PayloadNode>();
  readonly #functions = new Map<string, FunctionNode>();
  readonly #folders = new Map<string, FolderNode>();

  /** Number of payloads. */
  get size(): number {
    return this.#payloads.size;
  }

  /** Makes the tree anew, of the rows that it has where they still stand for something. */
  build(payloads: readonly SavedPayload[]): Node[] {
    for (const node of this.#functions.values()) node.clear();
    this.#addFunctions(payloads);
    const known = new Map(this.#payloads);
    this.#payloads.clear();
    for (const saved of payloads) this.#add(saved, known.get(saved.uri.toString()));
    for (const [id, node] of this.#functions) if (node.isEmpty) this.#functions.delete(id);
    const functions = functionsInOrder(this.#functions.values());
    const folders = workspace.workspaceFolders ?? [];
    const isShared = folders.length > 1 && payloads.length > 0;
    for (const node of functions) node.parent = isShared ? this.#folder(node.folder) : undefined;
    if (!isShared) return functions;
    return folders.map((folder) => {
      const node = this.#folder(folder);
      node.functions = functions.filter(({ parent }) => parent === node);
      return node;
    });
  }

  /**
   * Takes over what has become of one file.
   * @param saved `undefined` when the file is gone
   * @returns the row to redraw; `undefined` when functions come or go, so that the tree is to be made anew
   */
  change(uri: Uri, saved: SavedPayload | undefined): FunctionNode | undefined {
    const old = this.#payloads.get(uri.toString());
    const parent = saved && this.#functions.get(functionId(saved));
    if (saved && !parent) return undefined;
    if (saved && old && old.group !== parent) return undefined;
    if (old && saved) {
      old.saved = saved;
      return parent;
    }
    if (old) {
      this.#payloads.delete(uri.toString());
      old.group.delete(old);
      return old.group.isEmpty ? undefined : old.group;
    }
    if (saved) this.#add(saved);
    return parent;
  }

  /** The row of a payload file. */
  payload(uri: Uri): PayloadNode | undefined {
    return this.#payloads.get(uri.toString());
  }

  /** Whether something is a row of the view. */
  isRow(row: unknown): row is Node {
    return [FolderNode, FunctionNode, SubfolderNode, PayloadNode].some(
      (kind) => row instanceof kind,
    );
  }

  /** Those that have no row yet. */
  #addFunctions(payloads: readonly SavedPayload[]): void {
    const isLarge = payloads.length > mostExpanded;
    const byFunction = new Map<string, { readonly first: SavedPayload; count: number }>();
    for (const saved of payloads) {
      const id = functionId(saved);
      const known = byFunction.get(id);
      if (known) known.count++;
      else byFunction.set(id, { first: saved, count: 1 });
    }
    for (const [id, { first, count }] of byFunction) {
      if (this.#functions.has(id)) continue;
      const { folder, target } = first;
      const isClosed = isLarge || startsClosed(count);
      this.#functions.set(id, new FunctionNode(folder, target?.function, undefined, isClosed));
    }
  }

  #add(saved: SavedPayload, known?: PayloadNode): void {
    const parent = this.#functions.get(functionId(saved));
    if (!parent) return;
    const node = known ?? new PayloadNode(saved, parent);
    node.saved = saved;
    node.group = parent;
    parent.fault = saved.fault;
    parent.add(node);
    this.#payloads.set(saved.uri.toString(), node);
  }

  #folder(folder: WorkspaceFolder): FolderNode {
    const id = folder.uri.toString();
    let node = this.#folders.get(id);
    if (!node) {
      node = new FolderNode(folder);
      this.#folders.set(id, node);
    }
    return node;
  }
}

function functionId({ folder, target, fault }: SavedPayload): string {
  // No function has a space in its name.
  return `${folder.uri.toString()} ${fault ? 'no targets' : (target?.function ?? '')}`;
}
