import * as l10n from '@vscode/l10n';
import { type Disposable, type TextDocument, type Uri, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { mayHoldDeprecatedUse } from '../../migration/prefilter';
import { mayHoldIdentifier } from '../../core/functionIdentifier/prefilter';
import { localPath } from '../../core/localHandlers/handlerPath';
import { targetsPath } from '../../core/target';
import {
  checkPayload,
  type CheckPayloadParams,
  type CheckPayloadResult,
  functionAt,
  type FunctionAtResult,
  localFunctions,
  type LocalFunctionsParams,
  type LocalFunctionsResult,
  payloadInvoked,
  type PayloadInvokedParams,
  type PlaceOfFunction,
  type ProjectFunction,
  projectFunctions,
  type ProjectFunctionsParams,
} from '../../protocol/messages';
import type { Answers, ServerProgram } from './languageClient';
import { languageClient } from '../lazy';
import { isEventFile, isJsonLines, isPayloadFile } from '../payloads/payloadLibrary';
import { messageOf } from '../../core/messageOf';
import { pathInFolder } from '../folders';
import type { Ui } from '../ui/ui';

/** Starts the language server with the first open document that it can say something about, and no sooner. */
export class LanguageServer implements Disposable {
  readonly #watching: Disposable[];
  #starting: Promise<LanguageClient> | undefined;

  constructor(
    private readonly program: ServerProgram,
    private readonly answers: Answers,
    private readonly ui: Ui,
    /** Whether a target takes a file, which makes the lines of JSON Lines events. */
    private readonly hasTarget: (uri: Uri) => Promise<boolean>,
  ) {
    this.#watching = [
      workspace.onDidOpenTextDocument((document) => this.#consider(document)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // The lines that were typed in are enough: what stood there before was considered already. An edit further up
        // may have taken lines away since.
        const last = document.lineCount - 1;
        const lines = contentChanges.map(({ range, text }) =>
          text.includes('\n') ? text : document.lineAt(Math.min(range.start.line, last)).text,
        );
        if (isChecked(document) && lines.some(isCandidate)) this.#startForDocument();
      }),
    ];
    for (const document of workspace.textDocuments) this.#consider(document);
  }

  /** Starts the server unless it runs. */
  async start(): Promise<LanguageClient> {
    this.#stopWatching();
    this.#starting ??= languageClient().then(({ startLanguageClient }) =>
      startLanguageClient(this.program, this.answers, this.ui),
    );
    return this.#starting;
  }

  /**
   * The problems of a payload as it would be sent, by its schema, too.
   * @returns `undefined` when the server does not start, or does not answer in `timeoutMs`
   */
  async checkPayload(
    params: CheckPayloadParams,
    timeoutMs: number,
  ): Promise<CheckPayloadResult | undefined> {
    const answer = this.start().then((client) =>
      client.sendRequest<CheckPayloadResult>(checkPayload, params),
    );
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, undefined);
    });
    const unlessItFails = answer.catch((error: unknown) => this.#log(error));
    return Promise.race([unlessItFails, timeout]).finally(() => clearTimeout(timer));
  }

  /** The function that a hover named. Resolves to `null` when the document has changed since. */
  async functionAt(place: PlaceOfFunction): Promise<FunctionAtResult | null> {
    const client = await this.start();
    return client.sendRequest<FunctionAtResult | null>(functionAt, place);
  }

  /** The functions that files of the workspace name. Rejects when the server does not start. */
  async projectFunctions(uris: readonly Uri[]): Promise<readonly ProjectFunction[]> {
    const client = await this.start();
    const params: ProjectFunctionsParams = { uris: uris.map((uri) => uri.toString()) };
    return client.sendRequest<readonly ProjectFunction[]>(projectFunctions, params);
  }

  /** What Local Lambda can run of the functions that files of a workspace folder declare. Rejects as the one above. */
  async localFunctions(folder: Uri, uris: readonly Uri[]): Promise<LocalFunctionsResult> {
    const client = await this.start();
    const params: LocalFunctionsParams = {
      folder: folder.toString(),
      uris: uris.map((uri) => uri.toString()),
    };
    return client.sendRequest<LocalFunctionsResult>(localFunctions, params);
  }

  /** An event was sent from a document, which is checked as a payload from now on. */
  async payloadInvoked(params: PayloadInvokedParams): Promise<void> {
    const client = await this.start();
    await client.sendNotification(payloadInvoked, params);
  }

  async stop(): Promise<void> {
    const client = await this.#starting?.catch(() => undefined);
    await client?.stop();
  }

  dispose(): void {
    this.#stopWatching();
  }

  #consider(document: TextDocument): void {
    if (!isChecked(document)) return;
    if (isOurs(document) || isCandidate(document.getText())) this.#startForDocument();
    else if (isJsonLines(document)) void this.#considerTarget(document.uri);
  }

  async #considerTarget(uri: Uri): Promise<void> {
    if (await this.hasTarget(uri)) this.#startForDocument();
  }

  #startForDocument(): void {
    // The client itself tells the user when the server does not start.
    this.start().catch((error: unknown) => this.#log(error));
  }

  #log(error: unknown): undefined {
    this.ui.output.warn(l10n.t('The language server failed: {0}', messageOf(error)));
  }

  #stopWatching(): void {
    for (const subscription of this.#watching) subscription.dispose();
  }
}

/** The schemes of languageClient.ts: what is shown of git, of settings or of an output is not ours to judge. */
function isChecked({ uri }: TextDocument): boolean {
  return uri.scheme === 'file' || uri.scheme === 'untitled';
}

function isCandidate(text: string): boolean {
  return mayHoldIdentifier(text) || mayHoldDeprecatedUse(text);
}

/** Payloads, event files, targets and the functions of Local Lambda are checked whatever they hold. */
function isOurs(document: TextDocument): boolean {
  const { uri } = document;
  const folder = workspace.getWorkspaceFolder(uri);
  if (!folder) return false;
  const isNamed = [targetsPath, localPath].includes(pathInFolder(folder, uri));
  return isNamed || isPayloadFile(uri) || isEventFile(document);
}
