import { MarkdownString } from 'vscode';
import type { CommandId } from '../contributions';

/**
 * Markdown whose links may run the commands that are named, and no others.
 * @param text ours: what others wrote went through `markdownText` or `markdownCode` of core
 * @param enabledCommands ids of commands that take nothing from a link
 */
export function markdown(text: string, enabledCommands: readonly CommandId[]): MarkdownString {
  const value = new MarkdownString(text);
  value.isTrusted = { enabledCommands };
  return value;
}
