import { type Diagnostic, DiagnosticSeverity, type Disposable, languages, type Uri } from 'vscode';

type Show = (uri: Uri, diagnostics: Diagnostic[]) => void;

/**
 * Shows the problems of the server but for those that VS Code's own JSON validation reports as well, so that no fault
 * counts twice in the text, in the list of problems and in badges. Where that validation is off, or does not know the
 * fault, ours stand. Fixes are offered either way: the server finds them by their place.
 */
export class JsonProblems implements Disposable {
  readonly #documents = new Map<string, Published>();
  readonly #listening = languages.onDidChangeDiagnostics(({ uris }) => {
    for (const uri of uris) this.#update(uri);
  });

  /** @param show puts diagnostics in the place of those that were shown of the document */
  publish(uri: Uri, diagnostics: Diagnostic[], show: Show): void {
    const shown = withoutRepeated(diagnostics, languages.getDiagnostics(uri));
    if (diagnostics.some(mayBeRepeated)) {
      this.#documents.set(uri.toString(), { diagnostics, shown, show });
    } else {
      this.#documents.delete(uri.toString());
    }
    show(uri, shown);
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #update(uri: Uri): void {
    const published = this.#documents.get(uri.toString());
    if (!published) return;
    const { diagnostics, show } = published;
    const shown = withoutRepeated(diagnostics, languages.getDiagnostics(uri));
    // What is shown is a change of its own.
    const isSame = shown.length === published.shown.length;
    if (isSame && shown.every((diagnostic, index) => diagnostic === published.shown[index])) return;
    published.shown = shown;
    show(uri, shown);
  }
}

interface Published {
  readonly diagnostics: Diagnostic[];
  shown: Diagnostic[];
  readonly show: Show;
}

/** Codes of the errors of VS Code's JSON language service: those of schemas begin where those of syntax end. */
const firstSyntaxError = 0x101;
const firstSchemaError = 0x300;
const duplicateKey = 0x208;

function withoutRepeated(ours: Diagnostic[], all: readonly Diagnostic[]): Diagnostic[] {
  if (!ours.some(mayBeRepeated)) return ours;
  const theirs = all.filter(({ source }) => source === 'json');
  const duplicates = theirs.filter(({ code }) => code === duplicateKey);
  // A parser that goes on after a fault places it where it sees fit, and so does theirs.
  const isSyntaxReported = theirs.some((diagnostic) => isSyntaxError(diagnostic));
  return ours.filter((diagnostic) => {
    if (!mayBeRepeated(diagnostic)) return true;
    if (codeOf(diagnostic) === 'payload.syntax') return !isSyntaxReported;
    return !duplicates.some(({ range }) => range.intersection(diagnostic.range));
  });
}

function mayBeRepeated(diagnostic: Diagnostic): boolean {
  const code = codeOf(diagnostic);
  // A warning of syntax is about JSON that handlers read otherwise than it is written.
  const isError = diagnostic.severity === DiagnosticSeverity.Error;
  return (code === 'payload.syntax' && isError) || code === 'payload.duplicate-key';
}

function isSyntaxError({ code }: Diagnostic): boolean {
  return (
    typeof code === 'number' &&
    code >= firstSyntaxError &&
    code < firstSchemaError &&
    code !== duplicateKey
  );
}

function codeOf({ code }: Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}
