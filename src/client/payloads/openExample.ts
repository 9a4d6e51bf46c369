import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Memento, Uri, workspace } from 'vscode';
import type { Ui } from '../ui/ui';
import { openedExample } from './openedExample';

const name = 'orders';

/**
 * Lambda: Open Example…: copies the example into a folder that the user picks, because the extension's own folder goes
 * with its next version, and opens the copy. Resolves to the copy, or to `undefined` when there is none.
 */
export async function openExample(
  ui: Pick<Ui, 'ask' | 'pickDirectory' | 'run'>,
  memory: Memento,
): Promise<Uri | undefined> {
  const parent = await ui.pickDirectory({
    title: l10n.t('Lambda: Select a Folder for the Example'),
    openLabel: l10n.t('Copy Here'),
  });
  if (!parent) return undefined;
  const copy = Uri.joinPath(parent, name);
  const isCopied = await copyExample(copy);
  if (!isCopied && !(await opensExisting(copy, ui))) return undefined;
  await open(copy, ui, memory);
  return copy;
}

/** `false` when something stands there already: it is left as it is. */
async function copyExample(to: Uri): Promise<boolean> {
  const example = join(import.meta.dirname, '..', 'examples', name);
  try {
    // Fails where there is one, also one that came this moment.
    await mkdir(to.fsPath);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await cp(example, to.fsPath, { recursive: true, force: false });
    return true;
  } catch (error) {
    // Half of it would be taken for all of it the next time.
    await rm(to.fsPath, { recursive: true, force: true });
    throw error;
  }
}

async function opensExisting(folder: Uri, ui: Pick<Ui, 'ask'>): Promise<boolean> {
  const openIt = l10n.t('Open It');
  const choice = await ui.ask(
    'warning',
    { message: l10n.t('{0} already exists and was not changed.', folder.fsPath) },
    openIt,
  );
  return choice === openIt;
}

/** In this window where it shows no folder yet; else the user says where. */
async function open(folder: Uri, ui: Pick<Ui, 'ask' | 'run'>, memory: Memento): Promise<void> {
  const here = l10n.t('Open');
  const inNewWindow = l10n.t('Open in New Window');
  const isFree = (workspace.workspaceFolders ?? []).length === 0;
  const choice = isFree
    ? here
    : await ui.ask(
        'information',
        { message: l10n.t('The example is in {0}.', folder.fsPath) },
        inNewWindow,
        here,
      );
  if (choice === undefined) return;
  // The window starts anew, or another one does: there, activation shows the first step.
  await memory.update(openedExample, folder.toString());
  await ui.run('vscode.openFolder', folder, {
    forceNewWindow: choice === inNewWindow,
    forceReuseWindow: choice === here,
  });
}
