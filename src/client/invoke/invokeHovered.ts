import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../core/invocation/outcome';
import type { PlaceOfFunction } from '../../protocol/messages';
import { pickPayload } from './choosePayload';
import type { Services } from '../services';
import { trusted } from '../ui/trust';
import { tell } from '../ui/messages';
import { invokeWith, sendingNeedsTrust } from './invokeCommands';

/**
 * What the link of a hover runs. The link names a place in an open document, and nothing of the event: a document that
 * made such a link could choose only a function that it names itself. The payload is picked, since the JSON that is open
 * may be the very file that names the function.
 */
export async function invokeHovered(
  services: Services,
  argument?: unknown,
): Promise<Outcome | undefined> {
  if (!isPlace(argument) || !(await trusted(sendingNeedsTrust()))) return undefined;
  const { uri, version, offset } = argument;
  const hovered = await services.languageServer.functionAt({ uri, version, offset });
  if (!hovered) {
    tell('information', l10n.t('The document has changed. Hover over the function again.'));
    return undefined;
  }
  const { functionName, profile, region } = hovered;
  const payload = await pickPayload(services.library);
  if (!payload) return undefined;
  return invokeWith(services, {
    functionName,
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...payload,
  });
}

function isPlace(argument: unknown): argument is PlaceOfFunction {
  if (typeof argument !== 'object' || argument === null) return false;
  const { uri, version, offset } = argument as Partial<Record<keyof PlaceOfFunction, unknown>>;
  return typeof uri === 'string' && typeof version === 'number' && typeof offset === 'number';
}
