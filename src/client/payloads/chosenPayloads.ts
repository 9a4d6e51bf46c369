import * as l10n from '@vscode/l10n';
import { commands, Uri } from 'vscode';
import { offer } from '../ui/offer';
import type { Services } from '../services';
import { rowsOfKey } from './rowsOfKey';

/**
 * The rows or files that a command is about: those that its menu was opened on, with all that are selected; for a key
 * in the Payloads view the rows of rowsOfKey, and never the file in the editor, which the user is not looking at.
 * @param argument of a key: a list of the focused row, as package.json binds it
 */
export function chosenRows(
  { payloadsView }: Pick<Services, 'payloadsView'>,
  argument: unknown,
  selection: unknown,
): readonly unknown[] {
  if (Array.isArray(selection) && selection.length > 0) return selection;
  if (Array.isArray(argument)) {
    return rowsOfKey<unknown>(argument[0], payloadsView.selection, payloadsView.isHidden);
  }
  if (argument !== undefined) return [argument];
  tellOfArguments();
  return [];
}

/** The files of those rows. */
export function chosenPayloads(
  services: Pick<Services, 'payloadsView'>,
  argument: unknown,
  selection: unknown,
): Uri[] {
  return chosenRows(services, argument, selection).flatMap(fileOf);
}

/** The one file that a command is about which is for one: of a key, that of the focused row. */
export function chosenPayload(
  { payloadsView }: Pick<Services, 'payloadsView'>,
  argument: unknown,
): Uri | undefined {
  if (argument === undefined) tellOfArguments();
  const [row] = Array.isArray(argument)
    ? rowsOfKey<unknown>(argument[0], [], payloadsView.isHidden)
    : [argument];
  return fileOf(row)[0];
}

/** Of a `Uri`, or of what holds one as `uri`: a row of a view, or the argument of a keybinding. */
export function fileOf(argument: unknown): Uri[] {
  if (argument instanceof Uri) return [argument];
  if (typeof argument !== 'object' || argument === null || !('uri' in argument)) return [];
  const { uri } = argument;
  if (uri instanceof Uri) return [uri];
  return typeof uri === 'string' ? [Uri.parse(uri, true)] : [];
}

/** The editor leaves the arguments out when the user gives a command another key; without them no row is certain. */
function tellOfArguments(): void {
  const needed = '"args": [{ "$treeViewId": "invokeAsync.payloads", "$focusedTreeItem": true }]';
  offer('information', l10n.t('In keybindings.json, this key binding requires: {0}', needed), {
    title: l10n.t('Open Keyboard Shortcuts'),
    run: () => commands.executeCommand('workbench.action.openGlobalKeybindingsFile'),
  });
}
