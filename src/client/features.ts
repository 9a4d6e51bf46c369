import { join } from 'node:path';
import type { Memento, Uri } from 'vscode';
import type { ChosenConnections } from './connection/chosenConnections';
import { ConnectionCommands } from './connection/connectionCommands';
import { Destinations } from './connection/destinations';
import type { LocalLambda } from './connection/localLambda';
import { createEventFileFeatures } from './eventFileFeatures';
import { FailedEventCommands } from './failedEvents/failedEventCommands';
import { FailedEventNeeds } from './failedEvents/failedEventNeeds';
import { FailedEvents } from './failedEvents/failedEvents';
import type { FailedEventsView } from './failedEvents/failedEventsView';
import { SendFailedEvents } from './failedEvents/sendFailedEvents';
import { EntryChoice } from './invocations/entryChoice';
import { DurableCommands } from './invocations/durableCommands';
import type { History } from './invocations/history';
import type { InvocationFilter } from './invocations/invocationFilter';
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
import type { Executions } from './stepFunctions/executions';
import { SharedTexts } from './testEvents/sharedTexts';
import { TestEventCommands } from './testEvents/testEvents';
import { ContextKey } from './ui/contextKey';
import type { Ui } from './ui/ui';

/** What activation makes, and the commands work on. */
export interface Activated {
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

/** What draws by itself. */
export interface Drawn {
  readonly pickFunction: PickFunction;
  readonly moveEditors: (from: Uri, to: Uri) => Promise<void>;
}

/** Where is remembered what the user has chosen. */
export interface Memory {
  readonly ofWorkspace: Memento;
  readonly ofUser: Memento;
}

/** Makes the features whose commands the user runs, each of what it works with. */
export function createFeatures(
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
    runs,
    elementsFolder,
    executions,
    failedEventsView,
    failedEventsFolder,
    dist,
  }: Activated,
  memory: Memory,
  drawn: Drawn = { pickFunction, moveEditors },
) {
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

  return {
    invoker,
    invoke,
    several,
    target,
    events,
    newPayloads,
    files,
    testEvents,
    reruns,
    invocations,
    tails,
    durable,
    sendFile,
    run,
    distributed,
    execution,
    connection,
    localConfiguration,
    debugPayload,
    migration,
    failed,
    environments,
    destinations,
  };
}
