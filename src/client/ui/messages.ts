import { type MessageItem, type MessageOptions, window } from 'vscode';
import { messageText, oneLine } from '../../core/foreignText';

export type Severity = 'information' | 'warning' | 'error';

type Show = <Button extends MessageItem>(
  message: string,
  options: MessageOptions,
  ...buttons: Button[]
) => Thenable<Button | undefined>;

const show: Readonly<Record<Severity, Show>> = {
  information: window.showInformationMessage,
  warning: window.showWarningMessage,
  error: window.showErrorMessage,
};

/** Shows a message, and does not wait for the user. */
export function tell(severity: Severity, message: string): void {
  void showMessage(severity, message);
}

/** Shows a message that the user may leave alone. Resolves to the button that they press, if they press one. */
export async function showMessage<Button extends MessageItem>(
  severity: Severity,
  message: string,
  ...buttons: readonly Button[]
): Promise<Button | undefined> {
  return show[severity](messageText(message), {}, ...buttons);
}

/** Does what the editor asked for. When that fails, the editor itself shows the error as a message. */
export async function answer<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    error.message = messageText(error.message);
    throw error;
  }
}

/** What a modal dialog asks. */
export interface Question {
  readonly message: string;
  /** Below the question, one line each. */
  readonly detail?: readonly string[];
}

/** Asks what has to be answered first. Resolves to the label of the button that the user presses, unless it is Cancel. */
export async function ask<Label extends string>(
  severity: Severity,
  { message, detail = [] }: Question,
  ...labels: readonly Label[]
): Promise<Label | undefined> {
  // A dialog shows text as it stands, and makes no links.
  const options = { modal: true, detail: detail.map(oneLine).join('\n') };
  const buttons = labels.map((title) => ({ title }));
  return (await show[severity](oneLine(message), options, ...buttons))?.title;
}
