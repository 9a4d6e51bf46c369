import * as l10n from '@vscode/l10n';
import {
  CodeLens,
  type CodeLensProvider,
  type Diagnostic,
  DiagnosticSeverity,
  Disposable,
  EventEmitter,
  languages,
  Range,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import { labelText } from '../../core/foreignText';
import type { Target } from '../../core/target';
import { functionLabel } from '../../core/functionIdentifier/label';
import { commandOf } from '../contributions';
import type { LocalLambda } from '../connection/localLambda';
import { apiLabel } from '../invoke/callText';
import { affectsSetting, settings } from '../settings';
import { isPayloadFile } from './payloadLibrary';
import type { TargetStore } from './targetStore';

const topOfFile = new Range(0, 0, 0, 0);

/** Above a payload: where it goes, and the way to send it elsewhere. Asks no network and no credentials. */
export class TargetLens implements CodeLensProvider, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(
    private readonly targets: TargetStore,
    private readonly localLambda: LocalLambda,
  ) {
    this.#subscriptions = Disposable.from(
      this.#changed,
      languages.registerCodeLensProvider({ language: 'json', scheme: 'file' }, this),
      targets.onDidChange(() => this.#changed.fire()),
      localLambda.onDidChange(() => this.#changed.fire()),
      languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some(isPayloadFile)) this.#changed.fire();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (affectsSetting(event)) this.#changed.fire();
      }),
    );
  }

  async provideCodeLenses({ uri }: TextDocument): Promise<CodeLens[]> {
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
      new CodeLens(topOfFile, commandOf('invokeAsync.invoke', this.#label(uri, target), uri)),
      new CodeLens(topOfFile, commandOf('invokeAsync.setTarget', l10n.t('Set Target'), uri)),
      ...(languages.getDiagnostics(uri).some(isMismatch) ? [mismatchLens()] : []),
    ];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** `Invoke Async → orders · us-east-1 · dev`: as much as the target and the settings say. */
  #label(uri: Uri, target: Target | undefined): string {
    const set = settings(uri);
    const api = target?.api ?? set.api;
    const call = api === 'InvokeAsync' ? l10n.t('Invoke Async') : apiLabel(api);
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
    return labelText([`${call} → ${label}`, ...place.filter(Boolean)].join(' · '));
  }
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
