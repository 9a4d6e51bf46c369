import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import type { Progress } from 'vscode';
import { doneLines, type RunProgress } from '../../core/fileRun/run';
import { progressText } from '../../core/fileRun/runText';
import { functionLabel } from '../../core/functionIdentifier/label';
import type { Step, Ui } from '../ui/ui';
import type { Run } from './runs';

/** How far a run is, while it goes on by itself. Whoever hides the notification does not stop the run. */
export class RunNotification {
  #progress: Progress<Step> | undefined;
  #close = () => {};
  /** Of 100. */
  #shown = 0;
  /** The run is about to pause. */
  #isCancelled = false;

  /** @param onCancel the user chose Cancel, of which the notification says that it pauses */
  constructor(
    private readonly ui: Pick<Ui, 'withProgress'>,
    private readonly onCancel: () => void,
  ) {}

  /** Opens it, brings it up to date, or closes it. */
  follow(run: Run, progress: RunProgress): void {
    const { state, counts, lines } = progress;
    if (state !== 'running' && state !== 'waiting') {
      this.#isCancelled = false;
      this.close();
      return;
    }
    if (this.#isCancelled) return;
    if (!this.#progress) this.#open(run);
    const done = (100 * doneLines(counts)) / lines;
    this.#progress?.report({ message: progressText(progress), increment: done - this.#shown });
    this.#shown = done;
  }

  close(): void {
    this.#close();
    this.#progress = undefined;
  }

  #open({ file, target }: Run): void {
    const title = l10n.t('Sending {file} to {function} (Cancel pauses the run)', {
      file: basename(file.path),
      function: functionLabel(target.functionName, target.qualifier).label,
    });
    this.#shown = 0;
    void this.ui.withProgress(
      { title, location: 'notification', cancellable: true },
      async (progress, token) => {
        this.#progress = progress;
        token.onCancellationRequested(() => {
          this.#isCancelled = true;
          this.close();
          this.onCancel();
        });
        await new Promise<void>((resolve) => {
          this.#close = resolve;
        });
      },
    );
  }
}
