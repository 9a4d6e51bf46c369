import { getLocation } from 'jsonc-parser';
import {
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  type TextDocuments,
} from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { awsEvents } from '../../core/events/events';
import { replacedAt } from '../../core/payload/schemaLook';
import type { TextRange } from '../../core/problem';
import { targetsPath } from '../../core/target';
import {
  type AccountFunction,
  accountFunctions,
  type AccountFunctionsParams,
} from '../../protocol/messages';
import { editIn } from '../range';
import type { LocalHandlers } from './localHandlers';
import type { PayloadCompletion } from './payloadCompletion';
import type { Variables } from './variables';
import type { Workspace } from '../workspace/workspace';

/** One value that a target may have, with what it is. */
interface Choice {
  readonly value: string;
  readonly detail?: string;
  readonly kind: CompletionItemKind;
}

/**
 * Completes payloads, and the values of `.lambda/targets.json` and `.lambda/local.json` that their JSON Schemas cannot know:
 * functions that the editor knows, AWS's events, and handlers.
 */
export class Completion {
  constructor(
    private readonly documents: TextDocuments<TextDocument>,
    private readonly workspace: Workspace,
    private readonly payloads: PayloadCompletion,
    private readonly variables: Variables,
    private readonly handlers: LocalHandlers,
  ) {}

  register(connection: Connection): void {
    connection.onCompletion(async ({ textDocument, position, context }) => {
      const document = this.documents.get(textDocument.uri);
      if (!document) return null;
      const offset = document.offsetAt(position);
      const variables = await this.variables.items(document, offset);
      if (variables) return variables;
      // Typed for a variable, and not for the object that a brace begins elsewhere.
      if (context?.triggerCharacter === '{') return null;
      const handlers = await this.handlers.items(document, offset);
      if (handlers) return handlers;
      if (this.workspace.folders.place(document.uri)?.path !== targetsPath)
        return this.payloads.items(document, offset);
      const text = document.getText();
      const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
      const [targets, , key, ...rest] = path;
      if (isAtPropertyKey || targets !== 'targets' || rest.length > 0) return null;
      const choices = await this.#choices(connection, key, document.uri);
      const range = replacedAt(text, offset, previousNode);
      return choices.map((choice, index) => toItem(document, range, choice, index));
    });
  }

  async #choices(connection: Connection, key: unknown, uri: string): Promise<readonly Choice[]> {
    if (key === 'function') return (await this.#functions(connection, uri)).map(functionChoice);
    return key === 'schema' ? schemaChoices : [];
  }

  async #functions(connection: Connection, uri: string): Promise<readonly AccountFunction[]> {
    if (!this.workspace.clientOptions.answersAccountRequests) return [];
    const params: AccountFunctionsParams = { uri };
    return connection.sendRequest<readonly AccountFunction[]>(accountFunctions, params);
  }
}

function functionChoice({ name, detail }: AccountFunction): Choice {
  return { value: name, detail, kind: CompletionItemKind.Function };
}

const schemaChoices: readonly Choice[] = awsEvents.map(({ name, title }) => ({
  value: name,
  detail: title,
  kind: CompletionItemKind.Struct,
}));

function toItem(
  document: TextDocument,
  range: TextRange,
  { value, detail, kind }: Choice,
  index: number,
): CompletionItem {
  const newText = JSON.stringify(value);
  return {
    label: value,
    kind,
    ...(detail ? { detail } : {}),
    // As they come: recent functions first.
    sortText: String(index).padStart(5, '0'),
    filterText: newText,
    textEdit: editIn(document, { range, newText }),
  };
}
