import { type QuickPickItem, type QuickPickOptions, window } from 'vscode';
import { labelText } from '../../core/foreignText';

/** A row of a pick. All of its words are text; an icon stands in front of them. */
export interface PickRow extends Pick<QuickPickItem, 'label' | 'kind' | 'alwaysShow'> {
  /** Name of one of the editor's icons. */
  readonly icon?: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
}

/** Lets the user pick one of the rows. `undefined` when they cancelled. */
export async function pickRow<Row extends PickRow>(
  rows: readonly Row[] | Promise<readonly Row[]>,
  options: QuickPickOptions,
): Promise<Row | undefined> {
  const items = Promise.resolve(rows).then((all) => all.map((row) => ({ ...itemOf(row), row })));
  return (await window.showQuickPick(items, options))?.row;
}

/** What the editor shows of a row. */
export function itemOf({
  icon,
  label,
  description,
  detail,
  kind,
  alwaysShow,
}: PickRow): QuickPickItem {
  return {
    label: [icon === undefined ? '' : `$(${icon})`, labelText(label)].filter(Boolean).join(' '),
    ...(description !== undefined && { description: labelText(description) }),
    ...(detail !== undefined && { detail: labelText(detail) }),
    ...(kind !== undefined && { kind }),
    ...(alwaysShow !== undefined && { alwaysShow }),
  };
}
