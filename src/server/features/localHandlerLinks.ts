import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Connection, DocumentLink, TextDocuments } from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { exportOffset } from '../../core/localHandlers/exportedNames';
import { type LocatedHandler, locatedHandlers } from '../../core/localHandlers/locatedHandlers';
import { rangeIn } from '../range';
import type { Workspace } from '../workspace/workspace';
import { type HandlerFiles, localRoot } from './handlerFiles';

/** No editor draws more of them. */
const mostLinks = 500;

/** Links from the handlers in `.lambda/local.json` to where their files export them. */
export class LocalHandlerLinks {
  constructor(
    private readonly documents: TextDocuments<TextDocument>,
    private readonly workspace: Workspace,
    private readonly handlerFiles: HandlerFiles,
  ) {}

  register(connection: Connection): void {
    connection.onDocumentLinks(async ({ textDocument: { uri } }) => {
      const document = this.documents.get(uri);
      const root = localRoot(this.workspace, uri);
      if (!document || root === undefined) return [];
      const handlers = locatedHandlers(document.getText()).slice(0, mostLinks);
      const links = await Promise.all(handlers.map(async (one) => this.#link(document, root, one)));
      return links.flatMap((link) => link ?? []);
    });
  }

  async #link(
    document: TextDocument,
    root: string,
    { handler, range }: LocatedHandler,
  ): Promise<DocumentLink | undefined> {
    const located = await this.handlerFiles.locate(root, handler);
    if (located?.kind !== 'file') return undefined;
    const { file, exportPath, runtime } = located.candidate;
    const text = (await this.handlerFiles.read(root, file)) ?? '';
    const offset = exportOffset(text, exportPath.split('.')[0] ?? '', runtime);
    const target = pathToFileURL(join(root, file));
    // Editors show the line that a fragment names.
    if (offset !== undefined) target.hash = `L${lineOf(text, offset)}`;
    return { range: rangeIn(document, range), target: target.href, tooltip: file };
  }
}

/** From 1. */
function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
