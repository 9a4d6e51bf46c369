import { ThemeIcon, TreeItem, TreeItemCollapsibleState, type WorkspaceFolder } from 'vscode';
import type { SavedPayload } from '../../payloads/payloadLibrary';
import { type FunctionNode, functionNodes } from './functionNode';

/** A workspace folder; shown only where there is more than one. */
export class FolderNode {
  constructor(
    private readonly folder: WorkspaceFolder,
    private readonly payloads: readonly SavedPayload[],
  ) {}

  children(): FunctionNode[] {
    return functionNodes(this.payloads.filter(({ folder }) => folder.index === this.folder.index));
  }

  item(): TreeItem {
    const item = new TreeItem(this.folder.name, TreeItemCollapsibleState.Expanded);
    item.id = this.folder.uri.toString();
    item.iconPath = ThemeIcon.Folder;
    item.contextValue = 'folder';
    return item;
  }
}
