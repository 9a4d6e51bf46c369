/** Text as a snippet of LSP has it. */
export function escapedSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}
