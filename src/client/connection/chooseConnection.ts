import { devNull } from 'node:os';
import type { ConfigurationScope } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import type { Target } from '../../core/target';
import { environmentWithNoProxy, proxySettings } from './proxySettings';
import { connectionRules } from '../lazy';
import type { LocalLambda } from './localLambda';
import { settings } from '../settings';
import type { InvokeArguments } from '../invoke/invokeArguments';

/** What decides where a request goes, the first that says anything winning: arguments, target, settings. */
export interface ConnectionWishes {
  readonly given: Pick<InvokeArguments, 'profile' | 'region'>;
  /** Where requests may go: see allowedEndpoint. */
  readonly endpoint: string;
  readonly target?: Target | undefined;
  readonly functionName?: string;
  readonly scope?: ConfigurationScope | undefined;
}

/**
 * The connection of an invocation. An endpoint `local` starts Local Lambda.
 * @throws {ConnectionError} in words for people: no region, unknown profile, broken endpoint.
 */
export async function chooseConnection(
  { given, endpoint, target, functionName, scope }: ConnectionWishes,
  localLambda: LocalLambda,
): Promise<Connection> {
  const set = settings(scope);
  const here = await localEndpoint(endpoint, localLambda);
  const profile = given.profile ?? target?.profile ?? set.profile;
  const region = given.region ?? target?.region ?? set.region;
  const { resolveConnection } = await connectionRules();
  return resolveConnection({
    timeoutMs: set.timeoutMs,
    functionIdentifier: functionName,
    proxy: proxySettings(),
    ...(here
      ? { endpoint: here.endpoint, region: here.region, environment: localEnvironment }
      : { endpoint, profile, region, environment: environmentWithNoProxy() }),
  });
}

async function localEndpoint(endpoint: string, localLambda: LocalLambda) {
  if (endpoint === 'local') return localLambda.start();
  return endpoint === localLambda.running?.endpoint ? localLambda.running : undefined;
}

/** Local Lambda knows no accounts and takes any signature: the developer's credentials are not even looked up. */
const localEnvironment = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
};
