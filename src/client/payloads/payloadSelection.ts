import * as l10n from '@vscode/l10n';
import { Uri } from 'vscode';
import type { Ui } from '../ui/ui';

/** What the Payloads view shows as selected. */
interface Rows {
  readonly selection: readonly unknown[];
  /** Whether a row is below one that is closed. */
  readonly isHidden: (row: unknown) => boolean;
}

/** Finds the payloads that a command is about. */
export class PayloadSelection {
  constructor(
    private readonly view: Rows,
    private readonly ui: Pick<Ui, 'offer' | 'run'>,
  ) {}

  /**
   * The rows or files that a command is about: those that its menu was opened on, with all that are selected; for a key
   * in the Payloads view the rows of rowsOfKey, and never the file in the editor, which the user is not looking at.
   * @param argument of a key: a list of the focused row, as package.json binds it
   */
  rows(argument: unknown, selection: unknown): readonly unknown[] {
    if (Array.isArray(selection) && selection.length > 0) return selection;
    if (Array.isArray(argument)) {
      return rowsOfKey<unknown>(argument[0], this.view.selection, this.view.isHidden);
    }
    if (argument !== undefined) return [argument];
    this.#tellOfArguments();
    return [];
  }

  /** The files of those rows. */
  files(argument: unknown, selection: unknown): Uri[] {
    return this.rows(argument, selection).flatMap(fileOf);
  }

  /** The one file that a command is about which is for one: of a key, that of the focused row. */
  file(argument: unknown): Uri | undefined {
    if (argument === undefined) this.#tellOfArguments();
    const [row] = Array.isArray(argument)
      ? rowsOfKey<unknown>(argument[0], [], this.view.isHidden)
      : [argument];
    return fileOf(row)[0];
  }

  /** The editor leaves the arguments out when the user gives a command another key; without them no row is certain. */
  #tellOfArguments(): void {
    const needed = '"args": [{ "$treeViewId": "invokeAsync.payloads", "$focusedTreeItem": true }]';
    const message = l10n.t('In keybindings.json, this key binding requires: {0}', needed);
    this.ui.offer('information', message, {
      title: l10n.t('Open Keyboard Shortcuts'),
      run: () => this.ui.run('workbench.action.openGlobalKeybindingsFile'),
    });
  }
}

/**
 * The rows of a view that a key is for: the focused one, which the editor marks and the keys move, or all that are
 * selected when it is one of them. None while no row is marked: the editor keeps the focus of a row that is hidden.
 */
export function rowsOfKey<Row>(
  focused: Row | undefined,
  selected: readonly Row[],
  isHidden: (row: Row) => boolean,
): readonly Row[] {
  if (focused === undefined || isHidden(focused)) return [];
  return selected.includes(focused) ? selected.filter((row) => !isHidden(row)) : [focused];
}

/** Of a `Uri`, or of what holds one as `uri`: a row of a view, or the argument of a keybinding. */
export function fileOf(argument: unknown): Uri[] {
  if (argument instanceof Uri) return [argument];
  if (typeof argument !== 'object' || argument === null || !('uri' in argument)) return [];
  const { uri } = argument;
  if (uri instanceof Uri) return [uri];
  return typeof uri === 'string' ? [Uri.parse(uri, true)] : [];
}
