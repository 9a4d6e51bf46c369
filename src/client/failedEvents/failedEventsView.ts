import {
  type Disposable,
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
  window,
} from 'vscode';
import type { ViewId } from '../contributions';

/** What the view shows. Made by the first command: before that, it is empty. */
export interface FailedEventRows {
  readonly title: string;
  all(): object[];
  item(row: object): TreeItem;
  /** Gives back what is looked at. */
  close(): Promise<void>;
}

/** The list of events that failed for good. What fills it is a chunk of its own. */
export class FailedEventsView implements TreeDataProvider<object>, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view = window.createTreeView('invokeAsync.failedEvents' satisfies ViewId, {
    treeDataProvider: this,
    canSelectMany: true,
  });
  #rows: FailedEventRows | undefined;

  /** Shows other rows, or the same ones as they are now. */
  show(rows: FailedEventRows | undefined): void {
    this.#rows = rows;
    this.#view.description = rows?.title ?? '';
    this.#changed.fire();
  }

  getChildren(row?: object): object[] {
    return row ? [] : (this.#rows?.all() ?? []);
  }

  getTreeItem(row: object): TreeItem {
    return this.#rows?.item(row) ?? {};
  }

  async stop(): Promise<void> {
    await this.#rows?.close();
  }

  dispose(): void {
    this.#view.dispose();
  }
}
