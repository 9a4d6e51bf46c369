import { Uri, window } from 'vscode';
import type { Services } from '../services';

/**
 * The files that a command is about: the row or file that its menu was opened on, with all that are selected; for a
 * key the selected rows; else the file in the editor.
 */
export function chosenPayloads(
  { payloadsView }: Services,
  argument: unknown,
  selection: unknown,
): Uri[] {
  if (Array.isArray(selection) && selection.length > 0) return selection.flatMap(fileOf);
  if (argument !== undefined) return fileOf(argument);
  const rows = payloadsView.selection.flatMap(fileOf);
  const active = window.activeTextEditor?.document.uri;
  return rows.length > 0 ? rows : active ? [active] : [];
}

/** Of a `Uri`, or of what holds one as `uri`: a row of a view, or the argument of a keybinding. */
function fileOf(argument: unknown): Uri[] {
  if (argument instanceof Uri) return [argument];
  if (typeof argument !== 'object' || argument === null || !('uri' in argument)) return [];
  const { uri } = argument;
  if (uri instanceof Uri) return [uri];
  return typeof uri === 'string' ? [Uri.parse(uri, true)] : [];
}
