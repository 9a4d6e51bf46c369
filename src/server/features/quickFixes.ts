import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  type TextDocuments,
} from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Fix, Problem, TextRange } from '../../core/problem';
import { editIn } from '../range';
import type { Workspace } from '../workspace/workspace';
import { type Diagnostics, toDiagnostic } from './diagnostics';
import { fixAllActions, fixAllKind, widerFixes } from './fixAll';

/** A fix that edits another file than the one with the problem, itself or by a command of the client. */
export type OtherFix = Pick<CodeAction, 'title' | 'isPreferred' | 'edit' | 'command'>;

export interface FixSource {
  fixes(document: TextDocument, problem: Problem): Promise<readonly OtherFix[]>;
}

/** Offers the fixes that the checks found together with their problems. */
export class QuickFixes {
  constructor(
    private readonly documents: TextDocuments<TextDocument>,
    private readonly diagnostics: Diagnostics,
    private readonly workspace: Pick<Workspace, 'clientOptions'>,
    private readonly sources: readonly FixSource[],
  ) {}

  register(connection: Connection): void {
    connection.onCodeAction((params) => this.#actions(params));
  }

  async #actions(params: CodeActionParams): Promise<CodeAction[]> {
    const document = this.documents.get(params.textDocument.uri);
    if (!document) return [];
    const { problems, version } = await this.diagnostics.current(document);
    const all = asksFor(params, fixAllKind) ? fixAllActions(document, problems) : [];
    const single = asksFor(params, CodeActionKind.QuickFix)
      ? await this.#quickFixes(document, problems, params)
      : [];
    // Fixes of a text that has been edited meanwhile would be written in the wrong places.
    return document.version === version ? [...single, ...all] : [];
  }

  async #quickFixes(
    document: TextDocument,
    problems: readonly Problem[],
    params: CodeActionParams,
  ): Promise<CodeAction[]> {
    const asked = {
      start: document.offsetAt(params.range.start),
      end: document.offsetAt(params.range.end),
    };
    const touched = problems.filter(({ range }) => touches(range, asked));
    const own = touched.flatMap((problem) =>
      problem.fixes.map((fix) => quickFix(document, problem, ownFix(document, fix))),
    );
    const others = this.sources.flatMap((source) =>
      touched.map(async (problem) => {
        const fixes = await source.fixes(document, problem);
        return fixes.map((fix) => quickFix(document, problem, fix));
      }),
    );
    const { migrateCommand = false } = this.workspace.clientOptions;
    const wider = widerFixes(document, problems, touched, migrateCommand);
    return [...own, ...wider, ...(await Promise.all(others)).flat()];
  }
}

function asksFor({ context }: CodeActionParams, kind: string): boolean {
  return context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
}

function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function quickFix(document: TextDocument, problem: Problem, fix: OtherFix): CodeAction {
  return {
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(document, problem)],
    ...fix,
  };
}

function ownFix(document: TextDocument, { title, edits, preferred }: Fix): OtherFix {
  return {
    title,
    ...(preferred ? { isPreferred: true } : {}),
    edit: {
      documentChanges: [
        {
          textDocument: { uri: document.uri, version: document.version },
          edits: edits.map((edit) => editIn(document, edit)),
        },
      ],
    },
  };
}
