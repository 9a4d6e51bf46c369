import type { Problem, TextRange } from '../problem';
import { changedNumber } from './numbers';
import { problemLimit, scanJson } from './scan';
import { type JsonVisitor, walkJson } from './walk';

export interface SyntaxCheck {
  /** In the order of the text. No error among them means that JSON.parse accepts the text. */
  readonly problems: readonly Problem[];
  /** What the text says; `undefined` when it has an error. */
  readonly value: unknown;
}

/**
 * Checks a payload as Lambda reads it: strict JSON (RFC 8259) in UTF-8. Errors are what Lambda refuses; warnings are
 * what arrives other than it is written (duplicate keys, numbers beyond a double, halves of surrogate pairs).
 */
export function checkSyntax(text: string): SyntaxCheck {
  const value = parsed(text);
  const losses = new LossFinder(text);
  if (value !== undefined && !mayHoldHalfPair.test(text)) {
    walkJson(text, losses);
    return { problems: losses.problems, value };
  }
  const faults = scanJson(text, losses);
  const problems = [...faults, ...losses.problems];
  return { problems: problems.toSorted((a, b) => a.range.start - b.range.start), value };
}

/** A surrogate without its other half, or one that is written as an escape. */
const mayHoldHalfPair = /[\ud800-\udfff]|\\u[dD][89a-fA-F]/u;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Finds what is JSON but does not arrive as written. */
class LossFinder implements JsonVisitor {
  readonly problems: Problem[] = [];
  /** The keys of each object that is open, the innermost last; `undefined` until it has one, and for arrays. */
  readonly #keys: (Set<string> | undefined)[] = [];

  constructor(readonly text: string) {}

  open(): void {
    this.#keys.push(undefined);
  }

  close(): void {
    this.#keys.pop();
  }

  key(start: number, end: number): void {
    const key = keyText(this.text.slice(start, end));
    const depth = this.#keys.length - 1;
    const seen = this.#keys[depth];
    if (seen === undefined) this.#keys[depth] = new Set([key]);
    else if (seen.has(key)) this.#report(duplicateKey(key, { start, end }));
    else seen.add(key);
  }

  scalar(start: number, end: number): void {
    const code = this.text.charCodeAt(start);
    const isNumber = code === 0x2d || (code >= 0x30 && code <= 0x39);
    if (!isNumber) return;
    const literal = this.text.slice(start, end);
    const read = changedNumber(literal);
    if (read !== undefined) this.#report(changedNumberProblem(literal, read, { start, end }));
  }

  #report(problem: Problem): void {
    if (this.problems.length < problemLimit) this.problems.push(problem);
  }
}

/** The key without its quotes and escapes, which do not make it another key. */
function keyText(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

function duplicateKey(key: string, range: TextRange): Problem {
  return {
    code: 'payload.duplicate-key',
    severity: 'warning',
    message: `"${key}" is already a key of this object: most handlers see the last value only.`,
    range,
    fixes: [],
  };
}

function changedNumberProblem(literal: string, read: string, range: TextRange): Problem {
  const readers = /^-?\d+$/.test(literal) ? 'JavaScript' : 'JavaScript or Python';
  return {
    code: 'payload.number-precision',
    severity: 'warning',
    message: `A handler in ${readers} reads this number as ${read}. Send it as text when every digit counts.`,
    range,
    fixes: [{ title: 'Put it in double quotes', edits: [{ range, newText: `"${literal}"` }] }],
  };
}
