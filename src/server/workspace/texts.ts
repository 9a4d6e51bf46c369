import type { TextDocuments } from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Unread } from '../../files/fileReading';
import { filePath } from '../filePath';
import type { Files } from '../files';
import type { Folders } from './folders';

/** The text of a file, or why there is none. */
export type TextReading = { readonly kind: 'text'; readonly text: string } | Unread;

/** The text of the workspace's files: as it stands in the editor when a file is open there, else what the disk holds. */
export class Texts {
  constructor(
    private readonly documents: TextDocuments<TextDocument>,
    private readonly files: Files,
    private readonly folders: Folders,
  ) {}

  /**
   * @param uri of a file in a workspace folder, or of a document that is open
   * @param limit of the file on disk, in bytes
   */
  async read(uri: string, limit: number): Promise<TextReading> {
    const path = filePath(uri);
    const open = this.documents.get(uri) ?? this.#openAt(path);
    if (open) return { kind: 'text', text: open.getText() };
    const folder = path === undefined ? undefined : this.folders.folderOf(path);
    if (path === undefined || folder === undefined) return { kind: 'outside' };
    const reading = await this.files.readIn(folder, path, limit);
    if (reading.kind !== 'content') return reading;
    return { kind: 'text', text: new TextDecoder().decode(reading.bytes) };
  }

  /** Editors do not agree on what to encode in a URI. */
  #openAt(path: string | undefined): TextDocument | undefined {
    if (path === undefined) return undefined;
    return this.documents.all().find(({ uri }) => filePath(uri) === path);
  }
}
