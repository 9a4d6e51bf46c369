import type { TextDocumentEdit, TextDocuments, WorkspaceEdit } from '../lsp';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Target, targetsPath } from '../../core/target';
import { difference, emptyTargets, withTarget } from '../../core/targetsEdit';
import { readTargets } from '../../core/targetsReading';
import type { Workspace } from '../workspace/workspace';
import { editIn } from '../range';

/** Edits of `.lambda/targets.json` for editors that cannot be asked to write it. */
export class TargetsEdits {
  constructor(
    private readonly documents: TextDocuments<TextDocument>,
    private readonly workspace: Workspace,
  ) {}

  /**
   * The edit after which a payload's target says something else; `undefined` when it has no target, or when the file is
   * not as it should be: its own problems come first.
   */
  async edit(uri: string, change: Partial<Target>): Promise<WorkspaceEdit | undefined> {
    const place = this.workspace.folders.place(uri);
    const target = await this.workspace.targets.targetOf(uri);
    if (!place || !target) return undefined;
    const reading = await this.workspace.targets.text(place.folder);
    if (reading.kind !== 'text' && reading.kind !== 'missing') return undefined;
    const before = reading.kind === 'text' ? reading.text : undefined;
    const after = edited(before, place.path, { ...change, function: target.function });
    if (after === undefined) return undefined;
    const file = `${place.folder}/${targetsPath}`;
    const creation = { kind: 'create', uri: file, options: { ignoreIfExists: true } } as const;
    const textEdit = this.#textEdit(file, before ?? '', after);
    return { documentChanges: before === undefined ? [creation, textEdit] : [textEdit] };
  }

  #textEdit(uri: string, before: string, after: string): TextDocumentEdit {
    const document = TextDocument.create(uri, 'json', 0, before);
    const edit = difference(before, after);
    return {
      textDocument: { uri, version: this.documents.get(uri)?.version ?? null },
      edits: edit ? [editIn(document, edit)] : [],
    };
  }
}

function edited(
  text: string | undefined,
  path: string,
  change: Partial<Target> & Pick<Target, 'function'>,
): string | undefined {
  if (text !== undefined && readTargets(text).kind === 'fault') return undefined;
  return withTarget(text ?? emptyTargets, path, change);
}
