import * as l10n from '@vscode/l10n';
import { type Event, Uri, workspace } from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  LanguageClient,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { isRecord } from '../../core/isRecord';
import {
  type AccountFunction,
  accountFunctions,
  type InitializationOptions,
  ping,
} from '../../protocol/messages';
import { JsonProblems } from './jsonProblems';
import { Heartbeat, ServerRestarts, silenceMs, turnMs } from './serverHealth';
import type { CommandId } from '../contributions';
import { showOutput, type Ui } from '../ui/ui';

/** What the client answers when the server asks. */
export interface Answers {
  /** The functions that can be named without asking AWS or the user. */
  accountFunctions(): Promise<readonly AccountFunction[]>;
  /** The region that the user has chosen for the folder of a document, empty for the usual one; the settings do not tell it. */
  chosenRegion(document: Uri): string | undefined;
  readonly onDidChooseRegion: Event<void>;
}

/** What runs as the server. */
export interface ServerProgram {
  readonly module: string;
  /** Folder in which Node keeps the code that it has compiled, so that the next server starts sooner. */
  readonly compileCache: string;
}

/** The documents that the server checks: all text of the workspace, whatever its language. */
const documentSelector = [{ scheme: 'file' }, { scheme: 'untitled' }];

/** How many errors of the connection in a row are borne, as many as by default. */
const mostErrors = 3;

/**
 * A started language client, which restarts a server that ends or answers nothing any more. Rejects when the server does
 * not start.
 */
export async function startLanguageClient(
  { module, compileCache }: ServerProgram,
  answers: Answers,
  ui: Ui,
): Promise<LanguageClient> {
  const initializationOptions: InitializationOptions = {
    answersAccountRequests: true,
    commandLinks: true,
    useInvokeCommand: true,
    eventCommands: true,
    migrateCommand: true,
  };
  const restarts = new ServerRestarts();
  // For as long as the editor runs, as the client.
  const problems = new JsonProblems();
  const client: LanguageClient = new LanguageClient(
    'invokeAsync',
    'Lambda Invoke Async Language Server',
    {
      module,
      transport: TransportKind.ipc,
      options: { env: { NODE_COMPILE_CACHE: compileCache } },
    },
    {
      documentSelector,
      initializationOptions,
      middleware: {
        handleDiagnostics: (uri, diagnostics, next) => problems.publish(uri, diagnostics, next),
        workspace: {
          configuration: async (params, token, next) => {
            const sections = await next(params, token);
            if (!Array.isArray(sections)) return sections;
            return sections.map((section: unknown, index) => {
              const { scopeUri } = params.items[index] ?? {};
              const region =
                scopeUri === undefined ? undefined : answers.chosenRegion(Uri.parse(scopeUri));
              if (!isRecord(section) || region === undefined) return section;
              return { ...section, region };
            });
          },
        },
      },
      markdown: {
        isTrusted: { enabledCommands: ['invokeAsync.invokeHovered' satisfies CommandId] },
      },
      errorHandler: {
        error: (_error, _message, count = 0) => ({
          action: count <= mostErrors ? ErrorAction.Continue : ErrorAction.Shutdown,
        }),
        closed: () => afterEnd(client, restarts, ui),
      },
    },
  );
  client.onRequest(accountFunctions, async () => answers.accountFunctions());
  watch(client, ui.output);
  await client.start();
  // It asks for the settings anew.
  answers.onDidChooseRegion(async () =>
    client.sendNotification('workspace/didChangeConfiguration', { settings: null }),
  );
  return client;
}

function afterEnd(client: LanguageClient, restarts: ServerRestarts, ui: Ui): CloseHandlerResult {
  if (restarts.take()) return { action: CloseAction.Restart, handled: true };
  const message = l10n.t(
    'The language server keeps crashing and was not restarted, so documents are no longer checked.',
  );
  ui.output.error(message);
  const restart = async () => {
    restarts.forget();
    await client.start();
  };
  ui.offer('error', message, { title: l10n.t('Restart'), run: restart }, showOutput(ui.output));
  return { action: CloseAction.DoNotRestart, handled: true };
}

/** Ends a server that is silent while it runs, which has it restarted. */
function watch(client: LanguageClient, output: Ui['output']): void {
  let timer: NodeJS.Timeout | undefined;
  client.onDidChangeState(({ newState }) => {
    clearInterval(timer);
    if (newState !== State.Running) return;
    const heartbeat = new Heartbeat({
      hasWork: () => workspace.textDocuments.some(({ uri }) => isChecked(uri.scheme)),
      ping: () => client.sendRequest(ping),
      onSilence: () => {
        const seconds = silenceMs / 1000;
        output.warn(
          l10n.t('The language server did not respond for {0} s. Restarting it.', seconds),
        );
        // What hangs hears no other signal.
        client.serverProcess?.kill('SIGKILL');
      },
    });
    timer = setInterval(() => heartbeat.turn(), turnMs);
  });
}

function isChecked(scheme: string): boolean {
  return documentSelector.some((selected) => selected.scheme === scheme);
}
