import * as l10n from '@vscode/l10n';
import type { Destinations } from '../connection/destinations';
import { accountFunctions } from './accountFunctions';
import type { PickFunction } from './functionPick';
import type { Payload } from './invocation';
import type { InvokeArguments } from './invokeArguments';
import type { KnownFunctions } from './knownFunctions';
import type { PickedFunctions } from './pickedFunctions';
import type { ProjectFunctions } from './projectFunctions';

/** Asks for the function of what no target names one for. */
export class FunctionChoice {
  constructor(
    private readonly pickFunction: PickFunction,
    private readonly functions: Pick<KnownFunctions, 'list' | 'note' | 'recent'>,
    private readonly project: Pick<ProjectFunctions, 'listed'>,
    private readonly destinations: Pick<Destinations, 'allowedEndpoint' | 'connect'>,
    private readonly picked: Pick<PickedFunctions, 'identify'>,
  ) {}

  /** `undefined` when the user cancelled. */
  async choose(
    given: InvokeArguments,
    { target, folder: scope, label, uri }: Pick<Payload, 'target' | 'folder' | 'label' | 'uri'>,
    title = l10n.t('Select a function to send {0} to', label),
  ): Promise<string | undefined> {
    const { destinations, functions, project } = this;
    const endpoint = await destinations.allowedEndpoint(given, scope);
    if (endpoint === undefined) return undefined;
    const request = { given, endpoint, target, scope };
    const ofConnection = async function* (signal: AbortSignal) {
      // Only to list: what is chosen meanwhile counts for the event, and not what was chosen before.
      const connection = await destinations.connect(request);
      yield* accountFunctions(connection, functions, signal);
    };
    const known = async function* () {
      yield functions.list();
    };
    const picked = await this.pickFunction({
      title,
      recent: functions.recent(),
      payload: uri?.toString(),
      project: async () => project.listed(scope),
      // Local Lambda, or another server of the user's own, tells at once; AWS takes credentials, and is asked by a row.
      ...(endpoint === '' ? { listed: known, account: ofConnection } : { listed: ofConnection }),
    });
    return picked && this.picked.identify(picked, request);
  }
}
