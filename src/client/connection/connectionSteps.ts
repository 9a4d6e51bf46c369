import * as l10n from '@vscode/l10n';
import type { WorkspaceFolder } from 'vscode';
import { type ConnectionSettings, settings } from '../settings';
import { back, type Ui } from '../ui/ui';
import type { ChosenConnections } from './chosenConnections';
import { type EndpointChoice, endpointRows, type EndpointRow, typeEndpoint } from './endpointStep';
import type { LocalLambda } from './localLambda';
import { type ProfileList, readProfileList } from './profileList';
import { pickProfile } from './profileStep';
import type { RecentConnections } from './recentConnections';
import { pickRegion } from './regionStep';
import { signIn } from './signIn';

/** What the user wants. */
export type WantedConnection =
  | { readonly kind: 'unchanged' }
  /** What the settings of the folder say. */
  | { readonly kind: 'settings' }
  | {
      readonly kind: 'connection';
      readonly connection: ConnectionSettings;
      readonly isForEveryone: boolean;
    };

/** One choice, from its first step to its last. */
interface Choosing {
  readonly folder: WorkspaceFolder | undefined;
  readonly list: ProfileList;
  readonly isForEveryone: boolean;
}

/** Leads through the choice of a connection: the endpoint, then the profile, then the region, each with a way back. */
export class ConnectionSteps {
  constructor(
    private readonly connections: Pick<ChosenConnections, 'of'>,
    private readonly recent: RecentConnections,
    private readonly localLambda: Pick<LocalLambda, 'running'>,
    private readonly ui: Pick<Ui, 'offer' | 'pickStep' | 'run' | 'runInTerminal' | 'typeStep'>,
  ) {}

  /** `undefined` when the user cancelled, or signs in first. */
  async lead(folder: WorkspaceFolder | undefined): Promise<WantedConnection | undefined> {
    const list = await readProfileList();
    let isForEveryone = false;
    for (;;) {
      const choosing = { folder, list, isForEveryone };
      const picked = await this.#pickEndpoint(choosing);
      if (picked === undefined) return undefined;
      if (picked === back || picked.kind === 'everyone') {
        isForEveryone = picked !== back;
        continue;
      }
      if (picked.kind === 'unchanged' || picked.kind === 'settings') return picked;
      const connection =
        picked.kind === 'connection' ? picked.connection : await this.#follow(picked, choosing);
      if (connection === back) continue;
      return connection && { kind: 'connection', connection, isForEveryone };
    }
  }

  async #pickEndpoint(choosing: Choosing): Promise<EndpointChoice | typeof back | undefined> {
    const { folder, list, isForEveryone } = choosing;
    const current = this.#current(choosing);
    const rows = endpointRows({
      folder,
      isForEveryone,
      current: this.localLambda.running ? { ...current, endpoint: 'local' } : current,
      fromSettings: this.connections.of(folder).isChosen ? settings(folder) : undefined,
      recent: this.recent.all,
      list,
    });
    const picked = await this.ui.pickStep<EndpointRow>(rows, {
      title: titleOf(choosing),
      step: 1,
      totalSteps: 3,
      canGoBack: isForEveryone,
      placeHolder: l10n.t('Where events go'),
    });
    return picked === back ? back : picked?.choice;
  }

  /** The steps after the endpoint. */
  async #follow(
    picked: Extract<EndpointChoice, { readonly kind: 'endpoint' | 'other' }>,
    choosing: Choosing,
  ): Promise<ConnectionSettings | typeof back | undefined> {
    const title = titleOf(choosing);
    const now = this.#current(choosing);
    const endpoint =
      picked.kind === 'other' ? await typeEndpoint(title, now.endpoint, this.ui) : picked.endpoint;
    if (endpoint === undefined || endpoint === back) return endpoint;
    for (;;) {
      const profile = await pickProfile(title, now.profile, choosing.list, this.ui);
      if (profile === undefined || profile === back) return profile;
      if (profile.kind === 'signIn') {
        if (profile.way.kind === 'local') return { ...now, endpoint: 'local' };
        await signIn(profile.way, this.ui);
        return undefined;
      }
      const region = await pickRegion(title, now.region, profile.region, this.ui);
      if (region !== back)
        return region === undefined ? undefined : { profile: profile.name, region, endpoint };
    }
  }

  /** What holds now, where the choice will be kept. */
  #current({ folder, isForEveryone }: Choosing): ConnectionSettings {
    const { profile, region, endpoint } = isForEveryone
      ? settings(folder)
      : this.connections.of(folder);
    return { profile, region, endpoint };
  }
}

function titleOf({ folder, isForEveryone }: Choosing): string {
  if (!folder) return l10n.t('Lambda: Connection');
  return isForEveryone
    ? l10n.t('Lambda: Connection of {0} for Everyone', folder.name)
    : l10n.t('Lambda: Connection for {0}', folder.name);
}
