import * as l10n from '@vscode/l10n';
import type { WorkspaceFolder } from 'vscode';
import { functionArn } from '../../core/functionIdentifier/consoleUrl';
import { functionLabel } from '../../core/functionIdentifier/label';
import { withQualifier } from '../../core/functionIdentifier/withQualifier';
import { ConnectionError } from '../../core/invocation/connectionError';
import {
  type ConnectionRequest,
  type Destinations,
  isOnThisMachine,
} from '../connection/destinations';
import type { Ui } from '../ui/ui';
import type { PickedFunction } from './functionRows';
import type { QualifierChoice } from './qualifierChoice';
import type { StackFunctions } from './stackFunctions';

/** Why AWS is asked about no function in a workspace that is not trusted. */
export function trustToAsk(): string {
  return l10n.t(
    'To ask AWS about functions, trust this workspace first: its files decide where requests go.',
  );
}

/** Makes of what the user picked the identifier that names the function wherever it is used or saved. */
export class PickedFunctions {
  constructor(
    private readonly destinations: Pick<Destinations, 'allowedEndpoint' | 'connect' | 'ofEvent'>,
    private readonly qualifiers: Pick<QualifierChoice, 'ask'>,
    private readonly stacks: Pick<StackFunctions, 'find'>,
    private readonly ui: Pick<Ui, 'isTrusted' | 'tell'>,
  ) {}

  /**
   * The name of a function where events go by themselves, the ARN of one that is elsewhere; with the version or alias, if
   * the user wants to choose one. A logical ID is looked up in its stack. `undefined` when they cancelled, or were told why nobody can say.
   * @param request where events go; its endpoint is allowed
   * @throws {ConnectionError} in words for people
   */
  async identify(
    { ofStack, wantsQualifier, ...named }: PickedFunction,
    request: ConnectionRequest & { readonly endpoint: string },
  ): Promise<string | undefined> {
    const found = ofStack ? await this.stacks.find(ofStack, request) : named;
    if (!found) return undefined;
    const { functionName, region } = found;
    const placed =
      region === undefined ? functionName : await this.#inRegion(functionName, region, request);
    if (placed === undefined || !wantsQualifier) return placed;
    const connection = await this.destinations.connect({ ...request, functionName: placed });
    const qualifier = await this.qualifiers.ask({ functionName: placed, connection });
    return qualifier === undefined ? undefined : withQualifier(placed, qualifier);
  }

  /**
   * The same for what is used in a workspace folder, where nothing else says where events go.
   * @throws {ConnectionError} in words for people
   */
  async identifyIn(folder: WorkspaceFolder, picked: PickedFunction): Promise<string | undefined> {
    const { functionName, ofStack, region, wantsQualifier } = picked;
    if (!ofStack && region === undefined && !wantsQualifier) return functionName;
    if (!(await this.ui.isTrusted(trustToAsk()))) return undefined;
    const endpoint = await this.destinations.allowedEndpoint({}, folder);
    if (endpoint === undefined) return undefined;
    return this.identify(picked, { given: {}, endpoint, scope: folder });
  }

  /** A name alone would be looked for in the region of the settings: only an ARN tells of another. */
  async #inRegion(
    functionName: string,
    region: string,
    request: ConnectionRequest & { readonly endpoint: string },
  ): Promise<string | undefined> {
    const { region: named, label } = functionLabel(functionName);
    if (named !== undefined || (await this.#regionOf(request)) === region) return functionName;
    const given = { ...request.given, endpoint: request.endpoint, region };
    const connection = await this.destinations.ofEvent({ ...request, given });
    if (!connection || isOnThisMachine(connection)) return connection && functionName;
    const { accountId: account } = connection;
    if (account !== undefined) return functionArn({ region, account, name: label });
    this.ui.tell(
      'warning',
      l10n.t(
        '{function} is in {region}, and which account it belongs to is not known. Copy its ARN from the console instead.',
        { function: label, region },
      ),
    );
    return undefined;
  }

  /** Where events go by themselves; `undefined` when nothing says so. */
  async #regionOf(request: ConnectionRequest & { readonly endpoint: string }) {
    try {
      return (await this.destinations.connect(request)).region;
    } catch (error) {
      if (error instanceof ConnectionError) return undefined;
      throw error;
    }
  }
}
