import * as l10n from '@vscode/l10n';
import { QuickPickItemKind } from 'vscode';
import type { PickRow } from '../ui/ui';

/**
 * The rows of a pick, those that hold now first and marked.
 * @param heading of the others
 */
export function currentFirst<Row extends PickRow>(
  rows: readonly Row[],
  isCurrent: (row: Row) => boolean,
  heading?: string,
): (Row | PickRow)[] {
  return [
    ...rows.filter(isCurrent).map((row) => ({
      ...row,
      description: [row.description, l10n.t('current')].filter(Boolean).join(' · '),
    })),
    ...(heading === undefined ? [] : [{ label: heading, kind: QuickPickItemKind.Separator }]),
    ...rows.filter((row) => !isCurrent(row)),
  ];
}
