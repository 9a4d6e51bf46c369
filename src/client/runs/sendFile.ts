import * as l10n from '@vscode/l10n';
import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { RunSummary } from '../../core/fileRun/run';
import { ConnectionError } from '../../core/invocation/connectionError';
import type { InvokeApi } from '../../core/invocation/outcome';
import { messageOf } from '../../core/messageOf';
import type { Target } from '../../core/target';
import type { EventFileCheck } from '../../files/eventFileCheck';
import type { RunRequest } from '../../sendFile/sendFile';
import type { Destinations } from '../connection/destinations';
import type { LocalLambda } from '../connection/localLambda';
import { folderFor } from '../folders';
import { type Confirmation, functionKey } from '../invoke/confirmation';
import type { FunctionChoice } from '../invoke/functionChoice';
import { type InvokeArguments, readInvokeArguments } from '../invoke/invokeArguments';
import type { Invoker } from '../invoke/invoker';
import type { KnownFunctions } from '../invoke/knownFunctions';
import { remediesOfReason } from '../invoke/remedies';
import { causeAndRemedy } from '../invoke/reportText';
import { TargetsError } from '../payloads/targetsError';
import type { TargetStore } from '../payloads/targetStore';
import { settings } from '../settings';
import { showOutput, type Ui } from '../ui/ui';
import { type EventFileChoice, firstEvent } from './eventFileChoice';
import type { PlanChoice } from './planChoice';
import { defaultConcurrency, type RunPaces } from './runPaces';
import type { RunForecast } from './runForecast';
import { eventsOf, type RunPlan } from './runPlan';
import { placeOfConnection, placeOfRun } from './runPlace';
import { RunSession } from './runSession';
import type { Run, Runs } from './runs';
import { SendFileFailure, SendFileProcess } from './sendFileProcess';

/** What a run is made with. */
interface Steps {
  readonly files: EventFileChoice;
  readonly targets: Pick<TargetStore, 'target'>;
  readonly functionChoice: FunctionChoice;
  readonly functions: Pick<KnownFunctions, 'addRecent'>;
  readonly destinations: Pick<Destinations, 'ofEvent'>;
  readonly confirmation: Pick<Confirmation, 'allows'>;
  readonly invoker: Pick<Invoker, 'invoke' | 'isAllowedHere'>;
  readonly localLambda: Pick<LocalLambda, 'running'>;
  readonly paces: Pick<RunPaces, 'get'>;
  readonly forecast: Pick<RunForecast, 'withHealth'>;
  readonly planChoice: PlanChoice;
  readonly runs: Runs;
  /** Path of `dist/sendFile.js`. */
  readonly module: string;
}

/** An event file with what was said of where its events go. */
interface Source {
  readonly given: InvokeArguments;
  readonly file: Uri;
  readonly label: string;
  readonly folder: WorkspaceFolder | undefined;
  readonly target?: Target;
}

/** Sends event files: each is checked, shown with what will happen, confirmed, and sent by a process of its own. */
export class SendFile {
  constructor(
    private readonly steps: Steps,
    private readonly ui: Ui,
  ) {}

  /**
   * Lambda: Send Each Line…: resolves to what the run came to, or to `undefined` when there was none.
   * @param argument as for an invoking command; `uri` names the event file
   */
  async send(argument?: unknown): Promise<RunSummary | undefined> {
    const given = readInvokeArguments(argument);
    if (!(await this.steps.invoker.isAllowedHere())) return undefined;
    const file = await this.steps.files.choose(given.uri);
    if (!file) return undefined;
    const label = workspace.asRelativePath(file);
    return this.#reporting(label, async () => {
      const reading = await this.steps.targets.target(file);
      if (reading.kind === 'fault') throw new TargetsError(reading);
      const { target } = reading;
      const source: Source = {
        given,
        file,
        label,
        folder: folderFor(file),
        ...(target ? { target } : {}),
      };
      return this.#withProcess(async (process, session) => {
        const planned = await this.#plan(source, process);
        if (!planned) return undefined;
        const plan = await this.steps.forecast.withHealth(planned);
        const check = (api: InvokeApi) => this.#check(source, api, process);
        const decision = await this.steps.planChoice.decide(plan, check);
        if (decision?.kind === 'sendFirst') await this.#sendFirst(decision.plan);
        if (decision?.kind !== 'send') return undefined;
        return this.#begin(decision.plan, { process, session, unfinished: undefined });
      });
    });
  }

  /** Goes on with a run that an earlier process left. */
  async resume(run: Run): Promise<RunSummary | undefined> {
    if (!(await this.steps.invoker.isAllowedHere())) return undefined;
    const file = Uri.file(run.file.path);
    const { api, functionName } = run.target;
    const given = { ...placeOfRun(run), api, functionName };
    const source = {
      given,
      file,
      label: workspace.asRelativePath(file),
      folder: folderFor(file),
    };
    return this.#reporting(source.label, () =>
      this.#withProcess(async (process, session) => {
        const plan = await this.#plan(source, process);
        if (!plan) return undefined;
        // As fast as it was going.
        const pace = run.progress ? { ...plan.pace, rate: run.progress.rate } : plan.pace;
        return this.#begin({ ...plan, pace }, { process, session, unfinished: 'resume' });
      }),
    );
  }

  async #withProcess<Result>(
    action: (process: SendFileProcess, session: RunSession) => Promise<Result>,
  ): Promise<Result> {
    const session = new RunSession(this.steps.runs, this.ui);
    const sender = new SendFileProcess(this.steps.module, session);
    try {
      return await action(sender, session);
    } finally {
      sender.leave();
    }
  }

  /** What would be sent where. `undefined` when the user cancelled. */
  async #plan(source: Source, process: SendFileProcess): Promise<RunPlan | undefined> {
    const { given, file, label, folder, target } = source;
    const { functionChoice, functions, destinations, paces, localLambda } = this.steps;
    const api = given.api ?? target?.api ?? settings(folder).api;
    const check = await this.#check(source, api, process);
    if (!check) return undefined;
    const functionName =
      given.functionName ?? target?.function ?? (await functionChoice.choose(given, source));
    if (functionName === undefined) return undefined;
    const connection = await destinations.ofEvent({ given, target, functionName, scope: folder });
    if (!connection) return undefined;
    await functions.addRecent(functionName);
    const { qualifier } = given;
    const place = { functionName, connection, ...(qualifier === undefined ? {} : { qualifier }) };
    const usual = { rate: settings(folder).sendFileRate, concurrency: defaultConcurrency };
    return {
      file,
      label,
      folder,
      check,
      ...place,
      api,
      isLocal:
        connection.endpoint !== undefined && connection.endpoint === localLambda.running?.endpoint,
      pace: paces.get(functionKey(place)) ?? usual,
    };
  }

  /** Reads the file, with progress. `undefined` when the user cancelled. */
  async #check(
    { file, label }: Pick<Source, 'file' | 'label'>,
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

  /** Confirms and begins, and resolves to the end of the run. */
  async #begin(
    plan: RunPlan,
    {
      process,
      session,
      unfinished,
    }: {
      readonly process: SendFileProcess;
      readonly session: RunSession;
      readonly unfinished: RunRequest['unfinished'];
    },
  ): Promise<RunSummary | undefined> {
    const { functionName, qualifier, api, connection, pace, label, folder, check } = plan;
    const toConfirm = { ...plan, events: eventsOf(check), payload: { label, folder } };
    if (!(await this.steps.confirmation.allows(toConfirm))) return undefined;
    const request = {
      api,
      functionName,
      qualifier,
      connection,
      ...pace,
      root: this.steps.runs.root,
    };
    let wish = unfinished;
    for (;;) {
      try {
        const run = await process.begin({ ...request, unfinished: wish });
        return await session.follow(process, plan, run);
      } catch (error) {
        if (!(error instanceof SendFileFailure) || error.kind !== 'unfinished') throw error;
        wish = await this.#askForUnfinished(plan);
        if (wish === undefined) return undefined;
      }
    }
  }

  async #askForUnfinished({ label, functionName }: RunPlan): Promise<RunRequest['unfinished']> {
    const resume = l10n.t('Resume');
    const startOver = l10n.t('Start Over');
    const choice = await this.ui.ask(
      'warning',
      {
        message: l10n.t('An earlier run of {file} to {function} is not finished.', {
          file: label,
          function: functionName,
        }),
        detail: [
          l10n.t('Resume sends the lines that have not been sent.'),
          l10n.t('Start Over sends every line again, also those that Lambda has queued.'),
        ],
      },
      resume,
      startOver,
    );
    if (choice === resume) return 'resume';
    return choice === startOver ? 'startOver' : undefined;
  }

  /** One event, like any other that is sent alone. */
  async #sendFirst(plan: RunPlan): Promise<void> {
    const { functionName, qualifier, api, connection, file } = plan;
    const payload = await firstEvent(file, api);
    if (payload === undefined) return;
    await this.steps.invoker.invoke({
      payload,
      functionName,
      api,
      ...(qualifier === undefined ? {} : { qualifier }),
      ...placeOfConnection(connection, plan.isLocal),
    });
  }

  /** Tells the user what is thrown. */
  async #reporting<Result>(
    label: string,
    action: () => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      return await action();
    } catch (error) {
      const remedy = remedyOf(error);
      const message = `${label}: ${causeAndRemedy(messageOf(error), remedy)}`;
      this.ui.output.error(message);
      this.ui.offer(
        'error',
        message,
        ...remediesOfReason(error, this.ui),
        showOutput(this.ui.output),
      );
      return undefined;
    }
  }
}

function remedyOf(error: unknown): string {
  if (error instanceof SendFileFailure || error instanceof ConnectionError) return error.remedy;
  return '';
}
