import * as l10n from '@vscode/l10n';
import { changedPart } from '../changedPart';
import { replace } from '../edits';
import type { Problem, TextRange } from '../problem';
import { changedNumber } from './numbers';
import { problemLimit } from './scan';
import { type JsonVisitor, stringEnd, walkJson, wordEnd } from './walk';

/**
 * Finds what is JSON but does not arrive as written: keys that are there twice, and numbers beyond a double.
 * @param text what JSON.parse accepts
 * @param value what JSON.parse makes of it
 * @param glances of the versions before, when there are any
 */
export function findLosses(
  text: string,
  value: unknown,
  glances = new Glances(),
): readonly Problem[] {
  const { keys, changedNumbers } = glances.at(text);
  // A key that is there twice is in the value once. To count is far quicker than to remember the keys.
  if (changedNumbers === 0 && keys === countKeys(value)) return [];
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

/** What tells whether a text needs a closer look. */
interface Glance {
  readonly keys: number;
  readonly changedNumbers: number;
}

/**
 * Glances at one version of a text after the other: of each, only at the lines that have changed since. No string of
 * JSON goes on in the next line, so a line can be read without those before it.
 */
export class Glances {
  #text = '';
  #glance: Glance = { keys: 0, changedNumbers: 0 };

  /** @param text what JSON.parse accepts */
  at(text: string): Glance {
    const { start, oldEnd, newEnd } = changedPart(this.#text, text);
    const firstLine = text.slice(0, start).lastIndexOf('\n') + 1;
    const oldLines = this.#text.slice(firstLine, lineEnd(this.#text, oldEnd));
    // All of them were counted the last time: minified JSON is one line.
    const before = oldLines.length === this.#text.length ? this.#glance : glanceAt(oldLines);
    const now = glanceAt(text.slice(firstLine, lineEnd(text, newEnd)));
    this.#text = text;
    this.#glance = {
      keys: this.#glance.keys - before.keys + now.keys,
      changedNumbers: this.#glance.changedNumbers - before.changedNumbers + now.changedNumbers,
    };
    return this.#glance;
  }
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** @param text lines of what JSON.parse accepts */
function glanceAt(text: string): Glance {
  let [keys, changedNumbers] = [0, 0];
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === doubleQuote) at = stringEnd(text, at);
    else if (!isDigit(code) && code !== minus) {
      if (code === colon) keys++;
      at++;
    } else {
      const end = wordEnd(text, at);
      if (changedNumber(text.slice(at, end)) !== undefined) changedNumbers++;
      at = end;
    }
  }
  return { keys, changedNumbers };
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

const doubleQuote = 0x22;
const minus = 0x2d;
const colon = 0x3a;
const isDigit = (code: number) => code >= 0x30 && code <= 0x39;

/** The key without its quotes and escapes, which do not make it another key. */
function keyText(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

function changedNumberAt(text: string, start: number, end: number): string | undefined {
  const code = text.charCodeAt(start);
  return code === minus || isDigit(code) ? changedNumber(text.slice(start, end)) : undefined;
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
