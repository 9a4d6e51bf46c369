import * as l10n from '@vscode/l10n';
import type { WorkspaceFolder } from 'vscode';
import { chooseFunction } from '../invoke/chooseFunction';
import type { Services } from '../services';

/** Lets the user pick or type the function of a payload: those known here, without asking any account. */
export async function pickTargetFunction(
  { library, localLambda, recentFunctions, knownFunctions }: Services,
  { title, folder }: { title: string; folder: WorkspaceFolder },
): Promise<string | undefined> {
  const recent = recentFunctions.list();
  return chooseFunction({
    title,
    recent,
    async *listed() {
      const payloads = await library.payloads();
      const ofFolder = payloads.filter((payload) => payload.folder.index === folder.index);
      const named = ofFolder.flatMap(({ target }) => target?.function ?? []);
      const local = localLambda.running?.functions() ?? [];
      const details = new Map([
        ...knownFunctions.list().map(({ name, detail }) => [name, detail] as const),
        ...named.map((name) => [name, l10n.t('has payloads')] as const),
        ...local.map((name) => [name, 'Local Lambda'] as const),
      ]);
      for (const name of recent) details.delete(name);
      yield [...details].map(([name, detail]) => ({ name, detail }));
    },
  });
}
