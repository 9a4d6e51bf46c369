import * as l10n from '@vscode/l10n';
import type { Connection, Hover, TextDocuments } from '../lsp';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { identifierHover } from '../../core/functionIdentifier/describe';
import { identifierAt, longestValue } from '../../core/functionIdentifier/find';
import type { TextRange } from '../../core/problem';
import { parseTargets } from '../../core/targets';
import { targetsPath } from '../../core/target';
import { functionAt, type FunctionAtResult, type PlaceOfFunction } from '../../protocol/messages';
import { markdown } from '../markup';
import type { Workspace } from '../workspace/workspace';
import { rangeIn } from '../range';
import type { HoverSource } from './hovers';

/** An identifier with what its place says of the way to its function. */
interface PlacedIdentifier {
  readonly range: TextRange;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}

/** Over a function identifier: its parts, a link to the console, and one to invoke it where the editor has commands. */
export class IdentifierHover implements HoverSource {
  constructor(
    private readonly documents: TextDocuments<TextDocument>,
    private readonly workspace: Workspace,
  ) {}

  register(connection: Connection): void {
    connection.onRequest(functionAt, (place: PlaceOfFunction) => this.#functionAt(place));
  }

  async hover(document: TextDocument, offset: number): Promise<Hover | undefined> {
    const found = this.#identifierAt(document, offset);
    if (!found) return undefined;
    const { range, region } = found;
    const settings = await this.workspace.settings.of(document.uri);
    const description = identifierHover(
      identifierIn(document, range),
      region ?? (settings.region || undefined),
    );
    if (!description) return undefined;
    const place = { uri: document.uri, version: document.version, offset: range.start };
    return {
      contents: markdown([
        ...description,
        ...(this.workspace.clientOptions.commandLinks ? [invokeLink(place)] : []),
      ]),
      range: rangeIn(document, range),
    };
  }

  #functionAt({ uri, version, offset }: PlaceOfFunction): FunctionAtResult | null {
    const document = this.documents.get(uri);
    if (document?.version !== version) return null;
    const found = this.#identifierAt(document, offset);
    if (!found) return null;
    const { range, profile, region } = found;
    return {
      functionName: identifierIn(document, range),
      ...(profile === undefined ? {} : { profile }),
      ...(region === undefined ? {} : { region }),
    };
  }

  #identifierAt(document: TextDocument, offset: number): PlacedIdentifier | undefined {
    const text = document.getText();
    if (this.workspace.folders.place(document.uri)?.path !== targetsPath)
      return identifierAt(text, offset, document.languageId);
    return targetFunctions(text).find(
      ({ range: { start, end } }) =>
        start <= offset && offset <= end && end - start <= longestValue,
    );
  }
}

function identifierIn(document: TextDocument, { start, end }: TextRange): string {
  return document.getText().slice(start, end).trim();
}

function targetFunctions(text: string): PlacedIdentifier[] {
  return parseTargets(text).flatMap(({ target: { profile, region }, ranges }) =>
    ranges.function ? [{ range: ranges.function, profile, region }] : [],
  );
}

function invokeLink(place: PlaceOfFunction): string {
  // Markdown takes bare parentheses for its own.
  const argument = encodeURIComponent(JSON.stringify([place]))
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
  return `[${l10n.t('Invoke Async with this function')}](command:invokeAsync.invokeHovered?${argument})`;
}
