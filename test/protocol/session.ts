import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  type Diagnostic,
  type DidChangeWatchedFilesRegistrationOptions,
  FileChangeType,
  type Hover,
  type InitializeParams,
  type InitializeResult,
  type Position,
  type PublishDiagnosticsParams,
  type ProtocolConnection,
  type RegistrationParams,
  type UnregistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
  createProtocolConnection,
} from 'vscode-languageserver/node';
import { matchesGlob } from '../../src/core/patterns/glob';
import type { InitializationOptions } from '../../src/protocol/messages';
import { repository } from '../support/repository';

export interface SessionOptions {
  /** Files of the workspace folder, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** The `invokeAsync` settings that this client answers with; without them it answers no configuration request. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The workspace folders, by path in the one folder of the session; that folder itself when none is named. */
  readonly folders?: readonly string[];
  readonly initializationOptions?: InitializationOptions;
  /** What this client says of itself otherwise, such as the parameters of another editor. */
  readonly initialize?: (folderUri: string) => Partial<InitializeParams>;
  /** The file of the server. */
  readonly server?: string;
}

/** An editor for the real language server over stdio: opens documents and sees what the server says of them. */
export class Session {
  #version = 1;
  readonly #published: PublishDiagnosticsParams[] = [];

  private constructor(
    readonly connection: ProtocolConnection,
    readonly initialized: InitializeResult,
    readonly folder: string,
    /** Of the server. */
    readonly processId: number,
    /** Globs of the files whose changes the server asks for, by the registration. */
    private readonly registered: ReadonlyMap<string, readonly string[]>,
    private readonly arrivals: EventEmitter,
    private readonly end: () => Promise<void>,
  ) {
    connection.onNotification('textDocument/publishDiagnostics', (params) => {
      this.#published.push(params);
      this.arrivals.emit('arrival');
    });
  }

  static async start({
    files = {},
    settings,
    folders = [''],
    initializationOptions = {},
    initialize = () => ({}),
    server: serverFile = join(repository, 'dist/server.js'),
  }: SessionOptions = {}): Promise<Session> {
    const folder = await mkdtemp(join(tmpdir(), 'invoke-async-protocol-'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const server = spawn(process.execPath, [serverFile, '--stdio']);
    const exited = once(server, 'exit');
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => settings ?? {}),
    );
    const registered = new Map<string, string[]>();
    const arrivals = new EventEmitter();
    connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      for (const { id, registerOptions } of registrations) {
        const { watchers = [] } =
          registerOptions as Partial<DidChangeWatchedFilesRegistrationOptions>;
        const globs = watchers.map(({ globPattern }) => globPattern);
        registered.set(
          id,
          globs.filter((glob) => typeof glob === 'string'),
        );
      }
      arrivals.emit('arrival');
      return null;
    });
    connection.onRequest(
      'client/unregisterCapability',
      ({ unregisterations }: UnregistrationParams) => {
        for (const { id } of unregisterations) registered.delete(id);
        arrivals.emit('arrival');
        return null;
      },
    );
    connection.listen();
    const params: InitializeParams = {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folders.map((name) => ({
        uri: pathToFileURL(join(folder, name)).href,
        name,
      })),
      initializationOptions,
      capabilities: {
        workspace: {
          configuration: settings !== undefined,
          workspaceFolders: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
        },
      },
      ...initialize(pathToFileURL(folder).href),
    };
    const initialized = await connection.sendRequest<InitializeResult>('initialize', params);
    await connection.sendNotification('initialized', {});
    const processId = server.pid ?? 0;
    const told = [registered, arrivals] as const;
    return new Session(connection, initialized, folder, processId, ...told, async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await exited;
      await rm(folder, { recursive: true, force: true });
    });
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  /** Opens a document and resolves to its diagnostics. */
  async open(path: string, languageId: string, text: string): Promise<Diagnostic[]> {
    return this.openUri(this.uri(path), languageId, text);
  }

  /** The same for a document anywhere. */
  async openUri(uri: string, languageId: string, text: string): Promise<Diagnostic[]> {
    const version = ++this.#version;
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version, text },
    });
    return this.#diagnostics(uri, version);
  }

  /** Replaces a document's text and resolves to the diagnostics of the new version. */
  async change(path: string, text: string): Promise<Diagnostic[]> {
    const version = ++this.#version;
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri(path), version },
      contentChanges: [{ text }],
    });
    return this.#diagnostics(this.uri(path), version);
  }

  /** Replaces characters of one line, as typing does, and resolves to the diagnostics of the new version. */
  async type(
    path: string,
    at: { line: number; character: number; length: number },
    text: string,
  ): Promise<Diagnostic[]> {
    const version = ++this.#version;
    const { line, character, length } = at;
    const range = { start: { line, character }, end: { line, character: character + length } };
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri(path), version },
      contentChanges: [{ range, text }],
    });
    return this.#diagnostics(this.uri(path), version);
  }

  async close(path: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: this.uri(path) },
    });
  }

  /** The hover over the first place where the words stand in a text that is open. */
  async hover(path: string, text: string, words: string): Promise<Hover | null> {
    return this.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: this.uri(path) },
      position: positionAt(text, text.indexOf(words)),
    });
  }

  /** Writes a file of the folder, as another program does, and tells the server of it if that watches it. */
  async write(path: string, text: string, how: 'created' | 'changed' = 'changed'): Promise<void> {
    await mkdir(dirname(join(this.folder, path)), { recursive: true });
    await writeFile(join(this.folder, path), text);
    await this.#tell(path, how === 'created' ? FileChangeType.Created : FileChangeType.Changed);
  }

  /** Deletes a file or folder. Editors tell of a folder alone, not of what was in it. */
  async remove(path: string): Promise<void> {
    await rm(join(this.folder, path), { recursive: true });
    await this.#tell(path, FileChangeType.Deleted);
  }

  /** Waits until what the server says of a document, without a new version of it, meets a condition. */
  async eventually(
    path: string,
    condition: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<Diagnostic[]> {
    for (;;) {
      const last = this.#published.findLast(({ uri }) => uri === this.uri(path));
      if (last && condition(last.diagnostics)) return last.diagnostics;
      await this.#arrival();
    }
  }

  /** Waits until the globs that the server watches meet a condition. */
  async eventuallyWatches(condition: (globs: readonly string[]) => boolean): Promise<void> {
    while (!condition(this.#watched)) await this.#arrival();
  }

  get #watched(): readonly string[] {
    return [...this.registered.values()].flat();
  }

  /** The quick fixes at a diagnostic. */
  async fixes(path: string, { range }: Diagnostic): Promise<CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: this.uri(path) },
      range,
      context: { diagnostics: [] },
    });
  }

  async stop(): Promise<void> {
    await this.end();
  }

  async #tell(path: string, type: FileChangeType): Promise<void> {
    if (!this.#watched.some((glob) => matchesGlob(path, glob))) return;
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: this.uri(path), type }],
    });
  }

  async #diagnostics(uri: string, version: number): Promise<Diagnostic[]> {
    for (;;) {
      const found = this.#published.find(
        (params) => params.uri === uri && params.version === version,
      );
      if (found) return found.diagnostics;
      await this.#arrival();
    }
  }

  async #arrival(): Promise<void> {
    await once(this.arrivals, 'arrival');
  }
}

export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
