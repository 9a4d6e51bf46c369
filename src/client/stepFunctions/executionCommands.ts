import * as l10n from '@vscode/l10n';
import { basename, extname, join } from 'node:path';
import { Uri } from 'vscode';
import { functionLabel } from '../../core/functionIdentifier/label';
import { shownNumber } from '../../core/shownNumber';
import { isOver } from '../../core/stepFunctions/execution';
import { executionConsoleUrl } from '../../core/stepFunctions/consoleUrl';
import type { StepFunctionsConnection } from '../../aws/stepFunctions/main';
import type { InvokeArguments } from '../invoke/invokeArguments';
import { stepFunctions } from '../lazy';
import { chooseRun, type Filter } from '../runs/chooseRun';
import type { Choice, PickRow, Ui } from '../ui/ui';
import { HalfDone, tellFailure } from './failure';
import { connectionTo, type ExecutionFollower } from './executionFollower';
import { executionProgress, executionSummary } from './executionText';
import type { Executions, ShownExecution } from './executions';
import { deleteExecution, saveExecution } from './savedExecutions';
import type { SendWithStepFunctions } from './sendWithStepFunctions';
import { askForMapConcurrency } from './stackChoice';
import { withStepFunctions } from './withStepFunctions';

/** What is done in AWS, as the user is told. */
interface Doing {
  readonly title: string;
  /** How things are when it fails. */
  readonly left: () => string;
  /** What the user can do then. */
  readonly choice?: Choice;
}

/** The commands about files that have begun to go through Step Functions. */
export class ExecutionCommands {
  constructor(
    private readonly executions: Executions,
    private readonly follower: Pick<ExecutionFollower, 'follow' | 'refresh'>,
    private readonly sending: Pick<SendWithStepFunctions, 'send'>,
    private readonly ui: Pick<
      Ui,
      'ask' | 'askForText' | 'offer' | 'output' | 'pickRow' | 'run' | 'tell' | 'withProgress'
    >,
  ) {}

  async cancelUpload(argument?: unknown): Promise<void> {
    const none = l10n.t('No upload is under way.');
    const fits = ({ control }: ShownExecution) => control !== undefined;
    (await this.#choose(argument, { fits, none }))?.control?.cancel();
  }

  async resumeUpload(argument?: unknown): Promise<string | undefined> {
    const none = l10n.t('No upload is interrupted.');
    const fits = ({ state }: ShownExecution) => state === 'interrupted';
    const execution = await this.#choose(argument, { fits, none });
    return execution && this.sending.send(argumentsOf(execution, execution.file.path));
  }

  /** Asks Step Functions again how far it is. */
  async follow(argument?: unknown): Promise<void> {
    const execution = await this.#choose(argument, underWay());
    if (execution) this.follower.follow(execution);
  }

  /** Slows an execution down, or speeds it up, while it is under way. */
  async changeConcurrency(argument?: unknown): Promise<void> {
    const execution = await this.#choose(argument, underWay());
    if (!execution) return;
    const { mapRunArn, concurrency = 100 } = execution.status ?? {};
    if (mapRunArn === undefined) {
      this.ui.tell('information', l10n.t('Step Functions has not begun to read the file yet.'));
      return;
    }
    const chosen = await askForMapConcurrency(concurrency, this.ui);
    if (chosen === undefined) return;
    const title = l10n.t('Changing the concurrency');
    const unchanged = () => l10n.t('The concurrency was not changed.');
    await this.#withAws(execution, { title, left: unchanged }, async (aws) => {
      const { setConcurrency } = await stepFunctions();
      await setConcurrency(aws, mapRunArn, chosen);
      const changed = l10n.t('The concurrency is {0} now.', shownNumber(chosen));
      await this.#refreshAfter(execution, changed);
    });
  }

  async stop(argument?: unknown): Promise<void> {
    const execution = await this.#choose(argument, underWay());
    if (execution?.executionArn === undefined) return;
    const { executionArn } = execution;
    const stop = l10n.t('Stop');
    const question = {
      message: l10n.t('Stop sending {file} to {function}?', {
        file: basename(execution.file.path),
        function: functionLabel(execution.functionArn).label,
      }),
      detail: [
        executionProgress(execution),
        l10n.t('A stopped execution cannot go on. Its results tell which lines were not sent.'),
      ],
    };
    if ((await this.ui.ask('warning', question, stop)) !== stop) return;
    const shown = {
      title: l10n.t('Stopping the execution'),
      left: () => l10n.t('The execution goes on.'),
    };
    await this.#withAws(execution, shown, async (aws) => {
      const { stopExecution } = await stepFunctions();
      await stopExecution(aws, executionArn);
      await this.#refreshAfter(execution, l10n.t('The execution is stopped.'));
    });
  }

  async openInConsole(argument?: unknown): Promise<void> {
    const none = l10n.t('No file was sent through Step Functions.');
    const fits = ({ executionArn }: ShownExecution) => executionArn !== undefined;
    const execution = await this.#choose(argument, { fits, none });
    if (execution?.executionArn === undefined) return;
    const url = executionConsoleUrl(execution.executionArn);
    if (url !== undefined) await this.ui.run('vscode.open', url);
    else {
      const { region } = execution.place;
      this.ui.tell('information', l10n.t('The console of {0} has no public address.', region));
    }
  }

  /** Copies the lines that were not sent, and those that no result tells of, and offers to send the former. */
  async collect(argument?: unknown): Promise<ShownExecution['collected']> {
    const none = l10n.t('No execution has ended.');
    const chosen = await this.#choose(argument, { fits: isOver, none });
    if (!chosen) return undefined;
    const {
      bucket,
      file: { path },
    } = chosen;
    const copy = (kind: string) =>
      join(chosen.folder, `${basename(path, extname(path))}.${kind}.jsonl`);
    const copies = { rejected: copy('rejected'), missing: copy('missing') };
    const title = l10n.t('Collecting the results of {0}', basename(path));
    const left = () => l10n.t('No results were collected; they stay in the bucket {0}.', bucket);
    const done = await this.#withAws(chosen, { title, left }, async (aws) => {
      const { collectResults } = await stepFunctions();
      // The counts may have been read before the last items were done.
      const execution = (await this.follower.refresh(chosen)) ?? chosen;
      const collected = await collectResults(aws, execution, copies);
      const next = { ...execution, collected };
      await saveExecution(this.executions, next);
      return next;
    });
    if (!done) return undefined;
    const isGood = done.collected.rejected === 0 && done.collected.missing === 0;
    this.ui.offer(
      isGood ? 'information' : 'warning',
      executionSummary(done),
      ...this.#choicesAfter(done),
    );
    return done.collected;
  }

  /** Forgets an execution; the parts of an upload are deleted. */
  async delete(argument?: unknown): Promise<void> {
    const none = l10n.t('No execution has ended.');
    const fits = ({ state, control }: ShownExecution) => state !== 'running' && !control;
    const execution = await this.#choose(argument, { fits, none });
    if (!execution) return;
    const { uploadId, bucket, key } = execution;
    if (uploadId !== undefined) {
      const shown = {
        title: l10n.t('Deleting the uploaded parts'),
        left: () =>
          l10n.t('The parts of upload {uploadId} stay in the bucket {bucket}, and are billed.', {
            uploadId,
            bucket,
          }),
        choice: {
          title: l10n.t('Remove Execution All the Same'),
          run: () => deleteExecution(this.executions, execution.folder),
        },
      };
      const done = await this.#withAws(execution, shown, async (aws) => {
        const { abortUpload } = await stepFunctions();
        await abortUpload(aws, { bucket, key, uploadId });
        return true;
      });
      if (!done) return;
    }
    await deleteExecution(this.executions, execution.folder);
    if (execution.isUploaded && execution.executionArn === undefined)
      this.ui.tell(
        'information',
        l10n.t('The uploaded file stays in the bucket {0} as {1}.', bucket, key),
      );
  }

  async countOver(): Promise<number> {
    return (await this.executions.all()).filter(isOver).length;
  }

  /** Forgets the executions that are over. */
  async clear(): Promise<void> {
    for (const execution of await this.executions.all())
      if (isOver(execution)) await deleteExecution(this.executions, execution.folder);
  }

  #choicesAfter(execution: ShownExecution): Choice[] {
    const { rejectedLines, missingLines } = execution.collected ?? {};
    const open = (title: string, path: string): Choice => ({
      title,
      run: () => this.ui.run('vscode.open', Uri.file(path)),
    });
    const missing =
      missingLines === undefined ? [] : [open(l10n.t('Open Missing Lines'), missingLines)];
    if (rejectedLines === undefined) return missing;
    const about = argumentsOf(execution, rejectedLines);
    return [
      open(l10n.t('Open Rejected Lines'), rejectedLines),
      ...missing,
      {
        title: l10n.t('Send These from Here'),
        run: () => this.ui.run('invokeAsync.sendFile', { ...about, api: 'Invoke' }),
      },
      {
        title: l10n.t('Send These with Step Functions'),
        run: () => this.ui.run('invokeAsync.sendDistributed', about),
      },
    ];
  }

  /** Does something in AWS about an execution. `undefined` when the user cancelled, or was told what failed. */
  async #withAws<Value>(
    { file, place }: ShownExecution,
    { title, left, choice }: Doing,
    ask: (aws: StepFunctionsConnection) => Promise<Value>,
  ): Promise<Value | undefined> {
    try {
      return await withStepFunctions(this.ui, await connectionTo(place), title, ask);
    } catch (error) {
      const choices = choice ? [choice] : [];
      const halfDone =
        error instanceof HalfDone ? error : new HalfDone(error, { left: left(), choices });
      tellFailure(this.ui, basename(file.path), halfDone);
      return undefined;
    }
  }

  /** @throws {HalfDone} with what was done before */
  async #refreshAfter(execution: ShownExecution, done: string): Promise<void> {
    try {
      await this.follower.refresh(execution);
    } catch (error) {
      throw new HalfDone(error, { left: done });
    }
  }

  async #choose(
    argument: unknown,
    filter: Filter<ShownExecution>,
  ): Promise<ShownExecution | undefined> {
    const shown = { title: l10n.t('Lambda: Execution'), rowOf: pickRowOf };
    return chooseRun(argument, await this.executions.all(), filter, shown, this.ui);
  }
}

const pickRowOf = (execution: ShownExecution): PickRow => ({
  label: basename(execution.file.path),
  description: functionLabel(execution.functionArn).label,
  detail: executionProgress(execution),
});

function underWay(): Filter<ShownExecution> {
  return {
    fits: ({ state }) => state === 'running',
    none: l10n.t('No execution is under way.'),
  };
}

/** The same place and function once more. */
function argumentsOf({ functionArn, place }: ShownExecution, path: string): InvokeArguments {
  const { region, profile = '', endpoint = '' } = place;
  return { uri: Uri.file(path), functionName: functionArn, region, profile, endpoint };
}
