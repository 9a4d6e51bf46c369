/**
 * Stands in for `vscode` in the fast tests: its values (addresses, ranges, rows), and a workspace of real files, whose
 * folders and settings a test sets. It has no window: what a decision shows or asks goes through `Ui`, and anything else
 * that reaches for the window or for a command fails the test.
 */
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type * as vscode from 'vscode';
import { URI, Utils } from 'vscode-uri';
import { type SettingKey, settingDefaults } from '../../src/client/contributions';

/** Microsoft's own implementation, with the static members that only the editor adds. */
export const Uri = Object.assign(URI, { joinPath: Utils.joinPath.bind(Utils) });

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(...[line, character, endLine, endCharacter]: number[] | Position[]) {
    if (line instanceof Position && character instanceof Position) {
      this.start = line;
      this.end = character;
    } else {
      this.start = new Position(Number(line), Number(character));
      this.end = new Position(Number(endLine), Number(endCharacter));
    }
  }
}

export class Selection extends Range {}

export class Disposable {
  static from(...disposables: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const one of disposables) one.dispose();
    });
  }

  constructor(private readonly onDispose: () => unknown) {}

  dispose(): void {
    this.onDispose();
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => unknown>();

  readonly event = (listener: (value: T) => unknown): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class RelativePattern {
  constructor(
    readonly base: vscode.WorkspaceFolder,
    readonly pattern: string,
  ) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  static readonly Folder = new ThemeIcon('folder');

  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class TreeItem {
  constructor(
    readonly label: unknown,
    readonly collapsibleState?: number,
  ) {}
}

export class MarkdownString {
  isTrusted: unknown;

  constructor(readonly value: string) {}
}

export class LanguageModelTextPart {
  constructor(readonly value: string) {}
}

export class LanguageModelToolResult {
  constructor(readonly content: readonly LanguageModelTextPart[]) {}
}

export class McpStdioServerDefinition {
  cwd: URI | undefined;

  constructor(
    readonly label: string,
    readonly command: string,
    readonly args: readonly string[],
    readonly env: Readonly<Record<string, string>>,
    readonly version: string,
  ) {}
}

export class Task {
  detail: string | undefined;

  constructor(
    readonly definition: vscode.TaskDefinition,
    readonly scope: vscode.WorkspaceFolder | number,
    readonly name: string,
    readonly source: string,
    readonly execution: CustomExecution,
    readonly problemMatchers: readonly string[],
  ) {}
}

export class CustomExecution {
  constructor(
    readonly callback: (definition: vscode.TaskDefinition) => Promise<vscode.Pseudoterminal>,
  ) {}
}

export class FileSystemError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export class CodeLens {
  constructor(
    readonly range: Range,
    readonly command: vscode.Command,
  ) {}
}

/** What only the editor itself makes sense of: here a name for modules to import. */
function OfTheEditor(): never {
  throw new Error('There is no editor in the fast tests.');
}

export {
  OfTheEditor as CancellationTokenSource,
  OfTheEditor as DataTransferItem,
  OfTheEditor as QuickInputButtons,
  OfTheEditor as TabInputText,
  OfTheEditor as TextEdit,
  OfTheEditor as WorkspaceEdit,
};

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const TaskScope = { Global: 1, Workspace: 2 };
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 };
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const QuickPickItemKind = { Separator: -1, Default: 0 };
export const ViewColumn = { Active: -1, Beside: -2 };
export const EndOfLine = { LF: 1, CRLF: 2 };
export const ProgressLocation = { Notification: 15, Window: 10 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const TextEditorRevealType = { InCenterIfOutsideViewport: 2 };

export const env = { language: 'en' };
export const l10n = { t: (text: string) => text };
export const languages = { getDiagnostics: () => [] };

const nothing = () => new Disposable(() => undefined);

interface Setting {
  readonly value: unknown;
  /** Who has set it. */
  readonly from: 'user' | 'workspace';
}

/** What a test makes of the workspace. */
export const standIn = {
  folders: [] as vscode.WorkspaceFolder[],
  documents: [] as Pick<vscode.TextDocument, 'uri' | 'getText' | 'isDirty' | 'encoding'>[],
  settings: new Map<string, Setting>(),
  /** Who provides pages that are no files, by their scheme. */
  pages: new Map<string, vscode.TextDocumentContentProvider>(),
  /** For `when` clauses. */
  context: new Map<string, unknown>(),

  open(path: string): vscode.WorkspaceFolder {
    const uri = Uri.file(path);
    const folder = { uri, name: basename(path), index: this.folders.length };
    this.folders.push(folder);
    return folder;
  },

  set(
    key: SettingKey | `${'http' | 'files' | 'explorer'}.${string}`,
    value: unknown,
    from: Setting['from'] = 'user',
  ): void {
    this.settings.set(
      key.includes('.') && /^(http|files|explorer)\./.test(key) ? key : `invokeAsync.${key}`,
      { value, from },
    );
  },

  reset(): void {
    this.folders = [];
    this.documents = [];
    this.settings.clear();
    this.context.clear();
    this.pages.clear();
  },
};

function configuration(section: string) {
  const defaults: Readonly<Record<string, unknown>> =
    section === 'invokeAsync' ? settingDefaults : {};
  const setting = (key: string) => standIn.settings.get(`${section}.${key}`);
  return {
    get: (key: string, otherwise?: unknown) => setting(key)?.value ?? defaults[key] ?? otherwise,
    inspect: (key: string) => {
      const { value, from } = setting(key) ?? {};
      return {
        defaultValue: defaults[key],
        ...(from === 'user' && { globalValue: value, globalLocalValue: value }),
        ...(from === 'workspace' && { workspaceValue: value }),
      };
    },
    update: async (key: string, value: unknown, target: number) => {
      const name = `${section}.${key}`;
      if (value === undefined) standIn.settings.delete(name);
      else standIn.settings.set(name, { value, from: target === 1 ? 'user' : 'workspace' });
    },
  };
}

export const workspace = {
  isTrusted: true,
  get workspaceFolders() {
    return standIn.folders.length === 0 ? undefined : standIn.folders;
  },
  get textDocuments() {
    return standIn.documents;
  },
  getConfiguration: configuration,
  registerTextDocumentContentProvider: (
    scheme: string,
    provider: vscode.TextDocumentContentProvider,
  ) => {
    standIn.pages.set(scheme, provider);
    return nothing();
  },
  getWorkspaceFolder: ({ path }: URI) =>
    standIn.folders.find(({ uri }) => path === uri.path || path.startsWith(`${uri.path}/`)),
  asRelativePath: (file: URI | string) => {
    const path = typeof file === 'string' ? file : file.path;
    const folder = standIn.folders.find(({ uri }) => path.startsWith(`${uri.path}/`));
    return folder ? path.slice(folder.uri.path.length + 1) : path;
  },
  findFiles: async ({ base }: RelativePattern) => {
    const names = await readdir(base.uri.fsPath, { recursive: true, withFileTypes: true });
    return names
      .filter((entry) => entry.isFile())
      .map((entry) => Uri.file(`${entry.parentPath}/${entry.name}`));
  },
  fs: {
    stat: async ({ fsPath }: URI) => {
      const found = await stat(fsPath).catch(() => {
        throw new FileSystemError('FileNotFound');
      });
      return { type: found.isDirectory() ? FileType.Directory : FileType.File, size: found.size };
    },
    readDirectory: async ({ fsPath }: URI) =>
      (await readdir(fsPath, { withFileTypes: true })).map((entry) => [
        entry.name,
        entry.isDirectory() ? FileType.Directory : FileType.File,
      ]),
    readFile: async ({ fsPath }: URI) => new Uint8Array(await readFile(fsPath)),
    writeFile: async ({ fsPath }: URI, bytes: Uint8Array) => {
      await mkdir(dirname(fsPath), { recursive: true });
      await writeFile(fsPath, bytes);
    },
    rename: async (from: URI, to: URI) => rename(from.fsPath, to.fsPath),
    /** This machine has no trash, like a remote one. */
    delete: async ({ fsPath }: URI, options?: { readonly useTrash?: boolean }) => {
      if (options?.useTrash) throw new FileSystemError('Unavailable');
      await rm(fsPath);
    },
  },
  createFileSystemWatcher: () => ({
    onDidCreate: nothing,
    onDidChange: nothing,
    onDidDelete: nothing,
    dispose: () => undefined,
  }),
  onDidOpenTextDocument: nothing,
  onDidChangeTextDocument: nothing,
  onDidCloseTextDocument: nothing,
  onDidChangeConfiguration: nothing,
  onDidChangeWorkspaceFolders: nothing,
};

/** What is in the editor can be asked; everything else of the window is for `Ui`. */
export const window = withoutWindow('window', { activeTextEditor: undefined });
export const debug = withoutWindow('debug', {});
export const extensions = withoutWindow('extensions', {});
export const commands = withoutWindow('commands', {
  executeCommand: async (id: string, key: string, value: unknown) => {
    if (id !== 'setContext') throw new Error(`${id} was run past Ui`);
    standIn.context.set(key, value);
  },
});

function withoutWindow(name: string, known: Readonly<Record<string, unknown>>): object {
  return new Proxy(known, {
    get(_, member) {
      if (typeof member === 'symbol' || member in known) return known[String(member)];
      return () => {
        throw new Error(`${name}.${member} was called past Ui`);
      };
    },
  });
}
