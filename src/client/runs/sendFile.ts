import * as l10n from '@vscode/l10n';
import { Uri, workspace } from 'vscode';
import type { RunSummary } from '../../core/fileRun/run';
import { ConnectionError } from '../../core/invocation/connectionError';
import type { InvokeApi } from '../../core/invocation/outcome';
import { messageOf } from '../../core/messageOf';
import type { RunRequest } from '../../sendFile/sendFile';
import { folderFor } from '../folders';
import type { Confirmation } from '../invoke/confirmation';
import { type InvokeArguments, readInvokeArguments } from '../invoke/invokeArguments';
import type { Invoker } from '../invoke/invoker';
import { remediesOfReason } from '../invoke/remedies';
import { causeAndRemedy } from '../invoke/reportText';
import type { EnvironmentChoice } from '../payloads/environmentChoice';
import { PayloadError } from '../invoke/payloadChoice';
import { needsEditor } from '../../core/payload/variables';
import { TargetsError } from '../payloads/targetsError';
import type { TargetStore } from '../payloads/targetStore';
import { showOutput, type Ui } from '../ui/ui';
import type { ElementFiles } from './elementFiles';
import { type EventFileChoice, firstEvent } from './eventFileChoice';
import type { PlanChoice } from './planChoice';
import type { RunForecast } from './runForecast';
import { eventsOf, type RunPlan } from './runPlan';
import type { RunPlanner, RunSource } from './runPlanner';
import { placeOfConnection, placeOfRun } from './runPlace';
import { RunSession } from './runSession';
import type { Run, Runs } from './runs';
import { SendFileFailure, SendFileProcess } from './sendFileProcess';

/** What a run is made with. */
interface Steps {
  readonly files: EventFileChoice;
  readonly elementFiles: Pick<ElementFiles, 'use'>;
  readonly targets: Pick<TargetStore, 'target'>;
  readonly environments: Pick<EnvironmentChoice, 'isSettled'>;
  readonly planner: RunPlanner;
  readonly confirmation: Pick<Confirmation, 'allows'>;
  readonly invoker: Pick<Invoker, 'invoke' | 'isAllowedHere'>;
  readonly forecast: Pick<RunForecast, 'withHealth'>;
  readonly planChoice: PlanChoice;
  readonly runs: Runs;
  /** Path of `dist/sendFile.js`. */
  readonly module: string;
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
    return file && this.#sendFrom(file, given, async (_, send) => send(file));
  }

  /**
   * Lambda: Send Each Element…: the same for the elements of a JSON array.
   * @param argument as for an invoking command; `uri` names the file with the array
   */
  async sendElements(argument?: unknown): Promise<RunSummary | undefined> {
    const given = readInvokeArguments(argument);
    if (!(await this.steps.invoker.isAllowedHere())) return undefined;
    const array = await this.steps.files.chooseArray(given.uri);
    return (
      array &&
      this.#sendFrom(array, given, (process, send) =>
        this.steps.elementFiles.use(array, process, send),
      )
    );
  }

  /**
   * @param chosen what the user has chosen; its target is that of the events
   * @param withEventFile sends the event file that it is, or that is made of it
   */
  async #sendFrom(
    chosen: Uri,
    given: InvokeArguments,
    withEventFile: (
      process: SendFileProcess,
      send: (eventFile: Uri) => Promise<RunSummary | undefined>,
    ) => Promise<RunSummary | undefined>,
  ): Promise<RunSummary | undefined> {
    const label = workspace.asRelativePath(chosen);
    return this.#reporting(label, async () => {
      if (!(await this.steps.environments.isSettled(folderFor(chosen)))) return undefined;
      const reading = await this.steps.targets.target(chosen);
      if (reading.kind === 'fault') throw new TargetsError(reading);
      const { target } = reading;
      if (target?.variables) throw new PayloadError(needsEditor(label));
      const source = { given, label, folder: folderFor(chosen), ...(target ? { target } : {}) };
      return this.#withProcess((process, session) =>
        withEventFile(process, (file) => this.#decide({ ...source, file }, { process, session })),
      );
    });
  }

  /** Shows what will happen, and does what the user decides. */
  async #decide(
    source: RunSource,
    { process, session }: { readonly process: SendFileProcess; readonly session: RunSession },
  ): Promise<RunSummary | undefined> {
    const planned = await this.steps.planner.plan(source, process);
    if (!planned) return undefined;
    const plan = await this.steps.forecast.withHealth(planned);
    const check = (api: InvokeApi) => this.steps.planner.check(source, api, process);
    const decision = await this.steps.planChoice.decide(plan, check);
    if (decision?.kind === 'sendFirst') await this.#sendFirst(decision.plan);
    if (decision?.kind !== 'send') return undefined;
    return this.#begin(decision.plan, { process, session, unfinished: undefined });
  }

  /** A new run of the lines that were rejected, to the same function at the same place. */
  async sendRejected(run: Run): Promise<RunSummary | undefined> {
    if (run.rejectedLines === undefined) return undefined;
    if (!(await this.steps.invoker.isAllowedHere())) return undefined;
    const file = Uri.file(run.rejectedLines);
    return this.#sendFrom(file, placeOfRun(run), async (_, send) => send(file));
  }

  /** Goes on with a run that an earlier process left. */
  async resume(run: Run): Promise<RunSummary | undefined> {
    if (!(await this.steps.invoker.isAllowedHere())) return undefined;
    const file = Uri.file(run.file.path);
    const source = {
      given: placeOfRun(run),
      file,
      label: run.origin?.label ?? workspace.asRelativePath(file),
      folder: folderFor(file),
      isResumed: true,
    };
    return this.#reporting(source.label, () =>
      this.#withProcess(async (process, session) => {
        const plan = await this.steps.planner.plan(source, process);
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
    const { functionName, qualifier, tenantId, isDurable, api, connection, environment } = plan;
    const { pace, label, folder, check } = plan;
    const toConfirm = { ...plan, events: eventsOf(check), payload: { label, folder } };
    if (!(await this.steps.confirmation.allows(toConfirm))) return undefined;
    const request = {
      api,
      functionName,
      qualifier,
      tenantId,
      isDurable,
      connection,
      ...pace,
      origin: { label, environment },
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
    const { functionName, qualifier, tenantId, api, connection, file, environment } = plan;
    const payload = await firstEvent(file, api);
    if (payload === undefined) return;
    await this.steps.invoker.invoke({
      payload,
      functionName,
      api,
      ...(qualifier === undefined ? {} : { qualifier }),
      ...(tenantId === undefined ? {} : { tenantId }),
      ...placeOfConnection(connection, plan.isLocal),
      ...(environment === undefined ? {} : { environment }),
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
