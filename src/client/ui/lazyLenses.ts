import {
  type CodeLens,
  type CodeLensProvider,
  Disposable,
  type DocumentSelector,
  EventEmitter,
  languages,
  type TextDocument,
} from 'vscode';

/** What draws the lenses of a document, and lets go of what it listens to. */
export interface Lenses extends Disposable {
  provideCodeLenses(document: TextDocument): CodeLens[] | Promise<CodeLens[]>;
}

/**
 * Provides lenses by a part of the extension that is loaded with the first document they could stand in.
 * @param load makes that part, given what tells the editor that lenses have changed
 */
export function provideLensesLazily(
  selector: DocumentSelector,
  load: (changed: () => void) => Promise<Lenses>,
): Disposable {
  const changed = new EventEmitter<void>();
  let lenses: Promise<Lenses> | undefined;
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async (document) =>
      (await (lenses ??= load(() => changed.fire()))).provideCodeLenses(document),
  };
  return Disposable.from(
    changed,
    languages.registerCodeLensProvider(selector, provider),
    new Disposable(async () => (await lenses)?.dispose()),
  );
}
