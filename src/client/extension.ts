import { commands, type ExtensionContext, Uri, workspace } from 'vscode';
import { projectFiles } from '../core/projectFunctions/projectFiles';
import { provideAgentTools } from './agents/agentTools';
import { ChosenConnections } from './connection/chosenConnections';
import { LocalLambda } from './connection/localLambda';
import { StatusBar } from './connection/statusBar';
import type { Commands } from './commands';
import { commandContributions, type CommandId } from './contributions';
import { FailedEventsView } from './failedEvents/failedEventsView';
import { History } from './invocations/history';
import { HistoryFiles } from './invocations/historyFiles';
import { historyHost } from './invocations/historyHost';
import { provideInvocationPages } from './invocations/invocationPages';
import { InvocationFilter } from './invocations/invocationFilter';
import { InvocationsView } from './invocations/invocationsView';
import { LogFollower } from './invocations/logFollower';
import { provideSavedPayloads } from './invocations/savedPayloads';
import { KnownFunctions } from './invoke/knownFunctions';
import { LanguageServer } from './languageServer/languageServer';
import { openedExample } from './payloads/openedExample';
import { PayloadLibrary } from './payloads/payloadLibrary';
import { PayloadsView } from './payloads/payloadsView';
import { TargetStore } from './payloads/targetStore';
import { RememberedSet } from './rememberedSet';
import { provideEventFileLens } from './runs/eventFileLens';
import { Runs } from './runs/runs';
import { Executions } from './stepFunctions/executions';
import { affectsSetting } from './settings';
import { provideInvokeTasks } from './tasks/taskProvider';
import { ContextKey } from './ui/contextKey';
import { answer, EditorUi } from './ui/editorUi';
import { provideLensesLazily } from './ui/lazyLenses';

let running: { stop(): Promise<void> }[] = [];

/**
 * Registers commands and views. Loads no AWS SDK, no language client and no schema, reads no credential and sends
 * nothing: each of these waits for the first use.
 */
export function activate(context: ExtensionContext): void {
  const ui = new EditorUi();
  const targets = new TargetStore(context.workspaceState);
  const library = new PayloadLibrary(targets);
  const payloadsView = new PayloadsView(library, ui);
  const allowedEndpoints = new RememberedSet(context.workspaceState, 'allowedEndpoints');
  const connections = new ChosenConnections(context.workspaceState);
  const localLambda = new LocalLambda(ui, new ContextKey('invokeAsync.localRunning'));
  const history = createHistory(context, ui);
  const logFollower = new LogFollower(history, ui);
  const kept = (folder: string) => Uri.joinPath(context.globalStorageUri, folder).fsPath;
  const runs = createRuns(context, kept('runs'));
  const executions = new Executions(
    kept('stepFunctions'),
    new ContextKey('invokeAsync.hasExecutions', context.globalState),
    async (all) => (await import('./stepFunctions/executionFollower')).loadExecutions(all, ui),
  );
  const filter = new InvocationFilter(new ContextKey('invokeAsync.invocationsFiltered'));
  const invocationsView = new InvocationsView(history, logFollower, runs, executions, filter);
  const statusBar = new StatusBar(localLambda, targets, connections);
  const functions = new KnownFunctions(context.workspaceState);
  const server: LanguageServer = new LanguageServer(
    { module: context.asAbsolutePath('dist/server.js'), compileCache: kept('compileCache') },
    {
      accountFunctions: async () => {
        const { ProjectFunctions } = await import('./invoke/projectFunctions');
        await new ProjectFunctions(server, functions, ui).listed();
        return functions.list();
      },
      chosenRegion: (document) =>
        connections.chosen(workspace.getWorkspaceFolder(document))?.region,
      onDidChooseRegion: connections.onDidChange,
    },
    ui,
    (uri) => targets.hasTarget(uri),
  );
  const failedEventsView = new FailedEventsView();
  running = [server, localLambda, failedEventsView];
  if (context.workspaceState.get<readonly unknown[]>('openTails')?.length)
    void offerOpenTails(context, ui);

  if (context.globalState.get(openedExample)) void showExample(context, ui);

  let loading: Promise<Commands> | undefined;
  const features = () => (loading ??= load());
  const load = async () => {
    const { createCommands } = await import('./commands');
    const { RunStatusBar } = await import('./runs/runStatusBar');
    // A run begins by a command: before the first one there is nothing to show.
    context.subscriptions.push(new RunStatusBar(runs));
    return createCommands(
      {
        ui,
        targets,
        library,
        payloadsView,
        localLambda,
        connections,
        allowedEndpoints,
        functions,
        server,
        history,
        logFollower,
        filter,
        runs,
        elementsFolder: elementsFolder(context),
        executions,
        failedEventsView,
        failedEventsFolder: kept('failedEvents'),
        dist: context.asAbsolutePath('dist'),
      },
      { ofWorkspace: context.workspaceState, ofUser: context.globalState },
    );
  };
  context.subscriptions.push(
    ui.output,
    targets,
    library,
    localLambda,
    connections,
    server,
    statusBar,
    history,
    logFollower,
    workspace.onDidChangeConfiguration(async (event) => {
      if (affectsSetting(event, 'history.limit')) await history.trim();
    }),
    provideSavedPayloads(history),
    provideInvocationPages(history, logFollower, functions),
    failedEventsView,
    filter,
    invocationsView,
    invocationsView.onDidChangeVisibility(() => statusBar.show()),
    payloadsView,
    payloadsView.onDidChangeVisibility(() => statusBar.show()),
    provideLensesLazily({ language: 'json', scheme: 'file' }, async (changed) => {
      const { TargetLens } = await import('./payloads/targetLens');
      return new TargetLens(targets, localLambda, functions, connections, changed);
    }),
    provideLensesLazily(
      projectFiles.include.map((pattern) => ({ scheme: 'file', pattern })),
      async () => {
        const { ProjectLens } = await import('./invoke/projectLens');
        return new ProjectLens(server);
      },
    ),
    provideEventFileLens(),
    provideInvokeTasks(library, async () => (await features()).taskRun),
    provideAgentTools(
      context.asAbsolutePath('dist'),
      { localLambda, connections, allowed: allowedEndpoints },
      features,
    ),
    ...(Object.keys(commandContributions) as CommandId[]).map((id) =>
      commands.registerCommand(id, async (argument?: unknown, selection?: unknown) => {
        statusBar.show();
        return answer(async () => (await features())[id](argument, selection));
      }),
    ),
  );
}

async function offerOpenTails({ workspaceState }: ExtensionContext, ui: EditorUi): Promise<void> {
  const { offerTails, OpenTails } = await import('./invocations/openTails');
  const tails = await new OpenTails(workspaceState).take();
  offerTails(tails, ui, (tail) => ui.run('invokeAsync.tailLogs', tail));
}

async function showExample({ globalState }: ExtensionContext, ui: EditorUi): Promise<void> {
  const { welcomeToExample } = await import('./payloads/welcomeToExample');
  await welcomeToExample(globalState, ui);
}

function createHistory(context: ExtensionContext, { output }: EditorUi): History {
  const memory = context.storageUri ? context.workspaceState : context.globalState;
  const folder = Uri.joinPath(storageOf(context), 'invocations');
  return new History(new HistoryFiles(folder.fsPath), historyHost(folder, memory, output));
}

/** A window without a folder has no storage of its own. */
function storageOf({ storageUri, globalStorageUri }: ExtensionContext): Uri {
  return storageUri ?? globalStorageUri;
}

function elementsFolder(context: ExtensionContext): string {
  return Uri.joinPath(storageOf(context), 'elements').fsPath;
}

/** All windows share the folder: no two of them send the same file to the same function at once. */
function createRuns(context: ExtensionContext, folder: string): Runs {
  const { globalState } = context;
  const elements = elementsFolder(context);
  const concerns = (path: string) =>
    !workspace.workspaceFolders?.length ||
    path.startsWith(elements) ||
    workspace.getWorkspaceFolder(Uri.file(path)) !== undefined;
  return new Runs(
    folder,
    concerns,
    new RememberedSet(globalState, 'localRuns'),
    new ContextKey('invokeAsync.hasRuns', globalState),
  );
}

export async function deactivate(): Promise<void> {
  await Promise.allSettled(running.map(async (one) => one.stop()));
}
