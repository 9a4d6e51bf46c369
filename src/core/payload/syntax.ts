import type { Problem } from '../problem';
import { findLosses, type Glances, LossFinder } from './losses';
import { scanJson } from './scan';
import { encodedHint, wrappedProblem } from './wrapped';

export interface SyntaxCheck {
  /** In the order of the text. No error among them means that JSON.parse accepts the text. */
  readonly problems: readonly Problem[];
  /** What the text says; `undefined` when it has an error. */
  readonly value: unknown;
}

/**
 * Checks a payload as Lambda reads it: strict JSON (RFC 8259) in UTF-8. Errors are what Lambda refuses; warnings are
 * what arrives other than it is written (duplicate keys, numbers beyond a double, halves of surrogate pairs).
 * @param glances for a text that is checked again after each change
 */
export function checkSyntax(text: string, glances?: Glances): SyntaxCheck {
  const value = parsed(text);
  if (value !== undefined && !mayHoldHalfPair(text)) {
    const hint = typeof value === 'string' ? encodedHint(text, value) : undefined;
    return { problems: [...(hint ? [hint] : []), ...findLosses(text, value, glances)], value };
  }
  const wrapped = value === undefined ? wrappedProblem(text) : undefined;
  if (wrapped) return { problems: [wrapped], value };
  const losses = new LossFinder(text);
  const problems = [...scanJson(text, losses), ...losses.problems];
  return { problems: problems.toSorted((a, b) => a.range.start - b.range.start), value };
}

/** A surrogate without its other half, or one that is written as an escape. One regular expression for both takes longer than JSON.parse. */
function mayHoldHalfPair(text: string): boolean {
  return !text.isWellFormed() || (text.includes('\\u') && /\\u[dD][89a-fA-F]/.test(text));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
