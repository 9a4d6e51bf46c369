import * as l10n from '@vscode/l10n';
import type { Uri, WorkspaceFolder } from 'vscode';
import type { InvokeApi } from '../../core/invocation/outcome';
import { apiForLines } from '../../core/invocationHeaders';
import { headersOf, type Target } from '../../core/target';
import type { EventFileCheck } from '../../files/eventFileCheck';
import type { Destinations } from '../connection/destinations';
import type { LocalLambda } from '../connection/localLambda';
import { functionKey } from '../invoke/confirmation';
import type { FunctionChoice } from '../invoke/functionChoice';
import type { FunctionNeeds, NeededByLines } from '../invoke/functionNeeds';
import type { InvokeArguments } from '../invoke/invokeArguments';
import type { KnownFunctions } from '../invoke/knownFunctions';
import type { EnvironmentChoice } from '../payloads/environmentChoice';
import { settings } from '../settings';
import type { Ui } from '../ui/ui';
import { defaultConcurrency, type RunPaces } from './runPaces';
import type { RunPlan } from './runPlan';
import type { SendFileProcess } from './sendFileProcess';

/** What a plan is made with. */
interface Steps {
  readonly environments: Pick<EnvironmentChoice, 'nameFor'>;
  readonly functionChoice: FunctionChoice;
  readonly functions: Pick<KnownFunctions, 'addRecent'>;
  readonly needs: Pick<FunctionNeeds, 'completeLines'>;
  readonly destinations: Pick<Destinations, 'ofEvent'>;
  readonly localLambda: Pick<LocalLambda, 'running'>;
  readonly paces: Pick<RunPaces, 'get'>;
}

/** An event file with what was said of where its events go. */
export interface RunSource {
  readonly given: InvokeArguments;
  readonly file: Uri;
  readonly label: string;
  readonly folder: WorkspaceFolder | undefined;
  readonly target?: Target;
  /** Whether a run goes on: what its lines say of themselves is in its journal. */
  readonly isResumed?: boolean;
}

/** Finds out what a run would send where: checks its file, and asks for what is missing. */
export class RunPlanner {
  constructor(
    private readonly steps: Steps,
    private readonly ui: Pick<Ui, 'withProgress'>,
  ) {}

  /** What would be sent where. `undefined` when the user cancelled. */
  async plan(source: RunSource, process: SendFileProcess): Promise<RunPlan | undefined> {
    const { given, file, label, folder, target } = source;
    const { functionChoice, functions, destinations, environments, paces, localLambda } =
      this.steps;
    const api = given.api ?? target?.api ?? settings(folder).api;
    const check = await this.check(source, api, process);
    if (!check) return undefined;
    const functionName =
      given.functionName ?? target?.function ?? (await functionChoice.choose(given, source));
    if (functionName === undefined) return undefined;
    const connection = await destinations.ofEvent({ given, target, functionName, scope: folder });
    if (!connection) return undefined;
    await functions.addRecent(functionName);
    const environment = await environments.nameFor(given, folder);
    const needed = await this.#needed(source, { functionName, connection });
    if (!needed) return undefined;
    const { qualifier, tenantId, isDurable } = needed;
    const call = apiForLines(api, needed);
    const checked = call === api ? check : await this.check(source, call, process);
    if (!checked) return undefined;
    const place = { functionName, connection, ...(qualifier === undefined ? {} : { qualifier }) };
    const usual = { rate: settings(folder).sendFileRate, concurrency: defaultConcurrency };
    return {
      file,
      label,
      folder,
      check: checked,
      ...place,
      ...(tenantId === undefined ? {} : { tenantId }),
      isDurable,
      ...(environment === undefined ? {} : { environment }),
      api: call,
      isLocal:
        connection.endpoint !== undefined && connection.endpoint === localLambda.running?.endpoint,
      pace: paces.get(functionKey(place)) ?? usual,
    };
  }

  /** What all lines say of themselves. `undefined` when the user cancelled. */
  async #needed(
    { given, target, isResumed }: RunSource,
    { functionName, connection }: Pick<RunPlan, 'functionName' | 'connection'>,
  ): Promise<NeededByLines | undefined> {
    const { qualifier } = given;
    const { tenantId } = headersOf(given, target);
    if (!isResumed) {
      return this.steps.needs.completeLines({ functionName, qualifier, connection, tenantId });
    }
    return {
      ...(qualifier !== undefined && { qualifier }),
      ...(tenantId !== undefined && { tenantId }),
      isDurable: false,
    };
  }

  /** Reads the file, with progress. `undefined` when the user cancelled. */
  async check(
    { file, label }: Pick<RunSource, 'file' | 'label'>,
    api: InvokeApi,
    sender: SendFileProcess,
  ): Promise<EventFileCheck | undefined> {
    const title = l10n.t('Validating {0}', label);
    return this.ui.withProgress(
      { title, location: 'notification', cancellable: true },
      async (progress, token) => {
        let shown = 0;
        token.onCancellationRequested(() => sender.kill());
        try {
          return await sender.check(file.fsPath, api, (fraction) => {
            progress.report({ increment: (fraction - shown) * 100 });
            shown = fraction;
          });
        } catch (error) {
          if (token.isCancellationRequested) return undefined;
          throw error;
        }
      },
    );
  }
}
