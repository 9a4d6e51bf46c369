import * as l10n from '@vscode/l10n';
import type { MessageItem } from 'vscode';
import { messageOf } from '../messageOf';
import { type Severity, showMessage, tell } from './messages';
import type { Output } from './output';

/** A button under a message, and what it does. */
export interface Choice extends MessageItem {
  run(): unknown;
}

/** Shows a message with buttons and does not wait for the user. When what a button does fails, says so. */
export function offer(severity: Severity, message: string, ...choices: readonly Choice[]): void {
  const offered = async () => {
    const choice = await showMessage(severity, message, ...choices);
    await choice?.run();
  };
  offered().catch((error: unknown) => tell('error', messageOf(error)));
}

export function showOutput(output: Output): Choice {
  return { title: l10n.t('Show Output'), run: () => output.show() };
}
