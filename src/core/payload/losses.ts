import * as l10n from '@vscode/l10n';
import { replace } from '../edits';
import type { Problem, TextRange } from '../problem';
import { changedNumber } from './numbers';
import { problemLimit } from './scan';
import { type JsonVisitor, walkJson } from './walk';

/**
 * Finds what is JSON but does not arrive as written: keys that are there twice, and numbers beyond a double.
 * @param text what JSON.parse accepts
 * @param value what JSON.parse makes of it
 */
export function findLosses(text: string, value: unknown): readonly Problem[] {
  const glance = new Glance(text);
  walkJson(text, glance);
  // A key that is there twice is in the value once. To count is far quicker than to remember the keys.
  if (!glance.changesNumber && glance.keyCount === countKeys(value)) return [];
  const finder = new LossFinder(text);
  walkJson(text, finder);
  return finder.problems;
}

/** Finds losses in whatever text it is shown, faulty JSON too. */
export class LossFinder implements JsonVisitor {
  readonly problems: Problem[] = [];
  /** The keys of each object and array that is open, the innermost last; `undefined` until there is one. */
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
    const read = changedNumberAt(this.text, start, end);
    if (read === undefined) return;
    const literal = this.text.slice(start, end);
    this.#report(changedNumberProblem(literal, read, { start, end }));
  }

  #report(problem: Problem): void {
    if (this.problems.length < problemLimit) this.problems.push(problem);
  }
}

/** Tells whether a text needs a closer look. */
class Glance implements JsonVisitor {
  keyCount = 0;
  changesNumber = false;

  constructor(readonly text: string) {}

  open(): void {}

  close(): void {}

  key(): void {
    this.keyCount++;
  }

  scalar(start: number, end: number): void {
    if (changedNumberAt(this.text, start, end) !== undefined) this.changesNumber = true;
  }
}

/** Number of keys of all objects within a value. */
function countKeys(value: unknown): number {
  let count = 0;
  const rest = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (Array.isArray(next)) {
      for (const item of next) if (isObject(item)) rest.push(item);
    } else if (isObject(next)) {
      for (const key in next) {
        count++;
        if (isObject(next[key])) rest.push(next[key]);
      }
    }
  }
  return count;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The key without its quotes and escapes, which do not make it another key. */
function keyText(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

function changedNumberAt(text: string, start: number, end: number): string | undefined {
  const code = text.charCodeAt(start);
  const isNumber = code === 0x2d || (code >= 0x30 && code <= 0x39);
  return isNumber ? changedNumber(text.slice(start, end)) : undefined;
}

function duplicateKey(key: string, range: TextRange): Problem {
  return {
    code: 'payload.duplicate-key',
    severity: 'warning',
    message: l10n.t('Duplicate key "{0}": most handlers see only the last value.', key),
    range,
    fixes: [],
  };
}

function changedNumberProblem(literal: string, read: string, range: TextRange): Problem {
  const message = !/[.eE]/.test(literal)
    ? l10n.t(
        'JavaScript handlers read this number as {0}. If every digit matters, send it as a string.',
        read,
      )
    : l10n.t(
        'JavaScript and Python handlers read this number as {0}. If every digit matters, send it as a string.',
        read,
      );
  return {
    code: 'payload.number-precision',
    severity: 'warning',
    message,
    range,
    fixes: [{ title: l10n.t('Wrap in double quotes'), edits: [replace(range, `"${literal}"`)] }],
  };
}
