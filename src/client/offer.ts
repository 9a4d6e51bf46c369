import * as l10n from '@vscode/l10n';
import { type LogOutputChannel, type MessageItem, window } from 'vscode';
import { messageOf } from './messageOf';

/** A button under a message, and what it does. */
export interface Choice extends MessageItem {
  run(): unknown;
}

type Show = (message: string, ...choices: Choice[]) => Thenable<Choice | undefined>;

const show: Readonly<Record<'information' | 'warning' | 'error', Show>> = {
  information: window.showInformationMessage,
  warning: window.showWarningMessage,
  error: window.showErrorMessage,
};

/** Shows a message with buttons and does not wait for the user. When what a button does fails, says so. */
export function offer(
  severity: keyof typeof show,
  message: string,
  ...choices: readonly Choice[]
): void {
  const offered = async () => {
    const choice = await show[severity](message, ...choices);
    await choice?.run();
  };
  offered().catch((error: unknown) => window.showErrorMessage(messageOf(error)));
}

export function showOutput(output: LogOutputChannel): Choice {
  return { title: l10n.t('Show Output'), run: () => output.show(true) };
}
