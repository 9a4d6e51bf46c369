import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import {
  checkPayload,
  type CheckPayloadParams,
  type CheckPayloadResult,
  type InitializationOptions,
  payloadInvoked,
} from '../protocol/messages';

/** The text of a file, as it is checked. */
export interface FileToCheck {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  /** It is a payload, wherever it lies. */
  readonly isPayload?: boolean;
}

/** The server that did not answer, or ended: what it was asked for is not known. */
export class NoAnswer extends Error {}

/** Longer than the server takes for the worst that it still answers, in milliseconds. */
const longestAnswerMs = 60_000;

/**
 * The language server in a process of its own, for whoever has files and no editor: what it says of a file is what an
 * editor shows.
 */
export class CheckServer {
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #waiting = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  readonly #ended: Promise<never>;
  #version = 0;

  private constructor(serverFile: string) {
    const { execPath, env } = process;
    const child = spawn(execPath, [serverFile, '--stdio'], {
      // What executes us may be Electron.
      env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#process = child;
    const reader = new StreamMessageReader(child.stdout);
    // Its timer for a message that came in part outlives the connection, and would keep this process from its end.
    reader.partialMessageTimeout = 0;
    this.#connection = createProtocolConnection(reader, new StreamMessageWriter(child.stdin));
    this.#ended = new Promise((_, reject) => {
      const end = () => reject(new NoAnswer('The process that checks files has ended.'));
      child.once('error', end);
      child.once('exit', end);
      this.#connection.onError(end);
    });
    // Whoever asks hears of it.
    this.#ended.catch(() => {});
    this.#connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: PublishDiagnosticsParams) => this.#waiting.get(uri)?.(diagnostics),
    );
    this.#connection.listen();
  }

  /**
   * @param serverFile path of `dist/server.js`
   * @param folders workspace folders, absolute
   * @param settings those of `invokeAsync.*` that are not the default
   * @throws {NoAnswer}
   */
  static async start(
    serverFile: string,
    folders: readonly string[],
    settings: unknown = {},
  ): Promise<CheckServer> {
    const server = new CheckServer(serverFile);
    const initializationOptions: InitializationOptions = { invokeAsync: settings };
    const workspaceFolders = folders.map((path) => ({ uri: pathToFileURL(path).href, name: path }));
    const { pid: processId } = process;
    const params = { processId, rootUri: null, workspaceFolders, initializationOptions };
    try {
      await server.#answer(
        server.#connection.sendRequest('initialize', { ...params, capabilities: {} }),
      );
      await server.#connection.sendNotification('initialized', {});
      return server;
    } catch (error) {
      server.dispose();
      throw error;
    }
  }

  /**
   * All that an editor would show of a file. One after the other.
   * @throws {NoAnswer}
   */
  async check({ path, languageId, text, isPayload }: FileToCheck): Promise<readonly Diagnostic[]> {
    const uri = pathToFileURL(path).href;
    if (isPayload) await this.#connection.sendNotification(payloadInvoked, { uri });
    try {
      const published = new Promise<readonly Diagnostic[]>((resolve) => {
        this.#waiting.set(uri, resolve);
      });
      const version = ++this.#version;
      const textDocument = { uri, languageId, version, text };
      await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
      return await this.#answer(published);
    } finally {
      this.#waiting.delete(uri);
      await this.#connection
        .sendNotification('textDocument/didClose', { textDocument: { uri } })
        .catch(() => {});
    }
  }

  /**
   * The problems of a payload as it would be sent, schema included.
   * @throws {NoAnswer}
   */
  async checkPayload(params: CheckPayloadParams): Promise<CheckPayloadResult> {
    return this.#answer(this.#connection.sendRequest<CheckPayloadResult>(checkPayload, params));
  }

  dispose(): void {
    this.#connection.dispose();
    this.#process.kill();
  }

  async #answer<Answer>(answer: Promise<Answer>): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new NoAnswer('The check did not end in time.')),
        longestAnswerMs,
      );
    });
    try {
      return await Promise.race([answer, this.#ended, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
