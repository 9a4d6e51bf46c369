import { commands, type ExtensionContext, Uri, workspace } from 'vscode';
import type { Commands } from './commands';
import { History } from './invocations/history';
import { HistoryFiles } from './invocations/historyFiles';
import { historyHost } from './invocations/historyHost';
import { provideKeptPayloads } from './invocations/keptPayloads';
import { KnownFunctions } from './invoke/knownFunctions';
import { RecentFunctions } from './invoke/recentFunctions';
import { LanguageServer } from './languageServer/languageServer';
import { LocalLambda } from './connection/localLambda';
import { LogFollower } from './invocations/logFollower';
import { PayloadLibrary } from './payloads/payloadLibrary';
import { TargetLens } from './payloads/targetLens';
import { TargetStore } from './payloads/targetStore';
import type { ActivationServices } from './services';
import { StatusBar } from './connection/statusBar';
import { answer } from './ui/messages';
import { Output } from './ui/output';
import { InvocationsView } from './invocations/invocationsView';
import { PayloadsView } from './payloads/payloadsView';

let server: LanguageServer | undefined;
let handlers: LocalLambda | undefined;

/**
 * Registers commands and views. Loads no AWS SDK, no language client and no schema, reads no credential and sends
 * nothing: each of these waits for the first use.
 */
export function activate(context: ExtensionContext): void {
  const output = new Output();
  const targets = new TargetStore();
  const library = new PayloadLibrary(targets);
  const payloadsView = new PayloadsView(library);
  const localLambda = new LocalLambda(output);
  handlers = localLambda;
  // A window without a folder has no storage of its own.
  const [storage, memory] = context.storageUri
    ? [context.storageUri, context.workspaceState]
    : [context.globalStorageUri, context.globalState];
  const historyFolder = Uri.joinPath(storage, 'invocations');
  const history = new History(
    new HistoryFiles(historyFolder.fsPath),
    historyHost(historyFolder, memory, output),
  );
  const logFollower = new LogFollower(history, output);
  const statusBar = new StatusBar(localLambda);
  const invocationsView = new InvocationsView(history, logFollower);
  const recentFunctions = new RecentFunctions(context.workspaceState);
  const knownFunctions = new KnownFunctions(recentFunctions);
  const serverModule = context.asAbsolutePath('dist/server.js');
  const answers = { accountFunctions: () => knownFunctions.list() };
  const languageServer = new LanguageServer(serverModule, answers, output);
  server = languageServer;
  const services: ActivationServices = {
    output,
    targets,
    library,
    payloadsView,
    localLambda,
    recentFunctions,
    knownFunctions,
    languageServer,
    history,
    logFollower,
  };
  // A chunk of its own, read with the first command.
  let commandsToCome: Promise<Commands> | undefined;
  const loadCommands = () =>
    (commandsToCome ??= import('./commands').then(
      (chunk) => new chunk.Commands(services, context),
    ));
  context.subscriptions.push(
    output,
    targets,
    library,
    localLambda,
    languageServer,
    statusBar,
    history,
    logFollower,
    workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration('invokeAsync.history.limit')) await history.trim();
    }),
    provideKeptPayloads(history),
    invocationsView,
    invocationsView.onDidChangeVisibility(() => statusBar.show()),
    payloadsView,
    payloadsView.onDidChangeVisibility(() => statusBar.show()),
    new TargetLens(targets, localLambda),
    ...contributedCommands(context).map((id) =>
      commands.registerCommand(id, async (argument?: unknown, selection?: unknown) => {
        statusBar.show();
        return answer(async () => (await loadCommands()).run(id, argument, selection));
      }),
    ),
  );
}

/** The ids of package.json, so that registering them does not load what they do. */
function contributedCommands({ extension }: ExtensionContext): string[] {
  const { contributes } = extension.packageJSON as {
    contributes: { commands: { command: string }[] };
  };
  return contributes.commands.map(({ command }) => command);
}

export async function deactivate(): Promise<void> {
  await Promise.allSettled([server?.stop(), handlers?.stop()]);
}
