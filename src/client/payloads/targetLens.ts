import {
  CodeLens,
  type CodeLensProvider,
  Disposable,
  EventEmitter,
  languages,
  Range,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import { parseFunctionIdentifier } from '../../core/functionIdentifier/parse';
import type { Target } from '../../core/targets';
import type { LocalLambda } from '../localLambda';
import { apiLabel } from '../reportText';
import { settings } from '../settings';
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
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('invokeAsync')) this.#changed.fire();
      }),
    );
  }

  async provideCodeLenses({ uri }: TextDocument): Promise<CodeLens[]> {
    if (!isPayloadFile(uri)) return [];
    const target = await this.targets.target(uri);
    const invoke = { command: 'invokeAsync.invoke', arguments: [uri] };
    const set = { command: 'invokeAsync.setTarget', arguments: [uri] };
    return [
      new CodeLens(topOfFile, { ...invoke, title: this.#label(uri, target) }),
      new CodeLens(topOfFile, { ...set, title: 'Set Target' }),
    ];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** `Invoke Async → orders · us-east-1 · dev`: as much as the target and the settings say. */
  #label(uri: Uri, target: Target | undefined): string {
    const set = settings(uri);
    const call = apiLabel(target?.api ?? set.api).replace('InvokeAsync', 'Invoke Async');
    if (!target) return `$(play) ${call}…`;
    const parsed = parseFunctionIdentifier(target.function);
    const parts = parsed.ok ? parsed.identifier : undefined;
    const name = [
      parts?.name.text ?? target.function,
      ...(parts?.qualifier ? [parts.qualifier.text] : []),
    ];
    const place = this.localLambda.running
      ? ['Local Lambda']
      : [parts?.region?.text ?? target.region ?? set.region, target.profile ?? set.profile];
    return [`$(play) ${call} → ${name.join(':')}`, ...place.filter((part) => part !== '')].join(
      ' · ',
    );
  }
}
