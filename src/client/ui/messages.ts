import { type MessageItem, window } from 'vscode';
import { messageText, oneLine } from '../../core/foreignText';

export type Severity = 'information' | 'warning' | 'error';

interface Question {
  readonly message: string;
  /** Only modal questions have it; one line each. */
  readonly detail?: readonly string[];
}

/** Shows a message, and does not wait for the user. */
export function tell(severity: Severity, message: string): void {
  void showMessage(severity, message);
}

/** Shows a message that the user can leave alone. Resolves to the button that they press, if they press one. */
export async function showMessage<Button extends string | MessageItem>(
  severity: Severity,
  message: string,
  ...buttons: readonly Button[]
): Promise<Button | undefined> {
  return shown[severity](messageText(message), {}, ...buttons);
}

/** Asks what has to be answered first. Resolves to the button that the user presses, if it is not Cancel. */
export async function askModal<Button extends string>(
  severity: Severity,
  { message, detail = [] }: Question,
  ...buttons: readonly Button[]
): Promise<Button | undefined> {
  const options = { modal: true, detail: detail.map(oneLine).join('\n') };
  return shown[severity](messageText(message), options, ...buttons);
}
