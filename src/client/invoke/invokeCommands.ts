import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../core/invocation/outcome';
import { isRecord } from '../../core/isRecord';
import type { PlaceOfFunction } from '../../protocol/messages';
import type { LanguageServer } from '../languageServer/languageServer';
import type { Ui } from '../ui/ui';
import { type InvokeArguments, readInvokeArguments } from './invokeArguments';
import type { Invoker } from './invoker';
import { activeJson, type PayloadChoice } from './payloadChoice';

/** The commands that send one event. Each resolves to the outcome, or to `undefined` when the user cancelled. */
export class InvokeCommands {
  constructor(
    private readonly invoker: Invoker,
    private readonly payloads: Pick<PayloadChoice, 'pick'>,
    private readonly server: Pick<LanguageServer, 'functionAt'>,
    private readonly ui: Pick<Ui, 'active' | 'tell'>,
  ) {}

  /** Lambda: Invoke Async. */
  async invoke(argument?: unknown): Promise<Outcome | undefined> {
    const given = readInvokeArguments(argument);
    return this.invoker.invoke(given, { mayRepeat: isComplete(given) });
  }

  /** Lambda: Invoke (Event): the call that AWS recommends, whatever the setting. */
  async invokeEvent(argument?: unknown): Promise<Outcome | undefined> {
    const given = readInvokeArguments(argument);
    return this.invoker.invoke({ ...given, api: 'Invoke' }, { mayRepeat: isComplete(given) });
  }

  /** Lambda: Check Permission (Dry Run): whether the event would be allowed; the function does not run. */
  async dryRun(argument?: unknown): Promise<Outcome | undefined> {
    const given = readInvokeArguments(argument);
    const hasPayload =
      given.uri !== undefined || given.payload !== undefined || activeJson(this.ui);
    // A permission does not depend on the event: nobody is asked for one.
    const payload = hasPayload ? {} : { payload: '{}' };
    return this.invoker.invoke({ ...given, ...payload, api: 'Invoke' }, { dryRun: true });
  }

  /**
   * What the link of a hover runs. The link names a place in an open document, and nothing of the event: a document that
   * made such a link could choose only a function that it names itself. The payload is picked, since the JSON that is
   * open may be the very file that names the function.
   */
  async invokeHovered(argument?: unknown): Promise<Outcome | undefined> {
    if (!isPlace(argument) || !(await this.invoker.isAllowedHere())) return undefined;
    const { uri, version, offset } = argument;
    const hovered = await this.server.functionAt({ uri, version, offset });
    if (!hovered) {
      this.ui.tell(
        'information',
        l10n.t('The document has changed. Hover over the function again.'),
      );
      return undefined;
    }
    const { functionName, profile, region } = hovered;
    const payload = await this.payloads.pick();
    if (!payload) return undefined;
    return this.invoker.invoke({
      functionName,
      ...(profile === undefined ? {} : { profile }),
      ...(region === undefined ? {} : { region }),
      ...payload,
    });
  }
}

/** Whether a keybinding, a task or another extension named all: it is asked nothing, and may send as fast as it likes. */
function isComplete({ functionName, payload, uri }: InvokeArguments): boolean {
  return functionName !== undefined && (payload !== undefined || uri !== undefined);
}

function isPlace(argument: unknown): argument is PlaceOfFunction {
  if (!isRecord(argument)) return false;
  const { uri, version, offset } = argument;
  return typeof uri === 'string' && typeof version === 'number' && typeof offset === 'number';
}
