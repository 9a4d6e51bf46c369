import { type CancellationToken, type Progress, ProgressLocation, window } from 'vscode';
import { messageText, promptText } from '../../core/foreignText';

export interface ProgressOptions {
  readonly title: string;
  /** A notification, the status bar, or a bar over a view, which shows no words. */
  readonly location: ProgressLocation | { readonly viewId: string };
  readonly cancellable?: boolean;
}

export interface Step {
  readonly message?: string;
  /** Of 100. */
  readonly increment?: number;
}

/** Shows that something goes on for as long as the task takes. */
export async function withProgress<Result>(
  { title, location, cancellable = false }: ProgressOptions,
  task: (progress: Progress<Step>, token: CancellationToken) => Promise<Result>,
): Promise<Result> {
  const inert = location === ProgressLocation.Window ? promptText : messageText;
  return window.withProgress({ title: inert(title), location, cancellable }, (progress, token) =>
    task(
      {
        report: ({ message, ...step }) =>
          progress.report(message === undefined ? step : { ...step, message: inert(message) }),
      },
      token,
    ),
  );
}
