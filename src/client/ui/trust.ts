import * as l10n from '@vscode/l10n';
import { commands, workspace } from 'vscode';
import { showMessage } from './messages';

/**
 * Whether the workspace is trusted. Files of a workspace decide which function, account and endpoint an event goes to,
 * so nothing is sent before the user trusts them.
 * @param message says where the workspace is not trusted why it has to be
 */
export async function trusted(message: string): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = { title: l10n.t('Manage Workspace Trust') };
  if (await showMessage('warning', message, manage))
    await commands.executeCommand('workbench.trust.manage');
  return workspace.isTrusted;
}
