import { join } from 'node:path';
import type { Memento, Uri } from 'vscode';
import type { EditorTools } from './agents/editorTools';
import type { ChosenConnections } from './connection/chosenConnections';
import { ConnectionCommands } from './connection/connectionCommands';
import { Destinations } from './connection/destinations';
import type { LocalLambda } from './connection/localLambda';
import type { CommandTable } from './contributions';
import { createEventFileFeatures } from './eventFileFeatures';
import { FailedEventCommands } from './failedEvents/failedEventCommands';
import { FailedEventNeeds } from './failedEvents/failedEventNeeds';
import { FailedEvents } from './failedEvents/failedEvents';
import type { FailedEventsView } from './failedEvents/failedEventsView';
import { FailedEventRow } from './failedEvents/rows';
import { SendFailedEvents } from './failedEvents/sendFailedEvents';
import { EntryChoice } from './invocations/entryChoice';
import { DurableCommands } from './invocations/durableCommands';
import type { History } from './invocations/history';
import type { InvocationFilter } from './invocations/invocationFilter';
import { clearInvocations } from './invocations/clearInvocations';
import { askForFilter } from './invocations/filteredRows';
import { InvocationCommands } from './invocations/invocationCommands';
import type { LogFollower } from './invocations/logFollower';
import { LogTails } from './invocations/logTails';
import { OpenTails } from './invocations/openTails';
import { Recorder } from './invocations/recorder';
import { Reruns } from './invocations/reruns';
import { Confirmation } from './invoke/confirmation';
import { FunctionChoice } from './invoke/functionChoice';
import { FunctionPlaceChoice } from './invoke/functionPlaceChoice';
import { FunctionHealths } from './invoke/functionHealths';
import { FunctionNeeds } from './invoke/functionNeeds';
import { type PickFunction, pickFunction } from './invoke/functionPick';
import { InvokeCommands } from './invoke/invokeCommands';
import { Invoker } from './invoke/invoker';
import type { KnownFunctions } from './invoke/knownFunctions';
import { PayloadChoice } from './invoke/payloadChoice';
import { PickedFunctions } from './invoke/pickedFunctions';
import { PayloadVariables } from './invoke/payloadVariables';
import { Preflight } from './invoke/preflight';
import { ProjectFunctions } from './invoke/projectFunctions';
import { QualifierChoice } from './invoke/qualifierChoice';
import { Report } from './invoke/report';
import { ResponsePages } from './invoke/responsePages';
import { SendSeveral } from './invoke/sendSeveral';
import { StackFunctions } from './invoke/stackFunctions';
import type { LanguageServer } from './languageServer/languageServer';
import { DebugPayload } from './localLambda/debugPayload';
import { LocalConfiguration } from './localLambda/localConfiguration';
import { MigrationCommands } from './migration/migrationCommands';
import { EnvironmentChoice } from './payloads/environmentChoice';
import { moveEditors } from './payloads/moveEditors';
import { EventCommands } from './payloads/eventCommands';
import { NewPayloads } from './payloads/newPayloads';
import { openExample } from './payloads/openExample';
import { PayloadFiles } from './payloads/payloadFiles';
import type { PayloadLibrary } from './payloads/payloadLibrary';
import { PayloadSelection } from './payloads/payloadSelection';
import type { PayloadsView } from './payloads/payloadsView';
import { TargetCommands } from './payloads/targetCommands';
import { TargetFunctions } from './payloads/targetFunctions';
import { TargetOffer } from './payloads/targetOffer';
import type { TargetStore } from './payloads/targetStore';
import { RememberedSet } from './rememberedSet';
import type { Runs } from './runs/runs';
import { InvokeTaskRun } from './tasks/invokeTaskRun';
import type { Executions } from './stepFunctions/executions';
import { SharedTexts } from './testEvents/sharedTexts';
import { TestEventCommands } from './testEvents/testEvents';
import { ContextKey } from './ui/contextKey';
import type { Ui } from './ui/ui';

/** What activation makes, and the commands work on. */
interface Activated {
  readonly ui: Ui;
  readonly targets: TargetStore;
  readonly library: PayloadLibrary;
  readonly payloadsView: Pick<PayloadsView, 'isHidden' | 'reveal' | 'selection'>;
  readonly localLambda: LocalLambda;
  readonly connections: ChosenConnections;
  readonly functions: KnownFunctions;
  /** Endpoints of workspaces that the user has allowed. */
  readonly allowedEndpoints: RememberedSet;
  readonly server: Pick<
    LanguageServer,
    | 'checkPayload'
    | 'functionAt'
    | 'localFunctions'
    | 'payloadInvoked'
    | 'projectFunctions'
    | 'start'
  >;
  readonly history: History;
  readonly logFollower: LogFollower;
  readonly filter: InvocationFilter;
  readonly runs: Runs;
  /** Path of the folder of the event files that are made of arrays. */
  readonly elementsFolder: string;
  readonly executions: Executions;
  readonly failedEventsView: Pick<FailedEventsView, 'show'>;
  /** Folder of the journals of failed events that were sent again. */
  readonly failedEventsFolder: string;
  /** Path of the folder of the bundles. */
  readonly dist: string;
}

/** The commands, and what else is made of the same features. */
export interface Features extends CommandTable {
  readonly taskRun: InvokeTaskRun;
  /** The same ones each time: they know what has been sent. */
  agentTools(): Promise<EditorTools>;
}

/** What draws by itself. */
interface Drawn {
  readonly pickFunction: PickFunction;
  readonly moveEditors: (from: Uri, to: Uri) => Promise<void>;
}

/** Makes the features whose commands the user runs, each of what it works with. A chunk of its own, read with the first command. */
export function createCommands(
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
    elementsFolder,
    executions,
    failedEventsView,
    failedEventsFolder,
    dist,
  }: Activated,
  memory: { readonly ofWorkspace: Memento; readonly ofUser: Memento },
  drawn: Drawn = { pickFunction, moveEditors },
): Features {
  const unguarded = new RememberedSet(memory.ofWorkspace, 'unguardedFunctions');
  const destinations = new Destinations(localLambda, allowedEndpoints, targets, connections, ui);
  const environments = new EnvironmentChoice(targets, ui);
  const payloads = new PayloadChoice(library, targets, environments, ui);
  const project = new ProjectFunctions(server, functions, ui);
  const picked = new PickedFunctions(
    destinations,
    new QualifierChoice(memory.ofWorkspace, ui),
    new StackFunctions(destinations, memory.ofWorkspace, ui),
    ui,
  );
  const functionChoice = new FunctionChoice(
    drawn.pickFunction,
    functions,
    project,
    destinations,
    picked,
  );
  const functionPlaces = new FunctionPlaceChoice(
    environments,
    functionChoice,
    functions,
    destinations,
    localLambda,
  );
  const confirmation = new Confirmation(ui, unguarded);
  const healths = new FunctionHealths(() => localLambda.running?.endpoint);
  const needs = new FunctionNeeds(healths, memory.ofWorkspace, ui);
  const recorder = new Recorder(history, logFollower, localLambda);
  const invoker = new Invoker(
    {
      needs,
      healths,
      payloads,
      environments,
      variables: new PayloadVariables(targets, ui),
      functionChoice,
      functions,
      targetOffer: new TargetOffer(new RememberedSet(memory.ofWorkspace, 'offeredTargets'), ui),
      preflight: new Preflight(server, ui),
      destinations,
      confirmation,
      report: new Report(ui, memory.ofUser),
      responses: new ResponsePages(ui),
      recorder,
    },
    ui,
    new ContextKey('invokeAsync.canInvokeAgain'),
  );
  const invoke = new InvokeCommands(invoker, payloads, picked, server, ui);
  const selection = new PayloadSelection(payloadsView, ui);
  const several = new SendSeveral(invoker, invoke, selection, library, targets, environments, ui);

  const targetFunctions = new TargetFunctions(
    library,
    functions,
    project,
    localLambda,
    drawn.pickFunction,
    destinations,
    picked,
  );
  const files = new PayloadFiles(selection, library, targets, payloadsView, ui, drawn.moveEditors);
  const target = new TargetCommands(selection, files, targets, targetFunctions, ui);
  const events = new EventCommands(targets, targetFunctions, ui);
  const newPayloads = new NewPayloads(library, targetFunctions, payloadsView, ui);

  const testEvents = new TestEventCommands(
    library,
    targets,
    environments,
    targetFunctions,
    destinations,
    new SharedTexts(),
    ui,
  );

  const entries = new EntryChoice(history, ui);
  const reruns = new Reruns(invoker, history, entries, localLambda, ui);
  const invocations = new InvocationCommands(
    history,
    logFollower,
    entries,
    destinations,
    localLambda,
    ui,
  );
  const tails = new LogTails(functionPlaces, ui, new OpenTails(memory.ofWorkspace));
  const durable = new DurableCommands(
    history,
    entries,
    destinations,
    localLambda,
    invoker,
    reruns,
    ui,
  );
  const { sendFile, run, distributed, execution } = createEventFileFeatures(
    {
      ui,
      targets,
      environments,
      functionChoice,
      functions,
      needs,
      destinations,
      confirmation,
      invoker,
      localLambda,
      runs,
      elementsFolder,
      executions,
      dist,
    },
    memory.ofUser,
  );
  const connection = new ConnectionCommands(
    localLambda,
    allowedEndpoints,
    connections,
    memory.ofWorkspace,
    ui,
  );
  const localConfiguration = new LocalConfiguration(localLambda, server, ui);
  localLambda.onDidChange(async () => localConfiguration.offer());
  const debugPayload = new DebugPayload(invoker, localLambda, join(dist, 'handlerProcess.js'), ui);
  const migration = new MigrationCommands(server, ui);
  const failedEvents = new FailedEvents(
    failedEventsView,
    failedEventsFolder,
    new ContextKey('invokeAsync.showsFailedEvents'),
    history,
    ui,
  );
  const failed = new FailedEventCommands(
    {
      failed: failedEvents,
      sending: new SendFailedEvents(
        failedEvents,
        new FailedEventNeeds(needs, library),
        confirmation,
        recorder,
        ui,
      ),
      invoker,
      functionPlaces,
      logFollower,
      library,
      newPayloads,
    },
    ui,
  );

  let agentTools: Promise<EditorTools> | undefined;
  const loadAgentTools = async () => {
    const { EditorTools } = await import('./agents/editorTools');
    return new EditorTools({ targets, environments, destinations, invoker }, dist, ui);
  };

  return {
    taskRun: new InvokeTaskRun(invoker, logFollower),
    agentTools: async () => (agentTools ??= loadAgentTools()),
    'invokeAsync.invoke': (...given) => several.oneOrAll((one) => invoke.invoke(one), {}, ...given),
    'invokeAsync.invokeEvent': (...given) =>
      several.oneOrAll((one) => invoke.invokeEvent(one), { api: 'Invoke' }, ...given),
    'invokeAsync.invokeAndWait': (given) => invoke.invokeAndWait(given),
    'invokeAsync.debugPayload': (given) => debugPayload.debug(given),
    'invokeAsync.invokeAgain': () => invoker.invokeAgain(),
    'invokeAsync.dryRun': (...given) =>
      several.oneOrAll((one) => invoke.dryRun(one), { api: 'Invoke', dryRun: true }, ...given),
    'invokeAsync.selectConnection': () => connection.select(),
    'invokeAsync.selectEnvironment': () => environments.select(),
    'invokeAsync.showOutput': () => ui.output.show(),
    'invokeAsync.newPayload': (row) => newPayloads.newPayload(row),
    'invokeAsync.savePayload': () => newPayloads.saveSelection(),
    'invokeAsync.sendSelection': () => invoke.sendSelection(),
    'invokeAsync.importTestEvents': (row) => testEvents.import(row),
    'invokeAsync.shareTestEvent': (row) => testEvents.share(row),
    'invokeAsync.setTarget': (...given) => target.setTarget(...given),
    'invokeAsync.invokeAll': (...given) => several.invokeAll(...given),
    'invokeAsync.invokeHovered': (place) => invoke.invokeHovered(place),
    'invokeAsync.invokeFunction': (about) => invoke.invokeFunction(about),
    'invokeAsync.useInvoke': (payload) => target.useInvoke(payload),
    'invokeAsync.setSchema': (event) => events.setSchema(event),
    'invokeAsync.ignoreEvent': (event) => events.ignoreEvent(event),
    'invokeAsync.invokeSelected': (row) => several.invokeSelected(row),
    'invokeAsync.openPayloadToSide': (...given) => files.openToSide(...given),
    'invokeAsync.revealPayload': (row) => files.reveal(row),
    'invokeAsync.copyPayloadPath': (row) => files.copyPath(row),
    'invokeAsync.movePayload': (...given) => target.moveToFunction(...given),
    'invokeAsync.duplicatePayload': (...given) => files.duplicate(...given),
    'invokeAsync.renamePayload': (row) => files.rename(row),
    'invokeAsync.deletePayload': (...given) => files.delete(...given),
    'invokeAsync.findDeprecated': () => migration.find(),
    'invokeAsync.migrateDeprecated': () => migration.replaceAll(),
    'invokeAsync.startLocal': () => localLambda.startByCommand(),
    'invokeAsync.stopLocal': () => localLambda.stop(),
    'invokeAsync.configureLocal': () => localConfiguration.configure(),
    'invokeAsync.followLogs': (row) =>
      row instanceof FailedEventRow ? failed.followLogs(row) : invocations.followLogs(row),
    'invokeAsync.stopFollowing': (row) => invocations.stopFollowing(row),
    'invokeAsync.tailLogs': (about) => tails.tail(about),
    'invokeAsync.rerun': (row) => reruns.rerun(row),
    'invokeAsync.editAndRerun': (row) => reruns.editAndRerun(row),
    'invokeAsync.openLogsInConsole': (row) => invocations.openLogsInConsole(row),
    'invokeAsync.openFunctionInConsole': (row) => invocations.openFunctionInConsole(row),
    'invokeAsync.openPayload': (row) => invocations.openPayload(row),
    'invokeAsync.showInOutput': (row) => invocations.showInOutput(row),
    'invokeAsync.removeInvocation': (...given) => invocations.remove(...given),
    'invokeAsync.copyRequestId': (row) =>
      row instanceof FailedEventRow ? failed.copyRequestId(row) : invocations.copyRequestId(row),
    'invokeAsync.copyAsCli': (row) => invocations.copyAsCli(row),
    'invokeAsync.followDurable': (row) => durable.follow(row),
    'invokeAsync.stopDurable': (row) => durable.stop(row),
    'invokeAsync.copyDurableName': (row) => durable.copyName(row),
    'invokeAsync.sendAgainSafely': (row) => durable.sendAgainSafely(row),
    'invokeAsync.comparePayloads': (...given) => reruns.compare(...given),
    'invokeAsync.filterInvocations': () => askForFilter(filter, ui),
    'invokeAsync.clearFilter': () => filter.set(''),
    'invokeAsync.clearInvocations': (about) =>
      clearInvocations([invocations, run, execution], ui, about),
    'invokeAsync.openExample': () => openExample(ui, memory.ofUser),
    'invokeAsync.sendFile': (given) => sendFile.send(given),
    'invokeAsync.sendElements': (given) => sendFile.sendElements(given),
    'invokeAsync.pauseRun': (row) => run.pause(row),
    'invokeAsync.resumeRun': (row) => run.resume(row),
    'invokeAsync.stopRun': (row) => run.stop(row),
    'invokeAsync.changeRunRate': (row) => run.changeRate(row),
    'invokeAsync.openRejectedLines': (row) => run.openRejected(row),
    'invokeAsync.openUnknownLines': (row) => run.openUnknown(row),
    'invokeAsync.sendRejectedLines': (row) => run.sendRejected(row),
    'invokeAsync.copyRunReport': (row) => run.copyReport(row),
    'invokeAsync.deleteRun': (row) => run.delete(row),
    'invokeAsync.sendDistributed': (given) => distributed.send(given),
    'invokeAsync.cancelUpload': (row) => execution.cancelUpload(row),
    'invokeAsync.resumeUpload': (row) => execution.resumeUpload(row),
    'invokeAsync.followExecution': (row) => execution.follow(row),
    'invokeAsync.changeExecutionConcurrency': (row) => execution.changeConcurrency(row),
    'invokeAsync.stopExecution': (row) => execution.stop(row),
    'invokeAsync.openExecutionInConsole': (row) => execution.openInConsole(row),
    'invokeAsync.collectResults': (row) => execution.collect(row),
    'invokeAsync.deleteExecution': (row) => execution.delete(row),
    'invokeAsync.showFailedEvents': (about) => failed.show(about),
    'invokeAsync.refreshFailedEvents': () => failed.refresh(),
    'invokeAsync.closeFailedEvents': () => failed.close(),
    'invokeAsync.loadMoreFailedEvents': () => failed.more(),
    'invokeAsync.openFailedEvent': (row) => failed.open(row),
    'invokeAsync.sendFailedEvents': (...given) => failed.send(...given),
    'invokeAsync.sendAllFailedEvents': () => failed.sendAll(),
    'invokeAsync.saveEvent': (row) =>
      row instanceof FailedEventRow ? failed.save(row) : newPayloads.saveEvent(),
    'invokeAsync.compareFailedEvent': (row) => failed.compare(row),
    'invokeAsync.deleteFailedEvents': (...given) => failed.delete(...given),
  };
}
