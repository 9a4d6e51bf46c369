import { TreeItem, TreeItemCollapsibleState, type Uri } from 'vscode';
import type { SavedPayload } from '../../payloads/payloadLibrary';

/** One payload file. It is what its menu passes to commands, which read `uri` of it. */
export class PayloadNode {
  readonly uri: Uri;

  constructor(private readonly saved: SavedPayload) {
    this.uri = saved.uri;
  }

  children(): [] {
    return [];
  }

  item(): TreeItem {
    const { path, target } = this.saved;
    const item = new TreeItem(this.uri, TreeItemCollapsibleState.None);
    item.id = this.uri.toString();
    item.label = path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');
    item.contextValue = 'payload';
    item.tooltip = `${path}\n${target ? `Target: ${target.function}` : 'No target function yet'}`;
    item.command = { command: 'vscode.open', title: 'Open', arguments: [this.uri] };
    return item;
  }
}
