import {
  type Connection,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range,
  type TextDocuments,
} from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { oneLine } from '../../core/foreignText';
import { documentation, type Problem, type Severity } from '../../core/problem';
import type { Workspace } from '../workspace/workspace';
import { rangeIn } from '../range';

/** One kind of check: the problems of a document, none when it is not concerned. */
export interface Check {
  problems(document: TextDocument): Promise<readonly Problem[]>;
  /** The document was closed: forget what was kept for it. */
  forget?(uri: string): void;
}

/** The problems of one version of a document, in document order. */
export interface Checked {
  readonly version: number;
  readonly problems: readonly Problem[];
}

/** Long enough to skip the keystrokes of a word, short enough to feel immediate. */
export const pauseMs = 120;

/**
 * Checks open documents and publishes what is found. A result is dropped when the document has moved on;
 * a closed document's problems go with it.
 */
export class Diagnostics {
  readonly #pauses = new Map<string, NodeJS.Timeout>();
  readonly #checked = new Map<string, Checked>();
  /** The check of each document that was begun last. An earlier one that ends later says nothing new. */
  readonly #latest = new Map<string, symbol>();

  constructor(
    private readonly documents: TextDocuments<TextDocument>,
    private readonly workspace: Workspace,
    private readonly checks: readonly Check[],
  ) {}

  register(connection: Connection): void {
    // A document that opens is checked at once, one that is typed in after a pause.
    this.documents.onDidOpen(({ document }) => this.#schedule(connection, document.uri, 0));
    this.documents.onDidChangeContent(({ document }) => {
      const opened = this.#checked.has(document.uri);
      this.#schedule(connection, document.uri, opened ? pauseMs : 0);
    });
    this.documents.onDidClose(({ document: { uri } }) => {
      clearTimeout(this.#pauses.get(uri));
      this.#pauses.delete(uri);
      this.#checked.delete(uri);
      this.#latest.delete(uri);
      for (const check of this.checks) check.forget?.(uri);
      void connection.sendDiagnostics({ uri, diagnostics: [] });
    });
    this.workspace.onDidChange((concerned) => {
      for (const uri of this.documents.keys()) {
        if (concerned(uri)) this.#schedule(connection, uri, pauseMs);
      }
    });
  }

  /** The problems of a document as it stands now: what was published, or found anew when it has changed since. */
  async current(document: TextDocument): Promise<Checked> {
    const checked = this.#checked.get(document.uri);
    return checked?.version === document.version ? checked : this.#check(document);
  }

  #schedule(connection: Connection, uri: string, delayMs: number): void {
    clearTimeout(this.#pauses.get(uri));
    const pause = setTimeout(() => {
      this.#pauses.delete(uri);
      void this.#publish(connection, uri);
    }, delayMs);
    this.#pauses.set(uri, pause);
  }

  async #publish(connection: Connection, uri: string): Promise<void> {
    const document = this.documents.get(uri);
    if (!document) return;
    const check = Symbol(uri);
    this.#latest.set(uri, check);
    try {
      const checked = await this.#check(document);
      const current = this.documents.get(uri);
      if (current?.version !== checked.version || this.#latest.get(uri) !== check) return;
      this.#checked.set(uri, checked);
      await connection.sendDiagnostics({
        uri,
        version: checked.version,
        diagnostics: checked.problems.map((problem) => toDiagnostic(current, problem)),
      });
    } catch (error) {
      connection.console.error(oneLine(`Checking ${uri} failed: ${String(error)}`));
    }
  }

  async #check(document: TextDocument): Promise<Checked> {
    const { version } = document;
    const found = await Promise.all(this.checks.map((check) => check.problems(document)));
    return { version, problems: found.flat().toSorted((a, b) => a.range.start - b.range.start) };
  }
}

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A problem in the words of LSP. */
export function toDiagnostic(document: TextDocument, problem: Problem): Diagnostic {
  return placedDiagnostic({
    ...problem,
    range: rangeIn(document, problem.range),
  });
}

/** The same for a problem whose place is known by lines and characters. */
export function placedDiagnostic({
  code,
  severity,
  message,
  range,
}: Pick<Problem, 'code' | 'severity' | 'message'> & { readonly range: Range }): Diagnostic {
  return {
    source: 'invoke-async',
    code,
    codeDescription: { href: documentation[code] },
    severity: severities[severity],
    message: oneLine(message),
    range,
    ...(code === 'deprecated.invoke-async' ? { tags: [DiagnosticTag.Deprecated] } : {}),
  };
}
