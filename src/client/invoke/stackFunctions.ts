import * as l10n from '@vscode/l10n';
import { type Memento, Uri, workspace } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import { ConnectionError } from '../../core/invocation/connectionError';
import type { StackFunction } from '../../core/projectFunctions/declaredFunction';
import type { ConnectionRequest, Destinations } from '../connection/destinations';
import { MfaPrompt } from '../connection/mfaPrompt';
import { LastAnswers } from '../lastAnswers';
import { stackFunctions } from '../lazy';
import { showOutput, type Ui } from '../ui/ui';

/** A deployment may give a function another name. In milliseconds. */
const longestKeptMs = 10 * 60_000;

interface KeptNames {
  readonly names: ReadonlyMap<string, string>;
  readonly until: number;
}

/** Finds the names of functions that a template does not tell, in the stack that it is deployed as. */
export class StackFunctions {
  readonly #kept = new Map<string, KeptNames>();
  /** Stacks that the user has named, by template. */
  readonly #named: LastAnswers;

  constructor(
    private readonly destinations: Pick<Destinations, 'connect'>,
    memory: Memento,
    private readonly ui: Pick<Ui, 'askForText' | 'offer' | 'output' | 'withProgress'>,
  ) {
    this.#named = new LastAnswers(memory, 'stacks');
  }

  /**
   * The function's name, and the region of its stack. `undefined` when the user cancelled, or was told why nobody can say.
   * @param request where events go; its endpoint is allowed
   */
  async find(
    declared: StackFunction,
    request: ConnectionRequest & { readonly endpoint: string },
  ): Promise<{ readonly functionName: string; readonly region: string } | undefined> {
    const stackName = declared.stack?.stackName ?? (await this.#askStack(declared));
    if (stackName === undefined) return undefined;
    const { logicalId } = declared;
    try {
      const region = declared.stack?.region ?? request.given.region;
      const given = { ...request.given, ...(region !== undefined && { region }) };
      const connection = await this.destinations.connect({ ...request, given });
      const names = await this.#names(connection, stackName, logicalId);
      const functionName = names?.get(logicalId);
      if (functionName !== undefined) return { functionName, region: connection.region };
      if (names)
        this.#tell(
          l10n.t('The stack {0} has no function {1}. Deploy it first.', stackName, logicalId),
        );
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      const reason = [error.message, error.remedy].filter(Boolean).join(' ');
      this.#tell(
        l10n.t('The stack {stack} does not tell the name of {function}: {reason}', {
          stack: stackName,
          function: logicalId,
          reason,
        }),
      );
    }
    return undefined;
  }

  async #askStack({ uri }: StackFunction): Promise<string | undefined> {
    const template = workspace.asRelativePath(Uri.parse(uri, true));
    const stackName = await this.ui.askForText({
      title: l10n.t('Lambda: Stack'),
      prompt: l10n.t('Name of the CloudFormation stack that {0} is deployed as', template),
      value: this.#named.get(uri) ?? '',
      ignoreFocusOut: true,
      validateInput: (typed) =>
        stackNames.test(typed.trim()) ? undefined : l10n.t('This is no name or ARN of a stack.'),
    });
    if (stackName !== undefined) await this.#named.set(uri, stackName.trim());
    return stackName?.trim();
  }

  /** The names in a stack, by logical ID; asked anew for one that is not among those that are known. */
  async #names(
    connection: Connection,
    stackName: string,
    logicalId: string,
  ): Promise<ReadonlyMap<string, string> | undefined> {
    const { profile, region, endpoint } = connection;
    const key = JSON.stringify([profile, region, endpoint, stackName]);
    const kept = this.#kept.get(key);
    if (kept && kept.until > Date.now() && kept.names.has(logicalId)) return kept.names;
    const names = await this.#ask(connection, stackName);
    if (names) this.#kept.set(key, { names, until: Date.now() + longestKeptMs });
    return names;
  }

  /** `undefined` when the user cancelled. */
  async #ask(
    connection: Connection,
    stackName: string,
  ): Promise<ReadonlyMap<string, string> | undefined> {
    const title = l10n.t('Asking the stack {0} for its functions', stackName);
    return this.ui.withProgress(
      { title, location: 'notification', cancellable: true },
      async (_, token) => {
        const cancelled = new AbortController();
        token.onCancellationRequested(() => cancelled.abort());
        const prompt = new MfaPrompt(this.ui);
        const { listStackFunctions } = await stackFunctions();
        try {
          return await listStackFunctions(connection, stackName, {
            signal: cancelled.signal,
            mfaCode: prompt.ask,
          });
        } catch (error) {
          if (cancelled.signal.aborted || prompt.wasRefused) return undefined;
          throw error;
        }
      },
    );
  }

  #tell(message: string): void {
    this.ui.output.warn(message);
    this.ui.offer('warning', message, showOutput(this.ui.output));
  }
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html */
const stackNames =
  /^(?:[A-Za-z][A-Za-z0-9-]{0,127}|arn:[\w-]+:cloudformation:[\w-]+:\d{12}:stack\/[\w-]+\/[\w-]+)$/;
