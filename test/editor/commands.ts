import { commands, type Uri, workspace } from 'vscode';
import type { Outcome } from '../../src/core/invocation';

/** Runs an invoking command as keybindings, tasks and other extensions do. */
export async function invoke(
  argument: Uri | Readonly<Record<string, unknown>>,
  command = 'invokeAsync.invoke',
): Promise<Outcome> {
  const outcome = await commands.executeCommand<Outcome | undefined>(command, argument);
  if (!outcome) throw new Error('The command was cancelled.');
  return outcome;
}

/** A file of the workspace that is open in this editor. */
export function workspaceFile(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('No folder is open.');
  return folder.uri.with({ path: `${folder.uri.path}/${path}` });
}

/** Sets settings of the window for one test; resolves to what puts the old ones back. */
export async function set(
  settings: Readonly<Record<string, unknown>>,
): Promise<() => Promise<void>> {
  const section = workspace.getConfiguration('invokeAsync');
  for (const [name, value] of Object.entries(settings)) await section.update(name, value);
  return async () => {
    for (const name of Object.keys(settings)) await section.update(name, undefined);
  };
}
