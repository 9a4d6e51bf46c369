import * as l10n from '@vscode/l10n';
import type { Connection } from '../../core/invocation/connection';
import type { Destinations } from '../connection/destinations';
import { aws } from '../lazy';
import type { PickFunction } from './functionPick';
import type { ListedFunction } from './functionRows';
import type { Payload } from './invocation';
import type { InvokeArguments } from './invokeArguments';
import type { KnownFunctions } from './knownFunctions';

/** Asks for the function of what no target names one for. */
export class FunctionChoice {
  constructor(
    private readonly pickFunction: PickFunction,
    private readonly functions: Pick<KnownFunctions, 'note' | 'recent'>,
    private readonly destinations: Pick<Destinations, 'allowedEndpoint' | 'connect'>,
  ) {}

  /** `undefined` when the user cancelled. */
  async choose(
    given: InvokeArguments,
    { target, folder: scope, label }: Pick<Payload, 'target' | 'folder' | 'label'>,
  ): Promise<string | undefined> {
    const { destinations, functions } = this;
    const endpoint = await destinations.allowedEndpoint(given, scope);
    if (endpoint === undefined) return undefined;
    return this.pickFunction({
      title: l10n.t('Select a function to send {0} to', label),
      recent: functions.recent(),
      listed: async function* (signal) {
        // Only to list: what is chosen meanwhile counts for the event, and not what was chosen before.
        const connection = await destinations.connect({ given, endpoint, target, scope });
        for await (const page of listFunctions(connection, signal)) {
          functions.note(page);
          yield page;
        }
      },
    });
  }
}

/** The functions that a connection can see, page by page. */
async function* listFunctions(
  connection: Connection,
  signal: AbortSignal,
): AsyncGenerator<readonly ListedFunction[]> {
  const { listFunctions: list } = await aws();
  for await (const page of list(connection, { signal })) {
    yield page.map(({ name, runtime }) => ({ name, detail: runtime ?? '' }));
  }
}
