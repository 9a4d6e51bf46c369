import * as l10n from '@vscode/l10n';
import type { InvokeApi } from '../../core/invocation/outcome';
import type { Services } from '../services';
import { settings } from '../settings';
import { withAccount } from '../connection/account';
import { check } from './check';
import { chooseFunction } from './chooseFunction';
import { asItStands, choosePayload, type Payload } from './choosePayload';
import { chooseConnection } from '../connection/chooseConnection';
import { allowedEndpoint } from './guard';
import type { ListedFunction } from './functionRows';
import type { Invocation } from './invocation';
import type { InvokeArguments } from './invokeArguments';
import { aws } from '../lazy';

/** As much of an invocation as is known yet: what the outcome names when preparing it fails. */
export interface Draft {
  api: InvokeApi;
  functionName: string;
  text: string;
}

/**
 * Completes an invocation: what the arguments leave open is taken from the payload's target and the settings, or asked
 * for. Fills `draft` on the way. `undefined` when the user cancelled; throws when it must not or cannot be sent.
 */
export async function prepare(
  services: Services,
  given: InvokeArguments,
  draft: Draft,
): Promise<Invocation | undefined> {
  draft.functionName = given.functionName ?? '';
  const chosen = await choosePayload(given, services.library, services.targets);
  if (!chosen) return undefined;
  const { target, folder: scope } = chosen;
  draft.text = chosen.text;
  draft.api = given.api ?? target?.api ?? settings(scope).api;
  const functionName =
    given.functionName ?? target?.function ?? (await askForFunction(services, given, chosen));
  if (functionName === undefined) return undefined;
  draft.functionName = functionName;
  // Read anew, and asked anew: both may have changed while the user chose.
  const payload = await asItStands(chosen, given);
  draft.text = payload.text;
  await check({ functionName, qualifier: given.qualifier }, payload, draft.api, services);
  const endpoint = await allowedEndpoint(given, scope, services);
  if (endpoint === undefined) return undefined;
  const connection = await withAccount(
    await chooseConnection({ given, endpoint, target, functionName, scope }, services.localLambda),
    services.output,
  );
  if (!connection) return undefined;
  await services.recentFunctions.add(functionName);
  return {
    payload,
    functionName,
    api: draft.api,
    connection,
    ...(given.qualifier === undefined ? {} : { qualifier: given.qualifier }),
  };
}

async function askForFunction(
  services: Services,
  given: InvokeArguments,
  payload: Payload,
): Promise<string | undefined> {
  const endpoint = await allowedEndpoint(given, payload.folder, services);
  if (endpoint === undefined) return undefined;
  return chooseFunction({
    title: l10n.t('Select a function to send {0} to', payload.label),
    recent: services.recentFunctions.list(),
    listed: (signal) => listedFunctions(services, { given, endpoint, payload }, signal),
  });
}

/** The functions that the connection can see, page by page. */
async function* listedFunctions(
  { localLambda, knownFunctions }: Services,
  { given, endpoint, payload }: { given: InvokeArguments; endpoint: string; payload: Payload },
  signal: AbortSignal,
): AsyncGenerator<readonly ListedFunction[]> {
  const { target, folder: scope } = payload;
  const connection = await chooseConnection({ given, endpoint, target, scope }, localLambda);
  const { listFunctions: list } = await aws();
  for await (const page of list(connection, { signal })) {
    const functions = page.map(({ name, runtime }) => ({ name, detail: runtime ?? '' }));
    knownFunctions.note(functions);
    yield functions;
  }
}
