import { join } from 'node:path';
import type { Memento } from 'vscode';
import type { Destinations } from './connection/destinations';
import type { LocalLambda } from './connection/localLambda';
import type { Confirmation } from './invoke/confirmation';
import type { FunctionChoice } from './invoke/functionChoice';
import type { FunctionNeeds } from './invoke/functionNeeds';
import type { Invoker } from './invoke/invoker';
import type { KnownFunctions } from './invoke/knownFunctions';
import type { EnvironmentChoice } from './payloads/environmentChoice';
import type { TargetStore } from './payloads/targetStore';
import { ElementFiles } from './runs/elementFiles';
import { EventFileChoice } from './runs/eventFileChoice';
import { PlanChoice } from './runs/planChoice';
import { RunCommands } from './runs/runCommands';
import { RunForecast } from './runs/runForecast';
import { RunPaces } from './runs/runPaces';
import { RunPlanner } from './runs/runPlanner';
import type { Runs } from './runs/runs';
import { SendFile } from './runs/sendFile';
import { ExecutionCommands } from './stepFunctions/executionCommands';
import { ExecutionFollower } from './stepFunctions/executionFollower';
import type { Executions } from './stepFunctions/executions';
import { SendWithStepFunctions } from './stepFunctions/sendWithStepFunctions';
import { StartExecution } from './stepFunctions/startExecution';
import type { Ui } from './ui/ui';

/** What sending a file shares with sending one event, and what it has for itself. */
interface Shared {
  readonly ui: Ui;
  readonly targets: TargetStore;
  readonly environments: EnvironmentChoice;
  readonly functionChoice: FunctionChoice;
  readonly functions: KnownFunctions;
  readonly needs: FunctionNeeds;
  readonly destinations: Destinations;
  readonly confirmation: Confirmation;
  readonly invoker: Invoker;
  readonly localLambda: LocalLambda;
  readonly runs: Runs;
  /** Path of the folder of the event files that are made of arrays. */
  readonly elementsFolder: string;
  readonly executions: Executions;
  /** Path of the folder of the bundles. */
  readonly dist: string;
}

/** Makes the features that send files of events, from this machine or with Step Functions. */
export function createEventFileFeatures(shared: Shared, memory: Memento) {
  const { ui, runs, executions, elementsFolder, dist } = shared;
  const files = new EventFileChoice(ui);
  const elementFiles = new ElementFiles(elementsFolder, runs);
  const paces = new RunPaces(memory);
  const sendFile = new SendFile(
    {
      ...shared,
      files,
      elementFiles,
      planner: new RunPlanner({ ...shared, paces }, ui),
      forecast: new RunForecast(ui),
      planChoice: new PlanChoice(paces, ui),
      module: join(dist, 'sendFile.js'),
    },
    ui,
  );
  const follower = new ExecutionFollower(executions, ui);
  const start = new StartExecution(executions, follower, ui);
  const { root } = executions;
  const distributed = new SendWithStepFunctions({ ...shared, files, start, root }, ui);
  return {
    sendFile,
    run: new RunCommands(runs, sendFile, elementFiles, ui),
    distributed,
    execution: new ExecutionCommands(executions, follower, distributed, ui),
  };
}
