import * as l10n from '@vscode/l10n';
import {
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  type Hover,
  InsertTextFormat,
} from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { markdownCode, markdownText, oneLine } from '../../core/foreignText';
import { matchesGlob } from '../../core/patterns/glob';
import type { Description, SchemaLook, Suggestion } from '../../core/payload/schemaLook';
import { longestPayload } from '../../core/payload/size';
import { markdown } from '../markup';
import type { PayloadSchemas } from '../schemas/payloadSchemas';
import type { Schemas } from '../schemas/schemas';
import type { Workspace } from '../workspace/workspace';
import { editIn, rangeIn } from '../range';
import type { HoverSource } from './hovers';

/** Keys and values inside a payload, from its schema, also while its JSON is half typed. */
export class PayloadCompletion implements HoverSource {
  constructor(
    private readonly connection: Connection,
    private readonly workspace: Workspace,
    private readonly schemas: Schemas,
    private readonly payloadSchemas: PayloadSchemas,
  ) {}

  /** @param offset in UTF-16 units */
  async items(document: TextDocument, offset: number): Promise<CompletionItem[]> {
    const look = await this.#look(document, offset);
    if (!look || (await this.#isCompletedByEditor(document))) return [];
    const ofEditor = new Set(this.workspace.clientOptions.eventCommands ? look.similarKeys : []);
    return look.suggestions
      .filter(({ kind, label }) => kind === 'value' || !ofEditor.has(label))
      .map((suggestion, index) => this.#item(document, look, suggestion, index));
  }

  async hover(document: TextDocument, offset: number): Promise<Hover | undefined> {
    const look = await this.#look(document, offset);
    const { about, range } = look ?? {};
    if (!about || !range || range.start === range.end) return undefined;
    return {
      contents: markdown(paragraphs(about)),
      range: rangeIn(document, range),
    };
  }

  async #look(document: TextDocument, offset: number): Promise<SchemaLook | undefined> {
    const { uri } = document;
    const text = document.getText();
    if (text.length > longestPayload || !(await this.workspace.isPayload(uri))) return undefined;
    const found = await this.payloadSchemas.schemaOf(uri, undefined);
    return found && this.schemas.look(found.schema, found.folder, text, offset);
  }

  /** VS Code completes a document itself whose schema it has been told: each key would be there twice. */
  async #isCompletedByEditor(document: TextDocument): Promise<boolean> {
    if (!this.workspace.clientOptions.eventCommands) return false;
    if (/^\s*\{\s*"\$schema"\s*:/.test(document.getText())) return true;
    const path = this.workspace.folders.place(document.uri)?.path ?? '';
    const set: unknown = await this.connection.workspace.getConfiguration({
      scopeUri: document.uri,
      section: 'json.schemas',
    });
    const globs = (Array.isArray(set) ? set : []).flatMap(
      ({ fileMatch }: { fileMatch?: unknown }) => (Array.isArray(fileMatch) ? fileMatch : []),
    );
    return globs.some(
      (glob) =>
        typeof glob === 'string' && matchesGlob(path, glob.replace(/^\/?(?:\*\*\/)?/, '**/')),
    );
  }

  #item(
    document: TextDocument,
    { range }: SchemaLook,
    { label, kind, snippet, about }: Suggestion,
    index: number,
  ): CompletionItem {
    return {
      label,
      kind: kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.Value,
      detail: typesOf(about),
      ...(about.description ? { documentation: markdown([markdownText(about.description)]) } : {}),
      // Required keys first.
      sortText: String(index).padStart(5, '0'),
      filterText: JSON.stringify(label),
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: editIn(document, { range, newText: snippet }),
    };
  }
}

function paragraphs(about: Description): string[] {
  const values = about.values.map((value) => markdownCode(value)).join(', ');
  return [
    `${markdownCode(about.key)} · ${typesOf(about)}`,
    ...(about.description ? [markdownText(about.description)] : []),
    ...(values ? [l10n.t('Known values: {0}', values)] : []),
  ];
}

function typesOf({ types, isRequired }: Description): string {
  const words = [types.join(' | '), isRequired ? l10n.t('required') : ''];
  return oneLine(words.filter(Boolean).join(' · '));
}
