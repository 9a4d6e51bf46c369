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
    const { PayloadNode, SubfolderNode } = await import('./payloadNodes');
    const payloads = rows.flatMap((row) => {
      if (row instanceof SubfolderNode) return row.payloads;
      return row instanceof PayloadNode ? [row] : [];
    });
    // A folder may be dragged together with what is in it.
    const files = [...new Set(payloads.map(({ uri }) => uri.toString()))];
    if (files.length > 0) data.set(uriList, new DataTransferItem(files.join('\r\n')));
  }

  async handleDrop(row: Node | undefined, data: DataTransfer): Promise<void> {
    const { FunctionNode, PayloadNode, SubfolderNode } = await import('./payloadNodes');
    const isBelow = row instanceof PayloadNode || row instanceof SubfolderNode;
    const onto = isBelow ? row.group : row;
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
