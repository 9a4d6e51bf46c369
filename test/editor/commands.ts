import { commands, type Uri, workspace } from 'vscode';
import { contributes } from '../../package.json';
import type { Outcome } from '../../src/core/invocation/outcome';

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

/**
 * Sets settings for one test, of the workspace or (for all, or those that only the user can set) of the user; resolves
 * to what puts the old ones back.
 */
export async function set(
  settings: Readonly<Record<string, unknown>>,
  { ofUser }: { ofUser?: true } = {},
): Promise<() => Promise<void>> {
  const section = workspace.getConfiguration('invokeAsync');
  const update = async (name: string, value: unknown) =>
    section.update(name, value, ofUser ?? isOfUser(name));
  for (const [name, value] of Object.entries(settings)) await update(name, value);
  return async () => {
    for (const name of Object.keys(settings)) await update(name, undefined);
  };
}

/** Whether only the user can set it, for all windows; `undefined` leaves the place to the editor. */
function isOfUser(name: string): true | undefined {
  const properties: Readonly<Record<string, { readonly scope: string }>> =
    contributes.configuration.properties;
  return properties[`invokeAsync.${name}`]?.scope === 'application' || undefined;
}
