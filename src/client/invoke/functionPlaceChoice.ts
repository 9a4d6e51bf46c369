import type { WorkspaceFolder } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import type { Destinations } from '../connection/destinations';
import type { LocalLambda } from '../connection/localLambda';
import { folderFor } from '../folders';
import { whereSent } from '../invocations/entryChoice';
import type { HistoryEntry } from '../invocations/historyEntry';
import type { EnvironmentChoice } from '../payloads/environmentChoice';
import type { FunctionChoice } from './functionChoice';
import { type InvokeArguments, readInvokeArguments } from './invokeArguments';
import type { KnownFunctions } from './knownFunctions';

/** A function that something is asked about, and as whom it is asked. */
export interface ChosenFunction {
  readonly functionName: string;
  readonly qualifier?: string;
  readonly connection: Connection;
  /** It is Local Lambda's. */
  readonly isLocal: boolean;
  readonly folder: WorkspaceFolder | undefined;
  /** Name of the environment that has a say in it. */
  readonly environment?: string;
}

/** Finds the function that a command is about which sends nothing to it. */
export class FunctionPlaceChoice {
  constructor(
    private readonly environments: Pick<EnvironmentChoice, 'isSettled' | 'nameFor'>,
    private readonly functionChoice: FunctionChoice,
    private readonly functions: Pick<KnownFunctions, 'addRecent'>,
    private readonly destinations: Pick<Destinations, 'ofEvent'>,
    private readonly localLambda: Pick<LocalLambda, 'running'>,
  ) {}

  /**
   * The function of a row of any view, of the argument object of an invoking command, or the one that the user picks.
   * `undefined` when they cancelled.
   * @param title of the pick
   * @throws what `Destinations` throws, and TargetsError
   */
  async choose(argument: unknown, title: string): Promise<ChosenFunction | undefined> {
    const { environments, functionChoice, functions, destinations, localLambda } = this;
    const given = this.#argumentsOf(argument);
    const folder = folderFor(given.uri);
    // A row says where it went; what names no place goes where the events of the folder go.
    const isPlaced = given.profile !== undefined || (await environments.isSettled(folder));
    if (!isPlaced) return undefined;
    const functionName =
      given.functionName ?? (await functionChoice.choose(given, { label: '', folder }, title));
    if (functionName === undefined) return undefined;
    const wanted = { given, target: undefined, functionName, scope: folder };
    const connection = await destinations.ofEvent(wanted);
    if (!connection) return undefined;
    await functions.addRecent(functionName);
    const { qualifier } = given;
    const { endpoint } = connection;
    const environment = await environments.nameFor(given, folder);
    return {
      functionName,
      connection,
      isLocal: endpoint !== undefined && endpoint === localLambda.running?.endpoint,
      folder,
      ...(environment === undefined ? {} : { environment }),
      ...(qualifier === undefined ? {} : { qualifier }),
    };
  }

  #argumentsOf(argument: unknown): InvokeArguments {
    const { entry, functionIdentifier } = (argument ?? {}) as {
      readonly entry?: HistoryEntry;
      readonly functionIdentifier?: string;
    };
    if (functionIdentifier !== undefined) return { functionName: functionIdentifier };
    if (!entry) return readInvokeArguments(argument);
    const { functionName, qualifier } = entry;
    return {
      functionName,
      ...(qualifier === undefined ? {} : { qualifier }),
      ...whereSent(entry, this.localLambda),
    };
  }
}
