import * as l10n from '@vscode/l10n';
import { type Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { Destinations } from '../connection/destinations';
import type { LocalLambda } from '../connection/localLambda';
import { accountFunctions } from '../invoke/accountFunctions';
import type { PickFunction } from '../invoke/functionPick';
import type { PickedFunction } from '../invoke/functionRows';
import type { KnownFunctions } from '../invoke/knownFunctions';
import { type PickedFunctions, trustToAsk } from '../invoke/pickedFunctions';
import type { ProjectFunctions } from '../invoke/projectFunctions';
import type { PayloadLibrary } from './payloadLibrary';

/** The functions that payloads can be for: those known here, and the account's once the user asks for them. */
export class TargetFunctions {
  constructor(
    private readonly library: Pick<PayloadLibrary, 'payloads'>,
    private readonly functions: Pick<KnownFunctions, 'list' | 'note' | 'recent'>,
    private readonly project: Pick<ProjectFunctions, 'listed'>,
    private readonly localLambda: Pick<LocalLambda, 'running'>,
    private readonly pickFunction: PickFunction,
    private readonly destinations: Pick<Destinations, 'allowedEndpoint' | 'connect'>,
    private readonly picked: Pick<PickedFunctions, 'identifyIn'>,
  ) {}

  /**
   * Lets the user pick or type the function of a payload.
   * @param payload its file, where there is one
   */
  async pick(title: string, folder: WorkspaceFolder, payload?: Uri): Promise<string | undefined> {
    const recent = this.functions.recent();
    const listed = async () => this.#listed(folder, recent);
    const { destinations, functions } = this;
    const picked = await this.pickFunction({
      title,
      recent,
      payload: payload?.toString(),
      project: async () => this.project.listed(folder),
      async *listed() {
        yield await listed();
      },
      async *account(signal) {
        if (!workspace.isTrusted) throw new Error(trustToAsk());
        const endpoint = await destinations.allowedEndpoint({}, folder);
        if (endpoint === undefined) return;
        const connection = await destinations.connect({ given: {}, endpoint, scope: folder });
        yield* accountFunctions(connection, functions, signal);
      },
    });
    return picked && this.identify(folder, picked);
  }

  /** The identifier of what was picked, as it can be saved. `undefined` when the user cancelled. */
  async identify(folder: WorkspaceFolder, picked: PickedFunction): Promise<string | undefined> {
    return this.picked.identifyIn(folder, picked);
  }

  async #listed(folder: WorkspaceFolder, recent: readonly string[]) {
    const payloads = await this.library.payloads();
    const ofFolder = payloads.filter((payload) => payload.folder.index === folder.index);
    const named = ofFolder.flatMap(({ target }) => target?.function ?? []);
    const local = this.localLambda.running?.functions() ?? [];
    const details = new Map([
      ...this.functions.list().map(({ name, detail }) => [name, detail] as const),
      ...named.map((name) => [name, l10n.t('has payloads')] as const),
      ...local.map((name) => [name, 'Local Lambda'] as const),
    ]);
    for (const name of recent) details.delete(name);
    return [...details]
      .map(([name, detail]) => ({ name, detail }))
      .toSorted((one, other) => one.name.localeCompare(other.name));
  }
}
