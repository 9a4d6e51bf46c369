import * as l10n from '@vscode/l10n';
import { window, workspace, type WorkspaceFolder } from 'vscode';
import { chooseEndpoint } from './chooseEndpoint';
import { chooseProfile } from './chooseProfile';
import { chooseRegion } from './chooseRegion';
import type { Services } from '../services';
import { type ConnectionSettings, settings, writeConnection } from '../settings';
import { trusted } from '../ui/trust';

/**
 * Lambda: Select Profile and Region: profile, region and endpoint one after the other, with what holds now on top, and
 * written together at the end for the workspace folder. Resolves to what was chosen, or to `undefined` when the user
 * cancelled.
 */
export async function selectConnection({
  consents,
  localLambda,
}: Services): Promise<ConnectionSettings | undefined> {
  const needsTrust = l10n.t(
    'To choose where events go, trust this workspace first: its files decide where events go and what runs.',
  );
  if (!(await trusted(needsTrust))) return undefined;
  const where = await chooseFolder();
  if (!where) return undefined;
  const now = settings(where.folder);
  const title = where.folder
    ? l10n.t('Lambda: Connection for {0}', where.folder.name)
    : l10n.t('Lambda: Connection');

  const profile = await chooseProfile(title, now.profile);
  if (!profile) return undefined;
  const region = await chooseRegion(title, now.region, profile.region);
  if (region === undefined) return undefined;
  const endpoint = await chooseEndpoint(title, localLambda.running ? 'local' : now.endpoint);
  if (endpoint === undefined) return undefined;

  const chosen = { profile: profile.name, region, endpoint };
  await writeConnection(chosen, where.folder);
  // The user named it, whatever file it is written to.
  if (endpoint !== '' && endpoint !== 'local') await consents.addEndpoint(endpoint);
  // While Local Lambda runs, it takes everything.
  if (endpoint !== 'local') await localLambda.stop();
  return chosen;
}

/** The folder that the settings are for, in an object; `undefined` when the user cancelled. */
async function chooseFolder(): Promise<{ folder: WorkspaceFolder | undefined } | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length < 2) return { folder: folders[0] };
  const placeHolder = l10n.t('Select the folder to set the connection for');
  const folder = await window.showWorkspaceFolderPick({ placeHolder });
  return folder && { folder };
}
