import { homedir } from 'node:os';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { commands, FileSystemError, Uri, window, workspace } from 'vscode';
import { ask } from '../ui/messages';

const name = 'orders';

/**
 * Lambda: Open Example…: copies the example into a folder that the user picks, because the extension's own folder goes
 * with its next version, and opens the copy. Resolves to the copy, or to `undefined` when there is none.
 */
export async function openExample(): Promise<Uri | undefined> {
  const [parent] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: Uri.file(homedir()),
      title: l10n.t('Lambda: Where to Put the Example'),
      openLabel: l10n.t('Copy Here'),
    })) ?? [];
  if (!parent) return undefined;
  const copy = Uri.joinPath(parent, name);
  const isCopied = await copyExample(copy);
  if (!isCopied && !(await opensExisting(copy))) return undefined;
  await open(copy);
  return copy;
}

/** `false` when something stands there already: it is left as it is. */
async function copyExample(to: Uri): Promise<boolean> {
  const example = Uri.file(join(__dirname, '..', 'examples', name));
  try {
    await workspace.fs.copy(example, to, { overwrite: false });
    return true;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileExists') return false;
    throw error;
  }
}

async function opensExisting(folder: Uri): Promise<boolean> {
  const openIt = l10n.t('Open It');
  const choice = await ask(
    'warning',
    { message: l10n.t('{0} already exists and is left as it is.', folder.fsPath) },
    openIt,
  );
  return choice === openIt;
}

/** In this window where it shows no folder yet; else the user says where. */
async function open(folder: Uri): Promise<void> {
  const here = l10n.t('Open');
  const inNewWindow = l10n.t('Open in New Window');
  const isFree = (workspace.workspaceFolders ?? []).length === 0;
  const choice = isFree
    ? here
    : await ask(
        'information',
        { message: l10n.t('The example is in {0}.', folder.fsPath) },
        inNewWindow,
        here,
      );
  if (choice === undefined) return;
  await commands.executeCommand('vscode.openFolder', folder, {
    forceNewWindow: choice === inNewWindow,
    forceReuseWindow: choice === here,
  });
}
