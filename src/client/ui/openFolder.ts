import * as l10n from '@vscode/l10n';
import { commands, workspace } from 'vscode';
import { offer } from './offer';

/**
 * Whether a folder is open.
 * @param message says where none is what it is needed for; the button to open one comes with it
 */
export function hasFolder(message: string): boolean {
  if (workspace.workspaceFolders?.length) return true;
  offer('information', message, {
    title: l10n.t('Open Folder'),
    run: () => commands.executeCommand('workbench.action.files.openFolder'),
  });
  return false;
}
