import {
  type Connection,
  type Disposable,
  Emitter,
  type InitializeParams,
  type WorkspaceFolder,
  type WorkspaceFoldersChangeEvent,
} from '../lsp';
import { isBelow } from '../../files/below';
import { filePath } from '../filePath';

/** A document's place: its workspace folder as a URI, and its path in it, separated by `/`. */
export interface Place {
  readonly folder: string;
  readonly path: string;
}

/** The workspace folders, live as they come and go. */
export class Folders {
  #uris: readonly string[] = [];
  #areTold = false;
  readonly #removed = new Emitter<readonly string[]>();

  /** Folders came or went: the URIs of those that went. */
  readonly onDidChange: (listener: (removed: readonly string[]) => void) => Disposable = (
    listener,
  ) => this.#removed.event(listener);

  initialize(params: InitializeParams): void {
    this.#uris = urisOf(params.workspaceFolders ?? rootFolder(params));
    this.#areTold = params.capabilities.workspace?.workspaceFolders === true;
  }

  /** Only once the client is initialized: before, the connection puts its own handler over this one. */
  listen(connection: Connection): void {
    if (!this.#areTold) return;
    connection.workspace.onDidChangeWorkspaceFolders((event) => this.#change(event));
  }

  /** Without a slash at the end. */
  get uris(): readonly string[] {
    return this.#uris;
  }

  /** Of the folders that are on disk. */
  get paths(): readonly string[] {
    return this.#uris.flatMap((uri) => filePath(uri) ?? []);
  }

  /** The innermost workspace folder that holds a document, and its path in it; none for a URI that is malformed. */
  place(uri: string): Place | undefined {
    const folder = innermost(this.#uris.filter((candidate) => uri.startsWith(`${candidate}/`)));
    if (folder === undefined) return undefined;
    const path = decoded(uri.slice(folder.length + 1));
    return path === undefined ? undefined : { folder, path };
  }

  /** The path of the innermost workspace folder that a file on disk lies in. */
  folderOf(path: string): string | undefined {
    return innermost(this.paths.filter((folder) => isBelow(path, folder)));
  }

  #change({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = urisOf(removed);
    this.#uris = [...this.#uris.filter((uri) => !gone.includes(uri)), ...urisOf(added)];
    this.#removed.fire(gone);
  }
}

/** What an editor names that knows no workspace folders; some leave out even that. */
function rootFolder({ rootUri }: InitializeParams): WorkspaceFolder[] {
  return typeof rootUri === 'string' ? [{ uri: rootUri, name: '' }] : [];
}

function urisOf(folders: readonly WorkspaceFolder[]): string[] {
  return folders.map(({ uri }) => uri.replace(/\/$/, ''));
}

const innermost = (folders: readonly string[]) =>
  folders.toSorted((a, b) => b.length - a.length).at(0);

function decoded(escaped: string): string | undefined {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
