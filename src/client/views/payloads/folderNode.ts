import { ThemeIcon, TreeItem, TreeItemCollapsibleState, type WorkspaceFolder } from 'vscode';
import type { FunctionNode } from './functionNode';

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
