import {
  type Disposable,
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
  window,
} from 'vscode';
import type { History } from './history';
import type { HistoryEntry } from './historyEntry';
import { answer } from '../ui/editorUi';
import type { ViewId } from '../contributions';
import type { LogFollower } from './logFollower';
import { InvocationRow } from './invocationRow';

/** The list of what was sent, newest first. */
export class InvocationsView implements TreeDataProvider<InvocationRow>, Disposable {
  readonly #changed = new EventEmitter<InvocationRow | undefined>();
  /** A node stays the same object, so that a change redraws its row alone. */
  readonly #nodes = new Map<string, InvocationRow>();

  readonly onDidChangeTreeData = this.#changed.event;
  // The editor asks the provider for its events now, so they have to be there.
  readonly #view = window.createTreeView('invokeAsync.invocations' satisfies ViewId, {
    treeDataProvider: this,
    canSelectMany: true,
  });
  readonly onDidChangeVisibility = this.#view.onDidChangeVisibility;

  constructor(
    private readonly history: History,
    private readonly follower: LogFollower,
  ) {
    history.onDidChange((entry) => this.#update(entry));
  }

  getTreeItem(node: InvocationRow): TreeItem {
    return node.item({
      isFollowing: this.follower.isFollowing(node.entry.id),
      hasPayloadText: this.history.payloadText(node.entry) !== undefined,
    });
  }

  async getChildren(node?: InvocationRow): Promise<InvocationRow[]> {
    if (node) return [];
    const entries = await answer(() => this.history.entries());
    const nodes = entries.map((entry) => this.#node(entry));
    this.#nodes.clear();
    for (const one of nodes) this.#nodes.set(one.entry.id, one);
    return nodes;
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }

  #node(entry: HistoryEntry): InvocationRow {
    const node = this.#nodes.get(entry.id) ?? new InvocationRow(entry);
    node.entry = entry;
    return node;
  }

  #update(entry: HistoryEntry | undefined): void {
    const node = entry && this.#nodes.get(entry.id);
    if (entry && node) node.entry = entry;
    this.#changed.fire(node);
  }
}
