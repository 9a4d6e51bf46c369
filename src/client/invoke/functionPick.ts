import * as l10n from '@vscode/l10n';
import { isDeepStrictEqual } from 'node:util';
import {
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  window,
} from 'vscode';
import { labelText } from '../../core/foreignText';
import { isQualified } from '../../core/functionIdentifier/qualifier';
import { ConnectionError } from '../../core/invocation/connectionError';
import { messageOf } from '../../core/messageOf';
import { functionOfEvents } from '../../core/projectFunctions/functionOfEvents';
import { FunctionRows, type ListedFunction, type PickedFunction } from './functionRows';
import type { Row } from './typedRow';

export interface FunctionChoices {
  /** What the pick asks, such as `Send created.json to`. */
  readonly title: string;
  readonly recent: readonly string[];
  /** Those that the workspace's own files name; the others wait for them. Never rejects. */
  project(): Promise<readonly ListedFunction[]>;
  /** Address of the event's file, which may stand beside the function that it is for. */
  readonly payload?: string | undefined;
  /** Functions that are listed at once, page by page. What it throws is shown inside the pick. */
  listed(signal: AbortSignal): AsyncIterable<readonly ListedFunction[]>;
  /** Those of the account, which is asked when the user chooses to; left out where `listed` asks it. */
  account?(signal: AbortSignal): AsyncIterable<readonly ListedFunction[]>;
}

/** `undefined` when the user cancelled. */
export type PickFunction = (choices: FunctionChoices) => Promise<PickedFunction | undefined>;

interface RowItem extends QuickPickItem {
  readonly row: Row;
}

/**
 * Lets the user pick or type the target function: recent ones, the project's and the connection's as they arrive, or any name,
 * ARN or partial ARN, checked on every keystroke. Typed input never waits for the list.
 */
export async function pickFunction(choices: FunctionChoices): Promise<PickedFunction | undefined> {
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
  const show = (change: (rows: FunctionRows) => void) => {
    const before = rows.rows();
    change(rows);
    // What is drawn anew for nothing may undo the key that the user presses meanwhile.
    if (!isDeepStrictEqual(rows.rows(), before)) draw();
  };
  void fill(pick, choices, stopped.signal, show);

  try {
    return await chosen(
      pick,
      rows,
      draw,
      () => void askAccount(pick, choices, stopped.signal, show),
    );
  } finally {
    stopped.abort();
    pick.dispose();
  }
}

async function chosen(
  pick: QuickPick<RowItem>,
  rows: FunctionRows,
  draw: () => void,
  listAccount: () => void,
): Promise<PickedFunction | undefined> {
  return new Promise((resolve) => {
    pick.onDidTriggerItemButton(({ item: { row } }) => {
      if (row.kind === 'function')
        resolve({ functionName: row.functionName, wantsQualifier: true });
    });
    pick.onDidAccept(() => {
      // With no row on the screen, the selected one is that of an Enter before.
      const choice = rows.choose(
        pick.activeItems.length === 0 ? undefined : pick.selectedItems[0]?.row,
      );
      // What is no choice leaves the pick open, so that what was typed is not lost.
      if (!choice) return;
      if ('functionName' in choice) return resolve(choice);
      if ('asksAccount' in choice) return listAccount();
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
  show: (change: (rows: FunctionRows) => void) => void,
): Promise<void> {
  // The others wait for them, for a row keeps its place.
  const project = choices.project().then((named) => {
    const likely = choices.payload && functionOfEvents(choices.payload, named);
    if (!signal.aborted) show((rows) => rows.nameProject(named, likely || undefined));
    return named;
  });
  const isEmpty = await list(pick, choices.listed(signal), signal, async (functions, note) => {
    await project;
    if (!signal.aborted) show((rows) => rows.list(functions, note));
  });
  const isNothing = (await project).length === 0 && isEmpty;
  if (signal.aborted) return;
  // Nobody can say that there are none before the account was asked.
  if (choices.account) show((rows) => rows.offerAccount());
  else if (isNothing) show((rows) => rows.list([], noFunctions()));
}

async function askAccount(
  pick: QuickPick<RowItem>,
  choices: FunctionChoices,
  signal: AbortSignal,
  show: (change: (rows: FunctionRows) => void) => void,
): Promise<void> {
  const pages = choices.account?.(signal);
  if (!pages) return;
  show((rows) => rows.listAccount([]));
  const isEmpty = await list(pick, pages, signal, (functions, note) =>
    show((rows) => rows.listAccount(functions, note)),
  );
  if (isEmpty && !signal.aborted) show((rows) => rows.listAccount([], noFunctions()));
}

/**
 * Shows functions as they arrive, and why no more can be listed.
 * @returns whether there are none
 */
async function list(
  pick: QuickPick<RowItem>,
  pages: AsyncIterable<readonly ListedFunction[]>,
  signal: AbortSignal,
  show: (functions: readonly ListedFunction[], note?: Row) => unknown,
): Promise<boolean> {
  const functions: ListedFunction[] = [];
  pick.busy = true;
  try {
    for await (const page of pages) {
      if (signal.aborted) break;
      functions.push(...page);
      await show(functions);
    }
    return functions.length === 0;
  } catch (error) {
    if (!signal.aborted) {
      const text = l10n.t('The functions could not be listed');
      const remedy = error instanceof ConnectionError ? error.remedy : '';
      const detail = [messageOf(error), remedy].filter(Boolean).join(' ');
      await show(functions, { kind: 'warning', text, detail });
    }
    return false;
  } finally {
    if (!signal.aborted) pick.busy = false;
  }
}

function noFunctions(): Row {
  return { kind: 'note', text: l10n.t('No functions yet.'), detail: '' };
}

const icons = {
  typed: '$(arrow-right)',
  page: '$(link)',
  qualifiers: '$(versions)',
  account: '$(cloud)',
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
  if (row.kind === 'place') return { label: '', kind: QuickPickItemKind.Separator, row };
  const detail = labelText(row.detail);
  const text = labelText('text' in row ? row.text : row.functionName);
  if (row.kind === 'function') {
    const buttons = isQualified(row) ? [] : [qualifierButton()];
    return { label: text, description: detail, buttons, row };
  }
  return {
    label: row.kind === 'typed' && row.isWarned ? icons.warning : icons[row.kind],
    description: text,
    detail,
    alwaysShow: row.kind !== 'note',
    row,
  };
}

function qualifierButton(): QuickInputButton {
  return { iconPath: new ThemeIcon('versions'), tooltip: l10n.t('Select Version or Alias…') };
}
