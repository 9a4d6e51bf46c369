/** A function and its alias or version in one value, as InvokeAsync takes them. */
import { parseFunctionIdentifier } from './parse';

/**
 * The identifier of the same function with a qualifier as its suffix. The grammar is read from the left, so a suffix can
 * turn a name into something else: `123456789012:1` is function `1` of an account. There the word `function` goes before
 * the name. What has no such form, because the name ends in another qualifier or is none, the service refuses, as it
 * does with Invoke: the name is left as it is, or has both.
 * @param functionName name, ARN or partial ARN, with or without a qualifier
 * @param qualifier alias or version; empty or absent for none
 */
export function withQualifier(functionName: string, qualifier: string | undefined): string {
  const parsed = parseFunctionIdentifier(functionName);
  if (!qualifier || !parsed.ok) return functionName;
  const { name, qualifier: suffix } = parsed.identifier;
  if (suffix?.text === qualifier) return functionName;
  const suffixed = `${functionName}:${qualifier}`;
  if (suffix || isQualified(suffixed, name.text, qualifier)) return suffixed;
  return `${functionName.slice(0, name.range.start)}function:${name.text}:${qualifier}`;
}

function isQualified(text: string, name: string, qualifier: string): boolean {
  const parsed = parseFunctionIdentifier(text);
  if (!parsed.ok) return false;
  const { identifier } = parsed;
  return identifier.name.text === name && identifier.qualifier?.text === qualifier;
}
