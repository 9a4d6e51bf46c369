import * as l10n from '@vscode/l10n';
import {
  CodeLens,
  type Diagnostic,
  DiagnosticSeverity,
  Disposable,
  languages,
  Range,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import { labelText } from '../../core/foreignText';
import type { Target } from '../../core/target';
import { apiFor } from '../../core/invocationHeaders';
import { functionLabel } from '../../core/functionIdentifier/label';
import { commandOf } from '../contributions';
import type { ChosenConnections } from '../connection/chosenConnections';
import type { LocalLambda } from '../connection/localLambda';
import { callTitle, headerParts } from '../invoke/callText';
import type { KnownFunctions } from '../invoke/knownFunctions';
import { affectsSetting, settings } from '../settings';
import type { Lenses } from '../ui/lazyLenses';
import { isPayloadFile } from './payloadLibrary';
import type { TargetStore } from './targetStore';

const topOfFile = new Range(0, 0, 0, 0);

/** So much text is parsed for a lens. */
const mostCharacters = 256 * 1024;

/** Above a payload: where it goes, and the way to send it elsewhere. Asks no network and no credentials. */
export class TargetLens implements Lenses {
  readonly #subscriptions: Disposable;

  constructor(
    private readonly targets: TargetStore,
    private readonly localLambda: LocalLambda,
    private readonly functions: Pick<KnownFunctions, 'fate' | 'onDidNoteFate'>,
    private readonly connections: Pick<ChosenConnections, 'of' | 'onDidChange'>,
    changed: () => void,
  ) {
    const fates = functions.onDidNoteFate(changed);
    this.#subscriptions = Disposable.from(
      targets.onDidChange(changed),
      localLambda.onDidChange(changed),
      connections.onDidChange(changed),
      new Disposable(() => fates.dispose()),
      languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some(isPayloadFile)) changed();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (affectsSetting(event)) changed();
      }),
    );
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    const { uri } = document;
    if (!isPayloadFile(uri)) return [];
    const reading = await this.targets.target(uri);
    if (reading.kind === 'fault') {
      const title = `$(error) ${l10n.t('targets.json has an error: nothing is sent')}`;
      const { uri: file, reason, selection } = reading;
      const open = { command: 'vscode.open', arguments: [file, { selection }] };
      return [new CodeLens(topOfFile, { ...open, title, tooltip: reason })];
    }
    const { target } = reading;
    return [
      new CodeLens(topOfFile, {
        ...commandOf('invokeAsync.invoke', this.#label(uri, target), uri),
        tooltip: this.#fate(uri, target) ?? '',
      }),
      new CodeLens(topOfFile, commandOf('invokeAsync.setTarget', l10n.t('Set Target'), uri)),
      ...(await elementsLens(document)),
      ...(languages.getDiagnostics(uri).some(isMismatch) ? [mismatchLens()] : []),
    ];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** What will become of the event: what an earlier one made known. */
  #fate(uri: Uri, target: Target | undefined): string | undefined {
    if (!target) return undefined;
    const set = this.connections.of(workspace.getWorkspaceFolder(uri));
    const { region } = functionLabel(target.function);
    return this.functions.fate({
      functionName: target.function,
      region: region ?? target.region ?? set.region,
      profile: target.profile ?? set.profile,
      isLocal: this.localLambda.running !== undefined || set.endpoint !== '',
    });
  }

  /** `Invoke Async → orders · us-east-1 · dev`: as much as the target and the settings say. */
  #label(uri: Uri, target: Target | undefined): string {
    const set = this.connections.of(workspace.getWorkspaceFolder(uri));
    const call = callTitle(apiFor(target?.api ?? settings(uri).api, target ?? {}));
    if (!target) return l10n.t('{0}…', call);
    const { label, region, account } = functionLabel(target.function);
    const isLocal = this.localLambda.running !== undefined || set.endpoint === 'local';
    const place = isLocal
      ? ['Local Lambda']
      : [
          region ?? target.region ?? set.region,
          account,
          target.profile ?? set.profile,
          set.endpoint,
        ];
    const parts = [...headerParts(target), ...place.filter(Boolean)];
    return labelText([`${call} → ${label}`, ...parts].join(' · '));
  }
}

/** Above an array of several elements, each of which may be meant as an event; where knowing it takes no time. */
async function elementsLens(document: TextDocument): Promise<CodeLens[]> {
  const { end } = document.lineAt(document.lineCount - 1).range;
  if (document.offsetAt(end) > mostCharacters) return [];
  const text = document.getText();
  if (!/^\s*\[/.test(text)) return [];
  const { elementCount } = await import('../../core/payload/elementLines');
  if (elementCount(text) < 2) return [];
  const title = l10n.t('Send Each Element…');
  return [new CodeLens(topOfFile, commandOf('invokeAsync.sendElements', title, document.uri))];
}

function mismatchLens(): CodeLens {
  const title = `$(warning) ${l10n.t('Does not match its schema')}`;
  return new CodeLens(topOfFile, { command: 'workbench.actions.view.problems', title });
}

function isMismatch({ source, code, severity }: Diagnostic): boolean {
  const value = typeof code === 'object' ? code.value : code;
  const isToldToAll = severity <= DiagnosticSeverity.Warning;
  return source === 'invoke-async' && value === 'payload.schema' && isToldToAll;
}
