import { commands, type ExtensionContext, Uri, workspace } from 'vscode';
import type * as Commands from './commands/table';
import { History } from './history/history';
import { HistoryFiles } from './history/historyFiles';
import { historyHost } from './history/historyHost';
import { provideKeptPayloads } from './history/keptPayloads';
import { Consents } from './invocation/consents';
import { KnownFunctions } from './invocation/knownFunctions';
import { LastInvocation } from './invocation/lastInvocation';
import { RecentFunctions } from './invocation/recentFunctions';
import { Repeats } from './invocation/repeats';
import { LanguageServer } from './languageServer';
import { LocalLambda } from './localLambda';
import { LogFollower } from './logs/logFollower';
import { PayloadLibrary } from './payloads/payloadLibrary';
import { TargetLens } from './payloads/targetLens';
import { TargetStore } from './payloads/targetStore';
import { Report } from './report';
import type { Services } from './services';
import { StatusBar } from './statusBar';
import { answer } from './ui/messages';
import { Output } from './ui/output';
import { InvocationsView } from './views/invocations/invocationsView';
import { PayloadsView } from './views/payloads/payloadsView';

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
  const languageServer = new LanguageServer(context.asAbsolutePath('dist/server.js'), {
    accountFunctions: () => knownFunctions.list(),
  });
  server = languageServer;
  const services: Services = {
    output,
    report: new Report(output, context.globalState),
    targets,
    library,
    payloadsView,
    localLambda,
    recentFunctions,
    knownFunctions,
    languageServer,
    consents: new Consents(context.workspaceState),
    repeats: new Repeats(),
    history,
    logFollower,
    lastInvocation: new LastInvocation(),
  };
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
        return answer(() => commandTable()[id]?.(services, argument, selection));
      }),
    ),
  );
}

/** What the commands do: a bundle of its own, read with the first command. */
function commandTable(): typeof Commands.commandTable {
  return (require('./commands.js') as typeof Commands).commandTable;
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
