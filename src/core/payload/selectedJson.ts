import { plainJson, type PlainJson } from './plainJson';
import { checkSyntax } from './syntax';

/**
 * The event in a text that was selected: what quoted JSON of code or a log says, or the JSON itself, without its comments.
 * Anything else stays as it is.
 */
export function selectedJson(selected: string): Omit<PlainJson, 'edits'> {
  const text = selected.trim();
  const quoted = unquoted(text);
  if (quoted !== undefined && isJson(quoted)) return { text: quoted };
  const { edits: _, ...plain } = plainJson(text);
  return isJson(plain.text) ? plain : { text };
}

/** What a JSON string says. */
export function unquoted(text: string): string | undefined {
  const { value } = checkSyntax(text.trim());
  return typeof value === 'string' ? value : undefined;
}

function isJson(text: string): boolean {
  return checkSyntax(text).value !== undefined;
}
