import { Uri } from 'vscode';
import type { Services } from '../services';

/**
 * The files that a command is about: the row or file that its menu was opened on, with all that are selected; for a
 * key in the Payloads view the selected payloads, and never the file in the editor, which the user is not looking at.
 */
export function chosenPayloads(
  { payloadsView }: Services,
  argument: unknown,
  selection: unknown,
): Uri[] {
  if (Array.isArray(selection) && selection.length > 0) return selection.flatMap(fileOf);
  if (argument !== undefined) return fileOf(argument);
  return payloadsView.selection.flatMap(fileOf);
}

/** Of a `Uri`, or of what holds one as `uri`: a row of a view, or the argument of a keybinding. */
function fileOf(argument: unknown): Uri[] {
  if (argument instanceof Uri) return [argument];
  if (typeof argument !== 'object' || argument === null || !('uri' in argument)) return [];
  const { uri } = argument;
  if (uri instanceof Uri) return [uri];
  return typeof uri === 'string' ? [Uri.parse(uri, true)] : [];
}
