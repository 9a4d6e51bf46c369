import * as l10n from '@vscode/l10n';
import { rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Uri } from 'vscode';
import type { RunSummary } from '../../core/fileRun/run';
import { progressText } from '../../core/fileRun/runText';
import { functionLabel } from '../../core/functionIdentifier/label';
import type { PickRow, Ui } from '../ui/ui';
import { chooseRun, type Filter } from './chooseRun';
import type { ElementFiles } from './elementFiles';
import { askForRate } from './runPaces';
import { canPause, canResume, canSendRejected } from './runRow';
import type { Run, Runs } from './runs';
import { reportText, summaryText } from './runText';
import type { SendFile } from './sendFile';

/** The commands about runs that have begun. */
export class RunCommands {
  constructor(
    private readonly runs: Runs,
    private readonly sendFile: Pick<SendFile, 'resume' | 'sendRejected'>,
    private readonly elementFiles: Pick<ElementFiles, 'deleteUnused'>,
    private readonly ui: Pick<Ui, 'ask' | 'askForText' | 'copy' | 'pickRow' | 'run' | 'tell'>,
  ) {}

  async pause(argument?: unknown): Promise<void> {
    const none = l10n.t('No run is under way.');
    (await this.#choose(argument, { fits: canPause, none }))?.control?.pause();
  }

  /** Goes on with a run that is paused, or that ended early; of the latter resolves to what it came to. */
  async resume(argument?: unknown): Promise<RunSummary | undefined> {
    const none = l10n.t('No run is paused or interrupted.');
    const run = await this.#choose(argument, { fits: canResume, none });
    if (!run) return undefined;
    if (!run.control) return this.sendFile.resume(run);
    run.control.resume();
    return undefined;
  }

  async stop(argument?: unknown): Promise<void> {
    (await this.#choose(argument, ofThisWindow()))?.control?.stop();
  }

  async changeRate(argument?: unknown): Promise<void> {
    const run = await this.#choose(argument, ofThisWindow());
    const chosen = run && (await askForRate(run.progress?.rate, this.ui));
    if (chosen) run.control?.setRate(chosen.rate);
  }

  async openRejected(argument?: unknown): Promise<void> {
    const none = l10n.t('No run has rejected lines.');
    const fits = (run: Run) => run.rejectedLines !== undefined;
    const run = await this.#choose(argument, { fits, none });
    if (run?.rejectedLines !== undefined) await this.#open(run.rejectedLines);
  }

  async openUnknown(argument?: unknown): Promise<void> {
    const none = l10n.t('No run has unknown lines.');
    const fits = (run: Run) => run.unknownLines !== undefined;
    const run = await this.#choose(argument, { fits, none });
    if (run?.unknownLines !== undefined) await this.#open(run.unknownLines);
  }

  /** A new run of the lines that were rejected, to the same function at the same place. */
  async sendRejected(argument?: unknown): Promise<RunSummary | undefined> {
    const none = l10n.t('No run has rejected lines that can be sent again.');
    const run = await this.#choose(argument, { fits: canSendRejected, none });
    return run && this.sendFile.sendRejected(run);
  }

  async copyReport(argument?: unknown): Promise<void> {
    const run = await this.#choose(argument, {
      fits: ({ control }) => !control,
      none: l10n.t('No run is over.'),
    });
    if (run) await this.ui.copy(reportText(run));
  }

  /** Forgets a run, with its journal and the copies of its lines. */
  async delete(argument?: unknown): Promise<void> {
    const run = await this.#choose(argument, {
      fits: ({ control }) => !control,
      none: l10n.t('No run is over.'),
    });
    if (!run) return;
    const isFinished = run.progress?.state === 'finished';
    const button = l10n.t('Delete');
    const detail = [
      summaryText(run),
      ...(isFinished
        ? []
        : [l10n.t('It cannot be resumed then, and which lines have been sent is forgotten.')]),
      l10n.t('Its journal and its copies of rejected and unknown lines are deleted.'),
    ];
    const message = l10n.t('Delete the run of {0}?', basename(run.file.path));
    if ((await this.ui.ask('warning', { message, detail }, button)) === button) {
      await this.#delete([run]);
    }
  }

  async countOver(): Promise<number> {
    return (await this.#finished()).length;
  }

  /** Deletes the runs that are finished. */
  async clear(): Promise<void> {
    await this.#delete(await this.#finished());
  }

  async #finished(): Promise<Run[]> {
    const all = await this.runs.all();
    return all.filter(({ progress }) => progress?.state === 'finished');
  }

  async #delete(runs: readonly Run[]): Promise<void> {
    const ours = runs.filter(({ folder }) => dirname(dirname(folder)) === this.runs.root);
    await Promise.all(ours.map(({ folder }) => rm(folder, { recursive: true, force: true })));
    if (ours.length > 0) this.runs.remove(ours.map(({ folder }) => folder));
    await this.elementFiles.deleteUnused();
  }

  /** With the editor's own limit for large files, and the user's way to open them. */
  async #open(path: string): Promise<void> {
    await this.ui.run('vscode.open', Uri.file(path));
  }

  async #choose(argument: unknown, filter: Filter<Run>): Promise<Run | undefined> {
    const shown = { title: l10n.t('Lambda: Run'), rowOf: pickRowOf };
    return chooseRun(argument, await this.runs.all(), filter, shown, this.ui);
  }
}

const pickRowOf = ({ file, target, progress }: Run): PickRow => ({
  label: basename(file.path),
  description: functionLabel(target.functionName, target.qualifier).label,
  ...(progress && { detail: progressText(progress) }),
});

function ofThisWindow(): Filter<Run> {
  return {
    fits: ({ control }) => control !== undefined,
    none: l10n.t('No run is under way.'),
  };
}
