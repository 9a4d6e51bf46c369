import { type DataTransfer, DataTransferItem, type TreeDragAndDropController, Uri } from 'vscode';
import type { Ui } from '../ui/ui';
import type { Node } from './payloadNodes';

const uriList = 'text/uri-list';

/** Payloads can be dragged to another function, and to wherever files can be dropped; files from elsewhere come in. */
export class PayloadDrops implements TreeDragAndDropController<Node> {
  readonly dragMimeTypes = [uriList];
  readonly dropMimeTypes = [uriList];

  constructor(private readonly ui: Pick<Ui, 'run'>) {}

  async handleDrag(rows: readonly Node[], data: DataTransfer): Promise<void> {
    const { PayloadNode } = await import('./payloadNodes');
    const files = rows.flatMap((row) => (row instanceof PayloadNode ? [row.uri.toString()] : []));
    if (files.length > 0) data.set(uriList, new DataTransferItem(files.join('\r\n')));
  }

  async handleDrop(row: Node | undefined, data: DataTransfer): Promise<void> {
    const { FunctionNode, PayloadNode } = await import('./payloadNodes');
    const onto = row instanceof PayloadNode ? row.parent : row;
    if (!(onto instanceof FunctionNode) || onto.functionIdentifier === undefined) return;
    const list = (await data.get(uriList)?.asString()) ?? '';
    const uris = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
    if (uris.length === 0) return;
    await this.ui.run('invokeAsync.movePayload', {
      uris: uris.map((uri) => Uri.parse(uri, true)),
      functionName: onto.functionIdentifier,
      folder: onto.folder.uri,
    });
  }
}
