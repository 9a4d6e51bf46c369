import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import { type Disposable, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import { progressText, stateText } from '../../core/fileRun/runText';
import { labelText, markdownText } from '../../core/foreignText';
import type { CommandId, ViewId } from '../contributions';
import { markdown } from '../ui/editorUi';
import type { Run, Runs } from './runs';

/** Says how far the runs of this window are, while there are some. */
export class RunStatusBar implements Disposable {
  #item: StatusBarItem | undefined;
  readonly #listening: Disposable;

  constructor(private readonly runs: Pick<Runs, 'known' | 'onDidChange'>) {
    this.#listening = runs.onDidChange(() => this.#show());
  }

  dispose(): void {
    this.#listening.dispose();
    this.#item?.dispose();
  }

  #show(): void {
    const current = this.runs.known.filter(({ control }) => control);
    const [first] = current;
    if (!first) {
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    this.#item ??= this.#create();
    const isPaused = first.progress?.state === 'paused';
    const more = current.length > 1 ? ` (+${current.length - 1})` : '';
    const icon = isPaused ? 'debug-pause' : 'sync~spin';
    this.#item.text = `$(${icon}) ${labelText(wordsOf(first))}${more}`;
    const tooltip = current.map((run) =>
      markdownText(`${basename(run.file.path)}: ${wordsOf(run)}`),
    );
    const links = (
      [
        ['invokeAsync.pauseRun', l10n.t('Pause')],
        ['invokeAsync.resumeRun', l10n.t('Resume')],
        ['invokeAsync.changeRunRate', l10n.t('Change Rate…')],
        ['invokeAsync.stopRun', l10n.t('Stop')],
      ] as const satisfies readonly (readonly [CommandId, string])[]
    ).filter(([id]) => id !== (isPaused ? 'invokeAsync.pauseRun' : 'invokeAsync.resumeRun'));
    this.#item.tooltip = markdown(
      [...tooltip, links.map(([id, title]) => `[${title}](command:${id})`).join(' · ')].join(
        '\n\n',
      ),
      links.map(([id]) => id),
    );
    this.#item.show();
  }

  #create(): StatusBarItem {
    const item = window.createStatusBarItem('invokeAsync.run', StatusBarAlignment.Left, 0);
    item.name = l10n.t('Lambda: Run');
    item.command = `${'invokeAsync.invocations' satisfies ViewId}.focus`;
    return item;
  }
}

function wordsOf({ progress }: Run): string {
  if (!progress) return l10n.t('Starting');
  const words = progressText(progress);
  const isAsUsual = progress.state === 'running' && !progress.reason;
  return isAsUsual ? words : `${words} · ${stateText(progress)}`;
}
