import * as l10n from '@vscode/l10n';
import type { WorkspaceFolder } from 'vscode';
import type { LocalLambda } from '../connection/localLambda';
import type { PickFunction } from '../invoke/functionPick';
import type { KnownFunctions } from '../invoke/knownFunctions';
import type { PayloadLibrary } from './payloadLibrary';

/** The functions that payloads can be for: those known here, without asking any account. */
export class TargetFunctions {
  constructor(
    private readonly library: Pick<PayloadLibrary, 'payloads'>,
    private readonly functions: Pick<KnownFunctions, 'list' | 'recent'>,
    private readonly localLambda: Pick<LocalLambda, 'running'>,
    private readonly pickFunction: PickFunction,
  ) {}

  /** Lets the user pick or type the function of a payload. */
  async pick(title: string, folder: WorkspaceFolder): Promise<string | undefined> {
    const recent = this.functions.recent();
    const listed = async () => this.#listed(folder, recent);
    return this.pickFunction({
      title,
      recent,
      async *listed() {
        yield await listed();
      },
    });
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
    return [...details].map(([name, detail]) => ({ name, detail }));
  }
}
