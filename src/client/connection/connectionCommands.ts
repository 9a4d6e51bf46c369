import * as l10n from '@vscode/l10n';
import { type Memento, workspace, type WorkspaceFolder } from 'vscode';
import type { RememberedSet } from '../rememberedSet';
import { type ConnectionSettings, writeConnection } from '../settings';
import type { Ui } from '../ui/ui';
import type { ChosenConnections } from './chosenConnections';
import { ConnectionSteps } from './connectionSteps';
import type { LocalLambda } from './localLambda';
import { RecentConnections } from './recentConnections';

/** The command that says where events go. */
export class ConnectionCommands {
  readonly #steps: ConnectionSteps;
  readonly #recent: RecentConnections;

  constructor(
    private readonly localLambda: Pick<LocalLambda, 'running' | 'stop'>,
    private readonly allowedEndpoints: RememberedSet,
    private readonly connections: ChosenConnections,
    memory: Memento,
    private readonly ui: Pick<
      Ui,
      | 'isTrusted'
      | 'offer'
      | 'pickStep'
      | 'pickWorkspaceFolder'
      | 'run'
      | 'runInTerminal'
      | 'typeStep'
    >,
  ) {
    this.#recent = new RecentConnections(memory);
    this.#steps = new ConnectionSteps(connections, this.#recent, localLambda, ui);
  }

  /**
   * Lambda: Select Profile and Region: endpoint, profile and region one after the other, remembered together at the end
   * for the workspace folder. Resolves to what holds then, or to `undefined` when the user cancelled.
   */
  async select(): Promise<ConnectionSettings | undefined> {
    const needsTrust = l10n.t(
      'To choose where events go, trust this workspace first: its files decide where events go and what runs.',
    );
    if (!(await this.ui.isTrusted(needsTrust))) return undefined;
    const placeHolder = l10n.t('Select the folder to set the connection for');
    const folder = await this.ui.pickWorkspaceFolder(placeHolder);
    if (!folder && workspace.workspaceFolders?.length) return undefined;

    const wanted = await this.#steps.lead(folder);
    if (!wanted) return undefined;
    if (wanted.kind === 'connection') {
      await this.#keep(wanted.connection, folder, wanted.isForEveryone);
    } else if (wanted.kind === 'settings') {
      if (folder) await this.connections.forget(folder);
      if (this.connections.of(folder).endpoint !== 'local') await this.localLambda.stop();
    }
    const { profile, region, endpoint } = this.connections.of(folder);
    return { profile, region, endpoint };
  }

  /** Without a folder there are only the user's own settings to keep it in. */
  async #keep(
    connection: ConnectionSettings,
    folder: WorkspaceFolder | undefined,
    isForEveryone: boolean,
  ): Promise<void> {
    const { endpoint } = connection;
    const before = this.connections.of(folder);
    if (folder && !isForEveryone) {
      await this.connections.choose(folder, connection);
    } else {
      await writeConnection(connection, folder);
      // Else the user would not have what they chose for all.
      if (folder) await this.connections.forget(folder);
    }
    for (const one of [before, connection]) await this.#recent.add(one);
    // The user named it, wherever it is kept.
    if (endpoint !== '' && endpoint !== 'local') await this.allowedEndpoints.add(endpoint);
    // While Local Lambda runs, it takes everything.
    if (endpoint !== 'local') await this.localLambda.stop();
  }
}
