import * as l10n from '@vscode/l10n';
import { workspace } from 'vscode';
import type { RememberedSet } from '../rememberedSet';
import { type ConnectionSettings, settings, writeConnection } from '../settings';
import type { Ui } from '../ui/ui';
import { pickEndpoint, pickProfile } from './connectionPicks';
import type { LocalLambda } from './localLambda';
import type { PickRegion } from './regionPick';

/** The command that says where events go. */
export class ConnectionCommands {
  constructor(
    private readonly localLambda: Pick<LocalLambda, 'running' | 'stop'>,
    private readonly allowedEndpoints: RememberedSet,
    private readonly pickRegion: PickRegion,
    private readonly ui: Pick<Ui, 'askForText' | 'isTrusted' | 'pickRow' | 'pickWorkspaceFolder'>,
  ) {}

  /**
   * Lambda: Select Profile and Region: profile, region and endpoint one after the other, with what holds now on top, and
   * written together at the end for the workspace folder. Resolves to what was chosen, or to `undefined` when the user
   * cancelled.
   */
  async select(): Promise<ConnectionSettings | undefined> {
    const needsTrust = l10n.t(
      'To choose where events go, trust this workspace first: its files decide where events go and what runs.',
    );
    if (!(await this.ui.isTrusted(needsTrust))) return undefined;
    const placeHolder = l10n.t('Select the folder to set the connection for');
    const folder = await this.ui.pickWorkspaceFolder(placeHolder);
    if (!folder && workspace.workspaceFolders?.length) return undefined;
    const now = settings(folder);
    const title = folder
      ? l10n.t('Lambda: Connection for {0}', folder.name)
      : l10n.t('Lambda: Connection');

    const profile = await pickProfile(title, now.profile, this.ui);
    if (!profile) return undefined;
    const region = await this.pickRegion(title, now.region, profile.region);
    if (region === undefined) return undefined;
    const current = this.localLambda.running ? 'local' : now.endpoint;
    const endpoint = await pickEndpoint(title, current, this.ui);
    if (endpoint === undefined) return undefined;

    const chosen = { profile: profile.name, region, endpoint };
    await writeConnection(chosen, folder);
    // The user named it, whatever file it is written to.
    if (endpoint !== '' && endpoint !== 'local') await this.allowedEndpoints.add(endpoint);
    // While Local Lambda runs, it takes everything.
    if (endpoint !== 'local') await this.localLambda.stop();
    return chosen;
  }
}
