import type { Progress } from 'vscode';
import type { Step, Ui } from './ui';

/**
 * Shows that something goes on that the user can cancel: then its signal ends. Resolves to what the task resolves to, or to
 * `undefined` when it failed after that.
 */
export async function cancellable<Result>(
  ui: Pick<Ui, 'withProgress'>,
  title: string,
  task: (signal: AbortSignal, progress: Progress<Step>) => Promise<Result>,
): Promise<Result | undefined> {
  return ui.withProgress(
    { title, location: 'notification', cancellable: true },
    async (progress, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      try {
        return await task(cancel.signal, progress);
      } catch (error) {
        if (cancel.signal.aborted) return undefined;
        throw error;
      }
    },
  );
}
