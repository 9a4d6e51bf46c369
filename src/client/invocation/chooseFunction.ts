import * as l10n from '@vscode/l10n';
import { type QuickPick, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { describeIdentifier } from '../../core/functionIdentifier/describe';
import { identifierProblems } from '../../core/functionIdentifier/problems';
import { messageOf } from '../messageOf';

/** A function of the account, as the pick lists it. */
export interface ListedFunction {
  readonly name: string;
  /** For example the runtime. */
  readonly detail: string;
}

export interface FunctionChoices {
  /** What the pick asks, such as `Send created.json to`. */
  readonly title: string;
  readonly recent: readonly string[];
  /** The connection's functions, page by page. What it throws is shown inside the pick. */
  listed(signal: AbortSignal): AsyncIterable<readonly ListedFunction[]>;
}

interface FunctionItem extends QuickPickItem {
  /** What choosing the item means; absent on lines that only tell something. */
  readonly functionName?: string;
}

/**
 * Lets the user pick or type the target function: recent ones, the connection's as they arrive, or any name,
 * ARN or partial ARN, checked on every keystroke. Typed input never waits for the list.
 */
export async function chooseFunction(choices: FunctionChoices): Promise<string | undefined> {
  const pick = window.createQuickPick<FunctionItem>();
  pick.title = `Lambda: ${choices.title}`;
  pick.placeholder = l10n.t('Function name, ARN or partial ARN');
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;

  const stopped = new AbortController();
  let listed: FunctionItem[] = [];
  const show = (active?: string) => {
    pick.items = [typedItem(pick.value), ...recentItems(choices.recent), ...listed];
    const again = pick.items.find(({ functionName }) => functionName === active);
    if (active !== undefined && again) pick.activeItems = [again];
  };
  // What is typed is what Enter sends to, never a longer name that happens to contain it.
  pick.onDidChangeValue((value) => show(value.trim()));
  show();
  pick.show();
  void fill(pick, choices, stopped.signal, (items) => {
    listed = items;
    // A new page must not move the selection away from what the user has arrowed to.
    show(pick.activeItems[0]?.functionName);
  });

  try {
    return await chosen(pick);
  } finally {
    stopped.abort();
    pick.dispose();
  }
}

async function chosen(pick: QuickPick<FunctionItem>): Promise<string | undefined> {
  // Enter can be quicker than the line of what was typed: then it is about another line, which nobody chose.
  let isTypedShown = true;
  pick.onDidChangeValue((value) => {
    isTypedShown = value.trim() === '';
  });
  pick.onDidChangeActive(([active]) => {
    isTypedShown ||= active === pick.items[0];
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const functionName = pick.selectedItems[0]?.functionName;
      const isMeant = isTypedShown || functionName === pick.value.trim();
      // A line that tells of an error is no choice: stay open, so that what was typed is not lost.
      if (isMeant && functionName !== undefined) resolve(functionName);
    });
    pick.onDidHide(() => resolve(undefined));
  });
}

async function fill(
  pick: QuickPick<FunctionItem>,
  choices: FunctionChoices,
  signal: AbortSignal,
  show: (items: FunctionItem[]) => void,
): Promise<void> {
  const heading = separator(l10n.t('Functions'));
  const items: FunctionItem[] = [heading];
  pick.busy = true;
  try {
    for await (const page of choices.listed(signal)) {
      if (signal.aborted) return;
      items.push(
        ...page.map(({ name, detail }) => ({
          label: name,
          description: detail,
          functionName: name,
        })),
      );
      show(items);
    }
    if (items.length === 1) {
      show([heading, note(`$(info) ${l10n.t('No function here yet.')}`)]);
    }
  } catch (error) {
    if (signal.aborted) return;
    const reason = messageOf(error);
    const message = l10n.t('The functions could not be listed');
    show([...items, note(`$(warning) ${message}`, reason)]);
  } finally {
    if (!signal.aborted) pick.busy = false;
  }
}

/**
 * The typed text as the first choice, with its parts, or with the reason why it cannot be one. There is always one item,
 * which does not show while nothing is typed: the editor tells of a choice by its place in the list that it shows, so a
 * function must keep its place when the list is made anew.
 */
function typedItem(value: string): FunctionItem {
  const identifier = value.trim();
  if (identifier === '') return separator('');
  const problems = identifierProblems(identifier, { isTarget: true });
  const wrong = problems.find(({ severity }) => severity === 'error');
  if (wrong) return note(`$(error) ${identifier}`, wrong.message);
  const detail = [describeIdentifier(identifier), ...problems.map(({ message }) => message)];
  return {
    label: `$(arrow-right) ${identifier}`,
    detail: detail.join(' · '),
    alwaysShow: true,
    functionName: identifier,
  };
}

function recentItems(recent: readonly string[]): FunctionItem[] {
  if (recent.length === 0) return [];
  return [
    separator(l10n.t('Recent')),
    ...recent.map((functionName) => ({ label: functionName, functionName })),
  ];
}

function separator(label: string): FunctionItem {
  return { label, kind: QuickPickItemKind.Separator };
}

function note(label: string, detail?: string): FunctionItem {
  return { label, alwaysShow: true, ...(detail === undefined ? {} : { detail }) };
}
