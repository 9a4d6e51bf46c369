import * as l10n from '@vscode/l10n';
import { noCounts, type RunProgress, type RunSummary } from '../../core/fileRun/run';
import type { Connection } from '../../core/invocation/connection';
import type { Outcome } from '../../core/invocation/outcome';
import { MfaPrompt } from '../connection/mfaPrompt';
import { helpOf } from '../invoke/remedies';
import { causeAndRemedy } from '../invoke/reportText';
import { aws } from '../lazy';
import { type Choice, showOutput, type Ui } from '../ui/ui';
import { RunNotification } from './runNotification';
import { canSendRejected } from './runRow';
import type { Run, RunControl, Runs } from './runs';
import { errorLine, startLine, stateLine, summaryText } from './runText';
import type { RunPlan } from './runPlan';
import type { SendFileListener, SendFileProcess } from './sendFileProcess';

export type SessionUi = Pick<
  Ui,
  'askForText' | 'copy' | 'offer' | 'output' | 'run' | 'runInTerminal' | 'withProgress'
>;

/** One run while this window sends it: keeps its row up to date, and tells what changes and what it comes to. */
export class RunSession implements SendFileListener {
  #run: Run | undefined;
  #connection: Connection | undefined;
  #told = '';
  readonly #toldErrors = new Set<string>();
  readonly #notification: RunNotification;
  /** By the notification: it is gone, so there has to be another way to go on. */
  #wasCancelled = false;

  constructor(
    private readonly runs: Pick<Runs, 'add' | 'put'>,
    private readonly ui: SessionUi,
  ) {
    this.#notification = new RunNotification(ui, () => {
      this.#wasCancelled = true;
      this.#run?.control?.pause();
    });
  }

  onProgress(progress: RunProgress): void {
    if (!this.#run) return;
    this.#put({ ...this.#run, progress });
    this.#notification.follow(this.#run, progress);
    this.#tellErrors(progress);
    this.#tellState(progress);
  }

  async mfaCode(serial: string): Promise<string> {
    return new MfaPrompt(this.ui).ask(serial);
  }

  onOutput(text: string): void {
    this.ui.output.print('warn', '[sendFile]', text);
  }

  /** Follows a run that has begun to its end. */
  async follow(process: SendFileProcess, plan: RunPlan, folder: string): Promise<RunSummary> {
    const { functionName, qualifier, tenantId, api, connection, check, isLocal } = plan;
    const { region, accountId, endpoint, profile } = connection;
    const { size, sha256, lines } = check;
    const run: Run = {
      folder,
      target: { api, functionName, qualifier, region, accountId, endpoint, profile, tenantId },
      file: { path: plan.file.fsPath, size, sha256, lines },
      startedAt: new Date().toISOString(),
      // Until it says more: it can be paused from the first moment on.
      progress: {
        state: 'running',
        lines,
        counts: noCounts,
        errors: [],
        perSecond: 0,
        rate: plan.pace.rate,
      },
      control: controlOf(process),
      isLocal,
    };
    this.#connection = connection;
    this.#run = run;
    await this.runs.add(run);
    this.ui.output.info(startLine(plan, run));
    this.ui.output.show();
    try {
      const summary = await process.summary;
      this.#finish({ ...run, ...summary, control: undefined });
      return summary;
    } catch (error) {
      // It died: what it did is in its journal alone.
      this.#finish({ ...this.#run, control: undefined, progress: undefined });
      throw error;
    }
  }

  #put(run: Run): void {
    this.#run = run;
    this.runs.put(run);
  }

  #finish(run: Run): void {
    this.#notification.close();
    this.#put(run);
    const { progress } = run;
    if (!progress) return;
    const { output } = this.ui;
    const message = summaryText(run);
    const isGood = progress.state === 'finished' && progress.counts.accepted === progress.lines;
    if (isGood) output.info(message);
    else output.warn(message);
    for (const error of progress.errors) output.warn(errorLine(run, error));
    // Why it stopped by itself was told when it did.
    if (progress.state === 'stopped' && progress.reason !== 'user') return;
    this.ui.offer(isGood ? 'information' : 'warning', message, ...this.#choicesAfter(run));
  }

  #choicesAfter(run: Run): Choice[] {
    const { rejectedLines, unknownLines, progress } = run;
    const isFinished = progress?.state === 'finished';
    return [
      ...(isFinished ? [] : [this.#resume(run)]),
      ...(rejectedLines === undefined
        ? []
        : [this.#command(l10n.t('Open Rejected Lines'), 'invokeAsync.openRejectedLines', run)]),
      ...(canSendRejected(run)
        ? [this.#command(l10n.t('Send These'), 'invokeAsync.sendRejectedLines', run)]
        : []),
      ...(unknownLines === undefined
        ? []
        : [this.#command(l10n.t('Open Unknown Lines'), 'invokeAsync.openUnknownLines', run)]),
      ...(isFinished
        ? [this.#command(l10n.t('Copy Report'), 'invokeAsync.copyRunReport', run)]
        : []),
    ];
  }

  #resume(run: Run): Choice {
    return this.#command(l10n.t('Resume'), 'invokeAsync.resumeRun', run);
  }

  #command(title: string, id: RunCommandId, { folder }: Run): Choice {
    return { title, run: () => this.ui.run(id, { run: { folder } }) };
  }

  #tellErrors({ errors }: RunProgress): void {
    if (!this.#run) return;
    for (const error of errors) {
      const key = `${error.kind} ${error.name}`;
      if (this.#toldErrors.has(key)) continue;
      this.#toldErrors.add(key);
      this.ui.output.warn(errorLine(this.#run, error));
    }
  }

  #tellState(progress: RunProgress): void {
    const { state, reason } = progress;
    const key = `${state} ${reason ?? ''}`;
    if (!this.#run || key === this.#told) return;
    const isFirst = this.#told === '';
    this.#told = key;
    // That it runs was told, and what it came to is told at the end.
    if ((isFirst && state === 'running') || state === 'finished') return;
    const isByItself = reason !== undefined && reason !== 'user';
    const line = stateLine(this.#run, progress);
    this.ui.output[isByItself ? 'warn' : 'info'](line);
    if (state === 'paused' && this.#wasCancelled) {
      this.#wasCancelled = false;
      const stop = this.#command(l10n.t('Stop'), 'invokeAsync.stopRun', this.#run);
      this.ui.offer('information', line, this.#resume(this.#run), stop);
    }
    if (isByItself && (state === 'paused' || state === 'stopped')) {
      void this.#explain(this.#run, progress);
    }
  }

  /** It does not go on by itself: says why, and offers what helps. */
  async #explain(run: Run, progress: RunProgress): Promise<void> {
    const { target } = run;
    const resume = this.#resume(run);
    const heading = stateLine(run, progress);
    if (!progress.error || !this.#connection) {
      this.ui.offer('warning', heading, resume, showOutput(this.ui.output));
      return;
    }
    const outcome: Outcome = {
      kind: 'rejected',
      api: target.api,
      functionName: target.functionName,
      error: progress.error,
      durationMs: 0,
      payloadBytes: 0,
      attempts: 1,
    };
    const explanation = (await aws()).explainError(outcome, this.#connection);
    const { cause, remedy } = explanation;
    this.ui.output.warn(causeAndRemedy(cause, remedy));
    const afterSignIn = {
      message: l10n.t('Sign in in the browser, then resume the run.'),
      choice: resume,
    };
    const help = helpOf({ explanation, afterSignIn, ui: this.ui });
    const message = `${heading}. ${causeAndRemedy(cause, remedy)}`;
    this.ui.offer('warning', message, ...help, resume, showOutput(this.ui.output));
  }
}

type RunCommandId =
  | 'invokeAsync.copyRunReport'
  | 'invokeAsync.openRejectedLines'
  | 'invokeAsync.openUnknownLines'
  | 'invokeAsync.resumeRun'
  | 'invokeAsync.sendRejectedLines'
  | 'invokeAsync.stopRun';

function controlOf(process: SendFileProcess): RunControl {
  return {
    pause: () => process.pause(),
    resume: () => process.resume(),
    stop: () => process.stop(),
    setRate: (rate) => {
      process.rate = rate;
    },
  };
}
