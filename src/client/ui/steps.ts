/** Picks and boxes that lead back to the one before. */
import { QuickInputButtons, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { promptText } from '../../core/foreignText';
import { itemOf } from './editorUi';
import { back, type StepOptions, type StepRow, type TextStep } from './ui';

interface Item<Row> extends QuickPickItem {
  /** Absent for the place of a row that may come. */
  readonly row?: Row;
}

/** A separator in front of another item than a separator's own shows nothing. */
const place: QuickPickItem = { label: '', kind: QuickPickItemKind.Separator };

/** See `Ui.pickStep`. */
export async function pickStep<Row extends StepRow>(
  rows: readonly Row[] | Promise<readonly Row[]>,
  { title, placeHolder, step, totalSteps, canGoBack, typedRow }: StepOptions<Row>,
): Promise<Row | typeof back | undefined> {
  const pick = window.createQuickPick<Item<Row>>();
  Object.assign(pick, { title, placeholder: placeHolder, step, totalSteps });
  pick.buttons = canGoBack ? [QuickInputButtons.Back] : [];
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  let known: Item<Row>[] = [];
  const draw = () => {
    const typed = typedRow?.(pick.value.trim());
    // The editor tells of a choice by its place in the list: each keeps its place when one is typed.
    const first = typed ? [toItem(typed)] : [place];
    pick.items = typedRow ? [...first, ...known] : known;
  };
  if (typedRow) pick.onDidChangeValue(draw);
  const fill = async () => {
    pick.busy = true;
    known = (await rows).map(toItem);
    pick.busy = false;
    draw();
  };
  try {
    return await new Promise((resolve, reject) => {
      pick.onDidTriggerButton(() => resolve(back));
      pick.onDidAccept(() => {
        // With no row on the screen, the selected one is that of an Enter before.
        const row = pick.activeItems.length === 0 ? undefined : pick.selectedItems[0]?.row;
        if (row && !row.isNote) resolve(row);
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
      fill().catch(reject);
    });
  } finally {
    pick.dispose();
  }
}

/** See `Ui.typeStep`. */
export async function typeStep({
  title,
  step,
  totalSteps,
  canGoBack,
  value = '',
  prompt,
  placeHolder,
  validateInput,
}: TextStep): Promise<string | typeof back | undefined> {
  const box = window.createInputBox();
  Object.assign(box, { title, step, totalSteps, value });
  if (prompt !== undefined) box.prompt = promptText(prompt);
  box.placeholder = placeHolder;
  box.buttons = canGoBack ? [QuickInputButtons.Back] : [];
  box.ignoreFocusOut = true;
  const isValid = async () => {
    const typed = box.value;
    const fault = await validateInput?.(typed);
    // A later key has its own answer.
    if (typed !== box.value) return false;
    box.validationMessage = fault === undefined ? undefined : promptText(fault);
    return fault === undefined;
  };
  try {
    return await new Promise((resolve, reject) => {
      const accept = async () => {
        if (await isValid()) resolve(box.value);
      };
      box.onDidChangeValue(() => void isValid().catch(reject));
      box.onDidAccept(() => void accept().catch(reject));
      box.onDidTriggerButton(() => resolve(back));
      box.onDidHide(() => resolve(undefined));
      box.show();
    });
  } finally {
    box.dispose();
  }
}

function toItem<Row extends StepRow>(row: Row): Item<Row> {
  return { ...itemOf(row), row };
}
