import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Uri, WorkspaceFolder } from 'vscode';
import { InvokeTasks } from '../../../src/client/tasks/invokeTasks';
import type { KnownEndpoints } from '../../../src/client/agents/mcpServers';
import { type Commands, createCommands } from '../../../src/client/commands';
import { ChosenConnections } from '../../../src/client/connection/chosenConnections';
import { LocalLambda } from '../../../src/client/connection/localLambda';
import type { FailedEventRows } from '../../../src/client/failedEvents/failedEventsView';
import { History } from '../../../src/client/invocations/history';
import { HistoryFiles } from '../../../src/client/invocations/historyFiles';
import { InvocationFilter } from '../../../src/client/invocations/invocationFilter';
import { LogFollower } from '../../../src/client/invocations/logFollower';
import { KnownFunctions } from '../../../src/client/invoke/knownFunctions';
import { PayloadLibrary } from '../../../src/client/payloads/payloadLibrary';
import { RememberedSet } from '../../../src/client/rememberedSet';
import { Runs } from '../../../src/client/runs/runs';
import { loadExecutions } from '../../../src/client/stepFunctions/executionFollower';
import { Executions } from '../../../src/client/stepFunctions/executions';
import { TargetStore } from '../../../src/client/payloads/targetStore';
import { repository } from '../../support/repository';
import { standIn, Uri as StandInUri } from '../../support/vscode';
import { FakeUi, memory } from './fakeUi';

/** The client's features as activation makes them, with a fake in place of the window and of the language server. */
export interface Client {
  readonly commands: Commands;
  /** Where servers for agents may send. */
  readonly known: KnownEndpoints & {
    readonly allowed: RememberedSet;
    readonly connections: ChosenConnections;
  };
  readonly library: PayloadLibrary;
  readonly tasks: InvokeTasks;
  readonly user: FakeUi;
  readonly history: History;
  readonly runs: Runs;
  readonly executions: Executions;
  readonly folder: WorkspaceFolder;
  /** What the pick of functions shows as its title, and the function that the user picks in it. */
  readonly picks: {
    titles: string[];
    functionName: string | undefined;
  };
  /** What the Failed Events view shows. */
  readonly failedEvents: {
    rows: FailedEventRows | undefined;
    show(rows: FailedEventRows | undefined): void;
  };
  /** Writes a file of the workspace. */
  write(path: string, content: string | Uint8Array): Uri;
  dispose(): Promise<void>;
}

export async function startClient(
  options: { readonly handlerProcess?: string } = {},
): Promise<Client> {
  standIn.reset();
  const root = await mkdtemp(join(tmpdir(), 'client-'));
  const folder = standIn.open(join(root, 'workspace'));
  mkdirSync(folder.uri.fsPath);
  const user = new FakeUi();
  user.folder = folder;
  const { ui } = user;
  const targets = new TargetStore(memory());
  const library = new PayloadLibrary(targets);
  const isRunning = { set: () => undefined };
  const localLambda = new LocalLambda(ui, isRunning, options.handlerProcess);
  const history = new History(new HistoryFiles(join(root, 'history')), {
    limit: () => 10,
    processId: process.pid,
    isRunning: () => true,
    warn: (message) => user.lines.push(message),
    watch: () => ({ dispose: () => undefined }),
    show: () => undefined,
  });
  const logFollower = new LogFollower(history, ui);
  const state = memory();
  const localRuns = new RememberedSet(state, 'localRuns');
  const allowedEndpoints = new RememberedSet(state, 'allowedEndpoints');
  const connections = new ChosenConnections(state);
  const runs = new Runs(join(root, 'runs'), () => true, localRuns, { set: () => undefined });
  const executions = new Executions(
    join(root, 'stepFunctions'),
    { set: () => undefined },
    async (all) => loadExecutions(all, ui),
  );
  const picks: Client['picks'] = { titles: [], functionName: undefined };
  const view: Client['failedEvents'] = {
    rows: undefined,
    show(rows) {
      view.rows = rows;
    },
  };
  const commands = createCommands(
    {
      ui,
      targets,
      library,
      payloadsView: { selection: [], isHidden: () => false, reveal: async () => undefined },
      localLambda,
      connections,
      allowedEndpoints,
      functions: new KnownFunctions(state),
      server: {
        checkPayload: async () => [],
        functionAt: async () => null,
        localFunctions: async () => ({ functions: [], files: [], leftOut: [] }),
        payloadInvoked: async () => undefined,
        projectFunctions: async () => [],
        start: async () => Promise.reject(new Error('There is no server in the fast tests.')),
      },
      history,
      logFollower,
      filter: new InvocationFilter({ set: () => undefined }),
      runs,
      elementsFolder: join(root, 'elements'),
      executions,
      failedEventsView: view,
      failedEventsFolder: join(root, 'failedEvents'),
      dist: join(repository, 'dist'),
    },
    { ofWorkspace: state, ofUser: memory() },
    {
      pickFunction: async ({ title }) => {
        picks.titles.push(title);
        const { functionName } = picks;
        return functionName === undefined ? undefined : { functionName };
      },
      moveEditors: async () => undefined,
    },
  );
  return {
    commands,
    known: { localLambda, connections, allowed: allowedEndpoints },
    library,
    tasks: new InvokeTasks(library, async () => commands.taskRun),
    user,
    history,
    runs,
    executions,
    folder,
    picks,
    failedEvents: view,
    write: (path, content) => {
      const file = join(folder.uri.fsPath, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return StandInUri.file(file);
    },
    dispose: async () => {
      await localLambda.stop();
      history.dispose();
      library.dispose();
      targets.dispose();
      // An execution that is followed may be saved meanwhile: nothing ends that but the window.
      await rm(root, { recursive: true, maxRetries: 5 });
    },
  };
}
