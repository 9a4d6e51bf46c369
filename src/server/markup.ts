import { type MarkupContent, MarkupKind } from './lsp';

/**
 * What a hover says. Its links may run a command of the editor.
 * @param paragraphs Markdown of ours: what others wrote went through `markdownText` or `markdownCode` of core
 */
export function markdown(paragraphs: readonly string[]): MarkupContent {
  return { kind: MarkupKind.Markdown, value: paragraphs.join('\n\n') };
}
