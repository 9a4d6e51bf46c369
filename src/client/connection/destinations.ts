import * as l10n from '@vscode/l10n';
import { devNull } from 'node:os';
import { type WorkspaceFolder, workspace } from 'vscode';
import type { NamedEnvironment } from '../../core/environments';
import type { Connection, ProxySettings } from '../../core/invocation/connection';
import { isLoopback } from '../../core/invocation/loopback';
import { messageOf } from '../../core/messageOf';
import type { Target } from '../../core/target';
import { aws, connectionRules } from '../lazy';
import { TargetsError } from '../payloads/targetsError';
import type { TargetStore } from '../payloads/targetStore';
import type { RememberedSet } from '../rememberedSet';
import { isWorkspaceEndpoint, settings } from '../settings';
import type { Ui } from '../ui/ui';
import type { ChosenConnections } from './chosenConnections';
import type { LocalLambda } from './localLambda';
import { MfaPrompt } from './mfaPrompt';

/** What an event's arguments may say of where it goes. */
interface Given {
  readonly profile?: string;
  readonly region?: string;
  /** A URL, or `local` for Local Lambda. */
  readonly endpoint?: string;
}

/**
 * What decides where a request goes, the first that says anything winning: arguments, target, environment, and what was
 * chosen for the folder, or else the settings.
 */
export interface ConnectionRequest {
  readonly given: Given;
  readonly target?: Target | undefined;
  /** The region and the account of a full ARN win over every other. */
  readonly functionName?: string;
  readonly scope?: WorkspaceFolder | undefined;
}

/** Nobody waits longer for a name: STS answers within a second, or is not to be reached from here. */
const longestWaitMs = 5000;

/** Decides where events and questions go, asking the user where the files of others have a say in it. */
export class Destinations {
  /** @param allowed the endpoints of workspaces that the user has allowed */
  constructor(
    private readonly localLambda: Pick<LocalLambda, 'running' | 'settled' | 'start'>,
    private readonly allowed: RememberedSet,
    private readonly targets: Pick<TargetStore, 'environment'>,
    private readonly connections: Pick<ChosenConnections, 'of'>,
    private readonly ui: Pick<Ui, 'ask' | 'askForText' | 'output' | 'withProgress'>,
  ) {}

  /**
   * Where an event goes: its connection with the account. `undefined` when the user does not allow the endpoint, or does
   * not want to give an MFA code.
   * @throws {ConnectionError} in words for people: no region, unknown profile, broken endpoint.
   */
  async ofEvent(request: ConnectionRequest): Promise<Connection | undefined> {
    const endpoint = await this.allowedEndpoint(request.given, request.scope);
    if (endpoint === undefined) return undefined;
    return this.#withAccount(await this.connect({ ...request, endpoint }));
  }

  /**
   * Where requests may go: a URL, `local`, or empty for what the profile says. While Local Lambda runs that is the place,
   * unless the arguments name another. Asks once for each endpoint that the workspace's settings name: they come with the
   * files of others, and what is sent there carries the event and a signature of the user. `undefined` when the user
   * does not allow it.
   */
  async allowedEndpoint(
    { endpoint: given }: Given,
    scope: WorkspaceFolder | undefined,
  ): Promise<string | undefined> {
    const running = await this.localLambda.settled();
    if (given !== undefined || running) return given ?? running?.endpoint;
    const environment = await this.#environmentOf(scope);
    const current = this.connections.of(scope);
    const endpoint = environment?.endpoint ?? current.endpoint;
    if (endpoint === '' || endpoint === 'local' || this.allowed.has(endpoint)) return endpoint;
    const isOwn = current.isChosen || !isWorkspaceEndpoint(scope);
    if (environment?.endpoint === undefined && isOwn) return endpoint;
    const allow = l10n.t('Allow');
    const choice = await this.ui.ask(
      'warning',
      {
        message: l10n.t('Send events to {0}?', endpoint),
        detail: [
          environment?.endpoint === undefined
            ? l10n.t(
                'The settings of this workspace (invokeAsync.endpoint) set it as the endpoint instead of AWS. It receives the events, and requests signed with your profile.',
              )
            : l10n.t(
                'The environment {0} in .lambda/targets.json sets it as the endpoint instead of AWS. It receives the events, and requests signed with your profile.',
                environment.name,
              ),
        ],
      },
      allow,
    );
    if (choice !== allow) return undefined;
    await this.allowed.add(endpoint);
    return endpoint;
  }

  /**
   * The connection to an endpoint that is allowed. `local` starts Local Lambda.
   * @throws {ConnectionError} in words for people: no region, unknown profile, broken endpoint.
   */
  async connect({
    given,
    endpoint,
    target,
    functionName,
    scope,
  }: ConnectionRequest & { readonly endpoint: string }): Promise<Connection> {
    const set = this.connections.of(scope);
    const local = await this.#localEndpoint(endpoint);
    const environment = await this.#environmentOf(scope);
    const profile = given.profile ?? target?.profile ?? environment?.profile ?? set.profile;
    const region = given.region ?? target?.region ?? environment?.region ?? set.region;
    const { resolveConnection } = await connectionRules();
    return resolveConnection({
      timeoutMs: settings(scope).timeoutMs,
      functionIdentifier: functionName,
      proxy: currentProxy(),
      ...(local
        ? { endpoint: local.endpoint, region: local.region, environment: localEnvironment }
        : { endpoint, profile, region, environment: process.env }),
    });
  }

  /** @throws {TargetsError} when nobody can say which one it is */
  async #environmentOf(folder: WorkspaceFolder | undefined): Promise<NamedEnvironment | undefined> {
    const reading = folder && (await this.targets.environment(folder));
    if (reading?.kind === 'fault') throw new TargetsError(reading);
    return reading?.kind === 'selected' ? reading.environment : undefined;
  }

  async #localEndpoint(endpoint: string) {
    if (endpoint === 'local') return this.localLambda.start();
    const { running } = this.localLambda;
    return endpoint === running?.endpoint ? running : undefined;
  }

  /**
   * The connection with the account that an event goes to: of the function's ARN, else of the profile where it names one,
   * else of the credentials, as STS tells. An endpoint on this machine has none. When STS cannot be asked the output says so, and the account stays unknown.
   */
  async #withAccount(connection: Connection): Promise<Connection | undefined> {
    if (connection.accountId !== undefined || isOnThisMachine(connection)) return connection;
    const prompt = new MfaPrompt(this.ui);
    const timeoutMs = Math.min(connection.timeoutMs, longestWaitMs);
    try {
      const accountId = await this.ui.withProgress(
        { location: 'statusBar', title: l10n.t('Getting the account from AWS') },
        async () => (await aws()).callerAccount(connection, { mfaCode: prompt.ask, timeoutMs }),
      );
      return { ...connection, accountId };
    } catch (error) {
      if (prompt.wasRefused) return undefined;
      const reason = messageOf(error);
      this.ui.output.warn(l10n.t('Cannot get the account from STS: {0}', reason));
      return connection;
    }
  }
}

/** The way out that the editor is set to: `http.proxy`, `http.noProxy` and `http.proxyStrictSSL`. */
export function currentProxy(): ProxySettings {
  const http = workspace.getConfiguration('http', null);
  const isOff = http.get('proxySupport') === 'off';
  return {
    url: isOff ? undefined : http.get<string>('proxy') || undefined,
    noProxy: http.get<string[]>('noProxy', []),
    strictSSL: http.get('proxyStrictSSL', true),
  };
}

/** Whether requests stay on this machine, as those to Local Lambda do. */
export function isOnThisMachine({ endpoint }: Connection): boolean {
  return endpoint !== undefined && isLoopback(endpoint);
}

/** Local Lambda knows no accounts and takes any signature: the developer's credentials are not even looked up. */
const localEnvironment = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
};
