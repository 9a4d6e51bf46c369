import * as l10n from '@vscode/l10n';
import { type QuickPick, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { labelText } from '../../core/foreignText';
import { messageOf } from '../../core/messageOf';
import { FunctionRows, type ListedFunction, type Row } from './functionRows';

export interface FunctionChoices {
  /** What the pick asks, such as `Send created.json to`. */
  readonly title: string;
  readonly recent: readonly string[];
  /** The connection's functions, page by page. What it throws is shown inside the pick. */
  listed(signal: AbortSignal): AsyncIterable<readonly ListedFunction[]>;
}

/** `undefined` when the user cancelled. */
export type PickFunction = (choices: FunctionChoices) => Promise<string | undefined>;

interface RowItem extends QuickPickItem {
  readonly row: Row;
}

/**
 * Lets the user pick or type the target function: recent ones, the connection's as they arrive, or any name,
 * ARN or partial ARN, checked on every keystroke. Typed input never waits for the list.
 */
export async function pickFunction(choices: FunctionChoices): Promise<string | undefined> {
  const pick = window.createQuickPick<RowItem>();
  pick.title = `Lambda: ${choices.title}`;
  pick.placeholder = l10n.t('Function name, ARN or partial ARN');
  pick.ignoreFocusOut = true;

  const stopped = new AbortController();
  const rows = new FunctionRows(choices.recent);
  const draw = () => {
    const drawn = rows.draw(pick.activeItems[0]?.row);
    pick.items = drawn.rows.map(toItem);
    const active = pick.items.find(({ row }) => row === drawn.active);
    if (active) pick.activeItems = [active];
  };
  pick.onDidChangeValue((value) => {
    rows.type(value);
    draw();
  });
  pick.onDidChangeActive(([active]) => rows.activate(active?.row));
  draw();
  pick.show();
  void fill(pick, choices, stopped.signal, (functions, note) => {
    rows.list(functions, note);
    draw();
  });

  try {
    return await chosen(pick, rows, draw);
  } finally {
    stopped.abort();
    pick.dispose();
  }
}

async function chosen(
  pick: QuickPick<RowItem>,
  rows: FunctionRows,
  draw: () => void,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      // With no row on the screen, the selected one is that of an Enter before.
      const choice = rows.choose(
        pick.activeItems.length === 0 ? undefined : pick.selectedItems[0]?.row,
      );
      // What is no choice leaves the pick open, so that what was typed is not lost.
      if (!choice) return;
      if ('functionName' in choice) {
        resolve(choice.functionName);
        return;
      }
      pick.value = choice.correctTo;
      rows.correct(choice.correctTo);
      draw();
    });
    pick.onDidHide(() => resolve(undefined));
  });
}

async function fill(
  pick: QuickPick<RowItem>,
  choices: FunctionChoices,
  signal: AbortSignal,
  show: (functions: readonly ListedFunction[], note?: Row) => void,
): Promise<void> {
  const functions: ListedFunction[] = [];
  pick.busy = true;
  try {
    for await (const page of choices.listed(signal)) {
      if (signal.aborted) return;
      functions.push(...page);
      show(functions);
    }
    if (functions.length === 0) {
      show([], { kind: 'note', text: l10n.t('No functions yet.'), detail: '' });
    }
  } catch (error) {
    if (signal.aborted) return;
    const text = l10n.t('The functions could not be listed');
    show(functions, { kind: 'warning', text, detail: messageOf(error) });
  } finally {
    if (!signal.aborted) pick.busy = false;
  }
}

const icons = {
  typed: '$(arrow-right)',
  correction: '$(lightbulb)',
  wrong: '$(error)',
  incomplete: '$(ellipsis)',
  note: '$(info)',
  warning: '$(warning)',
} as const;

/**
 * The editor sorts the rows whose label holds what is typed before all others. So a function's name is a label, and
 * whatever else is shown has an icon as its label and comes last.
 */
function toItem(row: Row): RowItem {
  if (row.kind === 'heading') {
    return { label: row.label, kind: QuickPickItemKind.Separator, row };
  }
  const detail = labelText(row.detail);
  const text = labelText('text' in row ? row.text : row.functionName);
  if (row.kind === 'function') return { label: text, description: detail, row };
  return {
    label: icons[row.kind],
    description: text,
    detail,
    alwaysShow: row.kind !== 'note',
    row,
  };
}
