import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
} from 'vscode';

/** Files in one folder, in memory; `Order` and `order` are one file, as on macOS and Windows. */
export class OneCaseFiles implements FileSystemProvider {
  readonly onDidChangeFile = new EventEmitter<FileChangeEvent[]>().event;
  readonly #files = new Map<string, { name: string; content: Uint8Array }>();

  get names(): string[] {
    return [...this.#files.values()].map(({ name }) => name).toSorted();
  }

  watch(): Disposable {
    return Disposable.from();
  }

  stat(uri: Uri): FileStat {
    const type = uri.path === '/' ? FileType.Directory : FileType.File;
    const size = type === FileType.File ? this.readFile(uri).length : 0;
    return { type, ctime: 0, mtime: 0, size };
  }

  readDirectory(): [string, FileType][] {
    return this.names.map((name) => [name, FileType.File]);
  }

  createDirectory(): void {}

  readFile(uri: Uri): Uint8Array {
    const file = this.#files.get(keyOf(uri));
    if (!file) throw FileSystemError.FileNotFound(uri);
    return file.content;
  }

  writeFile(uri: Uri, content: Uint8Array): void {
    this.#files.set(keyOf(uri), { name: uri.path.slice(1), content });
  }

  delete(uri: Uri): void {
    this.#files.delete(keyOf(uri));
  }

  rename(from: Uri, to: Uri): void {
    const content = this.readFile(from);
    this.delete(from);
    this.writeFile(to, content);
  }
}

function keyOf(uri: Uri): string {
  return uri.path.toLowerCase();
}
