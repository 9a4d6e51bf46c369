import type { Connection, Hover, TextDocuments } from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** One kind of hover; `undefined` where it has nothing to say. */
export interface HoverSource {
  /** @param offset in UTF-16 units */
  hover(document: TextDocument, offset: number): Promise<Hover | undefined>;
}

/** Answers a hover with the first source that has something to say. */
export class Hovers {
  constructor(
    private readonly documents: TextDocuments<TextDocument>,
    private readonly sources: readonly HoverSource[],
  ) {}

  register(connection: Connection): void {
    connection.onHover(async ({ textDocument, position }) => {
      const document = this.documents.get(textDocument.uri);
      if (!document) return null;
      const offset = document.offsetAt(position);
      for (const source of this.sources) {
        const hover = await source.hover(document, offset);
        if (hover) return hover;
      }
      return null;
    });
  }
}
