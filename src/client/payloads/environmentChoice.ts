import * as l10n from '@vscode/l10n';
import { Uri, type WorkspaceFolder } from 'vscode';
import type { Environments } from '../../core/environments';
import { targetsPath } from '../../core/target';
import { currentFirst } from '../connection/currentFirst';
import type { InvokeArguments } from '../invoke/invokeArguments';
import type { PickRow, Ui } from '../ui/ui';
import { tellTargetsFault, TargetsError } from './targetsError';
import type { TargetStore } from './targetStore';

interface EnvironmentRow extends PickRow {
  readonly name: string;
}

/** Has the user select the environment of a workspace folder. */
export class EnvironmentChoice {
  constructor(
    private readonly targets: Pick<TargetStore, 'environment' | 'selectEnvironment'>,
    private readonly ui: Pick<
      Ui,
      'isTrusted' | 'offer' | 'pickRow' | 'pickWorkspaceFolder' | 'run' | 'tell'
    >,
  ) {}

  /** Lambda: Select Environment: resolves to its name, or to `undefined` when the user cancelled. */
  async select(): Promise<string | undefined> {
    const needsTrust = l10n.t(
      'To choose where events go, trust this workspace first: its files decide where events go and what runs.',
    );
    if (!(await this.ui.isTrusted(needsTrust))) return undefined;
    const placeHolder = l10n.t('Select the folder to set the environment for');
    const folder = await this.ui.pickWorkspaceFolder(placeHolder);
    if (!folder) return undefined;
    const reading = await this.targets.environment(folder);
    if (reading.kind === 'fault') {
      tellTargetsFault(reading, this.ui);
      return undefined;
    }
    if (reading.kind === 'none') {
      const file = Uri.joinPath(folder.uri, targetsPath);
      this.ui.offer(
        'information',
        l10n.t('{0} has no "environments" to select from.', targetsPath),
        { title: l10n.t('Open targets.json'), run: () => this.ui.run('vscode.open', file) },
      );
      return undefined;
    }
    const current = reading.kind === 'selected' ? reading.environment.name : undefined;
    return this.#pick(folder, reading.environments, current);
  }

  /**
   * Whether it is clear which environment the events of a folder go to; asks where it is not. False when the user
   * cancelled.
   * @throws {TargetsError} when nobody can say which environments there are
   */
  async isSettled(folder: WorkspaceFolder | undefined): Promise<boolean> {
    if (!folder) return true;
    const reading = await this.targets.environment(folder);
    if (reading.kind === 'fault') throw new TargetsError(reading);
    if (reading.kind !== 'unselected') return true;
    return (await this.#pick(folder, reading.environments, undefined)) !== undefined;
  }

  /**
   * The name of the environment that has a say in where an event goes: the one that is selected for its folder. What names a
   * profile itself goes where it went before, and brings the name along.
   */
  async nameFor(
    given: Pick<InvokeArguments, 'profile' | 'environment'>,
    folder: WorkspaceFolder | undefined,
  ): Promise<string | undefined> {
    if (given.profile !== undefined) return given.environment;
    const reading = folder && (await this.targets.environment(folder));
    return reading?.kind === 'selected' ? reading.environment.name : undefined;
  }

  async #pick(
    folder: WorkspaceFolder,
    environments: Environments,
    current: string | undefined,
  ): Promise<string | undefined> {
    const rows = [...environments].map(
      ([name, { profile, region, endpoint }]): EnvironmentRow => ({
        icon: 'server-environment',
        label: name,
        description: [profile, region, endpoint].filter(Boolean).join(' · '),
        name,
      }),
    );
    const picked = await this.ui.pickRow<EnvironmentRow | PickRow>(
      currentFirst(rows, ({ name }) => name === current),
      {
        title: l10n.t('Lambda: Environment of {0}', folder.name),
        placeHolder: l10n.t('Where the events of this folder go'),
        matchOnDescription: true,
        ignoreFocusOut: true,
      },
    );
    if (!picked || !('name' in picked)) return undefined;
    await this.targets.selectEnvironment(folder, picked.name);
    return picked.name;
  }
}
