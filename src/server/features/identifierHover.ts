import * as l10n from '@vscode/l10n';
import { type Hover, MarkupKind } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { identifierHover } from '../../core/functionIdentifier/describe';
import { findIdentifiers } from '../../core/functionIdentifier/find';
import type { TextRange } from '../../core/problem';
import { parseTargets } from '../../core/targets';
import { targetsPath } from '../../core/targetsPath';
import type { Workspace } from '../workspace';
import type { HoverSource } from './hovers';

/** An identifier with what its place says of the way to its function. */
interface PlacedIdentifier {
  readonly range: TextRange;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}

/** Over a function identifier: its parts, a link to the console, and one to invoke it where the editor has commands. */
export class IdentifierHover implements HoverSource {
  constructor(private readonly workspace: Workspace) {}

  async hover(document: TextDocument, offset: number): Promise<Hover | undefined> {
    const text = document.getText();
    const identifiers: readonly PlacedIdentifier[] =
      this.workspace.place(document.uri)?.path === targetsPath
        ? targetFunctions(text)
        : findIdentifiers(text, document.languageId);
    const found = identifiers.find(({ range }) => range.start <= offset && offset <= range.end);
    if (!found) return undefined;
    const settings = await this.workspace.settings(document.uri);
    const { range, profile, region } = found;
    const identifier = text.slice(range.start, range.end).trim();
    const hover = identifierHover(identifier, region ?? (settings.region || undefined));
    if (!hover) return undefined;
    const { commandLinks } = this.workspace.clientOptions;
    const link = commandLinks
      ? [invokeLink({ functionName: hover.functionName, profile, region })]
      : [];
    return {
      contents: { kind: MarkupKind.Markdown, value: [hover.markdown, ...link].join('\n\n') },
      range: { start: document.positionAt(range.start), end: document.positionAt(range.end) },
    };
  }
}

function targetFunctions(text: string): PlacedIdentifier[] {
  return parseTargets(text).flatMap(({ target: { profile, region }, ranges }) =>
    ranges.function ? [{ range: ranges.function, profile, region }] : [],
  );
}

/** The command takes what it is given as one object, and asks for the rest. */
function invokeLink(given: Omit<PlacedIdentifier, 'range'> & { functionName: string }): string {
  // Markdown takes bare parentheses for its own.
  const argument = encodeURIComponent(JSON.stringify([given]))
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
  const uri = `command:invokeAsync.invoke?${argument}`;
  return `[${l10n.t('Invoke Async with this function')}](${uri})`;
}
