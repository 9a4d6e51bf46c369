import type { Problem } from '../problem';
import { parseFunctionIdentifier } from './parse';

export interface IdentifierContext {
  /** The connection's region, when it is known. */
  readonly region?: string | undefined;
  /** Where `text` begins in its document, in UTF-16 code units; 0 when it stands alone. */
  readonly offset?: number | undefined;
  /** Whether the value is to be invoked, rather than found in a document that may mean another region or resource. */
  readonly isTarget: boolean;
}

/** All that is wrong, or surely not meant, with one value; an empty list when it is right. */
export function identifierProblems(text: string, context: IdentifierContext): Problem[] {
  const parsed = parseFunctionIdentifier(text);
  if (parsed.ok) return [];
  const { start, end } = parsed.fault.range;
  const offset = context.offset ?? 0;
  const range = { start: start + offset, end: end + offset };
  return [
    {
      code: 'identifier.malformed',
      severity: 'error',
      message: 'Not a function.',
      range,
      fixes: [],
    },
  ];
}
