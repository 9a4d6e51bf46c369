import * as l10n from '@vscode/l10n';
import {
  type CodeAction,
  CodeActionKind,
  type Command,
  type TextDocumentEdit,
  type TextDocuments,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { sizeProblem } from '../../core/payload/size';
import type { Problem } from '../../core/problem';
import { readTargets } from '../../core/targetsReading';
import { targetsPath } from '../../core/target';
import { difference, emptyTargets, withTarget } from '../../core/targetsEdit';
import type { PayloadToSend } from '../../protocol/messages';
import type { Workspace } from '../workspace/workspace';
import { toDiagnostic } from './diagnostics';
import type { FixSource } from './quickFixes';

/**
 * For a payload that is too large for InvokeAsync and not for Invoke: writes `Invoke` as the API of its target. A client
 * that can writes it itself: editors undo an edit that makes a file, and so delete the file.
 */
export class UseInvokeFix implements FixSource {
  constructor(
    private readonly documents: TextDocuments<TextDocument>,
    private readonly workspace: Workspace,
  ) {}

  async fixes(document: TextDocument, problem: Problem): Promise<CodeAction[]> {
    if (problem.code !== 'payload.too-large') return [];
    const place = this.workspace.folders.place(document.uri);
    const target = await this.workspace.targets.targetOf(document.uri);
    if (!place || !target || sizeProblem(document.getText(), 'Invoke')) return [];
    const reading = await this.workspace.targets.text(place.folder);
    if (reading.kind !== 'text' && reading.kind !== 'missing') return [];
    const before = reading.kind === 'text' ? reading.text : undefined;
    const after = this.#edited(before, place.path, target.function);
    if (after === undefined) return [];
    const uri = `${place.folder}/${targetsPath}`;
    const title = l10n.t('Use Invoke for this payload');
    return [
      {
        title,
        kind: CodeActionKind.QuickFix,
        isPreferred: true,
        diagnostics: [toDiagnostic(document, problem)],
        ...(this.workspace.clientOptions.useInvokeCommand
          ? { command: commandOf(title, { uri: document.uri }) }
          : { edit: this.#edit(uri, before, after) }),
      },
    ];
  }

  /** `undefined` when the file is not as it should be: its own problems come first. */
  #edited(text: string | undefined, path: string, functionIdentifier: string): string | undefined {
    if (text !== undefined && readTargets(text).kind === 'fault') return undefined;
    const change = { function: functionIdentifier, api: 'Invoke' } as const;
    return withTarget(text ?? emptyTargets, path, change);
  }

  #edit(uri: string, before: string | undefined, after: string): WorkspaceEdit {
    const creation = { kind: 'create', uri, options: { ignoreIfExists: true } } as const;
    const textEdit = this.#textEdit(uri, before ?? '', after);
    return { documentChanges: before === undefined ? [creation, textEdit] : [textEdit] };
  }

  #textEdit(uri: string, before: string, after: string): TextDocumentEdit {
    const document = TextDocument.create(uri, 'json', 0, before);
    const { range, newText } = difference(before, after) ?? {
      range: { start: 0, end: 0 },
      newText: '',
    };
    return {
      textDocument: { uri, version: this.documents.get(uri)?.version ?? null },
      edits: [
        {
          range: { start: document.positionAt(range.start), end: document.positionAt(range.end) },
          newText,
        },
      ],
    };
  }
}

function commandOf(title: string, payload: PayloadToSend): Command {
  return { title, command: 'invokeAsync.useInvoke', arguments: [payload] };
}
