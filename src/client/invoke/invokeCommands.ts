import * as l10n from '@vscode/l10n';
import { workspace } from 'vscode';
import type { Outcome } from '../../core/invocation/outcome';
import { isRecord } from '../../core/isRecord';
import { selectedJson } from '../../core/payload/selectedJson';
import type { PlaceOfFunction } from '../../protocol/messages';
import type { DeclaredFunctionRow } from '../contributions';
import type { LanguageServer } from '../languageServer/languageServer';
import type { Ui } from '../ui/ui';
import { defined, type InvokeArguments, isComplete, readInvokeArguments } from './invokeArguments';
import type { Invoker } from './invoker';
import { activeJson, type PayloadChoice } from './payloadChoice';
import type { PickedFunctions } from './pickedFunctions';

/** The commands that send one event. Each resolves to the outcome, or to `undefined` when the user cancelled. */
export class InvokeCommands {
  constructor(
    private readonly invoker: Invoker,
    private readonly payloads: Pick<PayloadChoice, 'pick'>,
    private readonly picked: Pick<PickedFunctions, 'identifyIn'>,
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

  /** Lambda: Invoke and Wait: runs the function once, and shows what it comes to. */
  async invokeAndWait(argument?: unknown): Promise<Outcome | undefined> {
    const given = readInvokeArguments(argument);
    const options = { waits: true, mayRepeat: isComplete(given) };
    return this.invoker.invoke({ ...given, api: 'Invoke' }, options);
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

  /** Lambda: Send Selection…: the JSON that is selected in any text, sent as it is, to a function that the user picks. */
  async sendSelection(): Promise<Outcome | undefined> {
    const { active } = this.ui;
    if (!active || active.selectedText === '') {
      this.ui.tell('information', l10n.t('Select the JSON to send first.'));
      return undefined;
    }
    const { text: payload, leftOut } = selectedJson(active.selectedText);
    const label = l10n.t('selection in {0}', workspace.asRelativePath(active.uri));
    const source = { label, ...(leftOut && { leftOut }) };
    return this.invoker.invoke({ payload, source });
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
    return this.#invokeNamed(defined(hovered));
  }

  /** What the lens above a function of the project's files runs: the payload is picked, as after a hover. */
  async invokeFunction(argument?: unknown): Promise<Outcome | undefined> {
    if (!isFunctionRow(argument) || !(await this.invoker.isAllowedHere())) return undefined;
    const { folder, functionIdentifier: functionName, ofStack } = argument;
    const picked = { functionName, ...(ofStack && { ofStack }) };
    const identifier = await this.picked.identifyIn(folder, picked);
    return identifier === undefined ? undefined : this.#invokeNamed({ functionName: identifier });
  }

  async #invokeNamed(
    named: Pick<InvokeArguments, 'profile' | 'region'> & { readonly functionName: string },
  ): Promise<Outcome | undefined> {
    const payload = await this.payloads.pick(named.functionName);
    return payload && this.invoker.invoke({ ...named, ...payload });
  }
}

function isPlace(argument: unknown): argument is PlaceOfFunction {
  if (!isRecord(argument)) return false;
  const { uri, version, offset } = argument;
  return typeof uri === 'string' && typeof version === 'number' && typeof offset === 'number';
}

function isFunctionRow(argument: unknown): argument is DeclaredFunctionRow {
  const isRow = isRecord(argument) && isRecord(argument['folder']);
  return isRow && typeof argument['functionIdentifier'] === 'string';
}
