import { commands, window, workspace } from 'vscode';

/**
 * Whether the workspace is trusted; says why it has to be where it is not. Files of a workspace decide which
 * function, account and endpoint an event goes to, so nothing is sent before the user trusts them.
 */
export async function trusted(purpose: string): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const choice = await window.showWarningMessage(
    `To ${purpose}, trust this workspace first: its files decide where events go and what runs.`,
    manage,
  );
  if (choice === manage) await commands.executeCommand('workbench.trust.manage');
  return workspace.isTrusted;
}
