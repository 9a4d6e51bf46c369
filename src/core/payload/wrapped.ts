/** Payloads as they come out of shells, logs and other programs: JSON, quoted, escaped or encoded once more. */
import * as l10n from '@vscode/l10n';
import { replace } from '../edits';
import type { Problem, TextRange } from '../problem';
import { scanJson } from './scan';
import { syntaxProblem } from './token';
import { noVisitor } from './walk';

/** What may be around JSON, and has to go. */
interface Wrapping {
  /** The text inside; `undefined` when the text is not wrapped like this. */
  readonly unwrap: (text: string) => string | undefined;
  readonly message: () => string;
  readonly title: () => string;
}

const wrappings: readonly Wrapping[] = [
  {
    unwrap: withoutQuotes,
    message: () => l10n.t('These quotes are for a shell; the payload is what is between them.'),
    title: () => l10n.t('Remove the outer quotes'),
  },
  {
    unwrap: (text) =>
      /^\s*[[{]\s*(?:\\[nrt]\s*)*[[{]?\\"/.test(text) ? unescaped(text) : undefined,
    message: () => l10n.t('In JSON, a quote has a backslash only inside a string.'),
    title: () => l10n.t('Remove the backslashes'),
  },
  {
    unwrap: (text) =>
      /^\s*[[{]\s*[[{]?(?:`"|\^")/.test(text) ? text.replaceAll(/[`^]([^])/g, '$1') : undefined,
    message: () => l10n.t('These quotes are escaped for a shell, which JSON does not know.'),
    title: () => l10n.t('Remove the escapes'),
  },
  {
    unwrap: (text) =>
      /^\s*[[{]\s*[[{]?""[^\s",:}\]]/.test(text) ? text.replaceAll('""', '"') : undefined,
    message: () => l10n.t('These quotes are doubled, as in CSV; JSON has single ones.'),
    title: () => l10n.t('Remove the second quotes'),
  },
  {
    unwrap: decodedBase64,
    message: () => l10n.t('This is Base64 of JSON; Lambda expects the JSON itself.'),
    title: () => l10n.t('Decode the Base64'),
  },
];

/** Nobody wraps JSON more often than that. */
const mostWrappings = 3;
/** With more faults inside, the text is hardly what it looks like. */
const mostFaultsInside = 10;

/**
 * The one problem of a text that is JSON inside and wrapped as a whole, with the fix that unwraps it; `undefined` for
 * every other text. Time grows with the length of the text.
 * @param text what JSON.parse refuses
 */
export function wrappedProblem(text: string): Problem | undefined {
  const found = unwrapped(text.trim());
  if (!found) return undefined;
  const { wrapping, inside } = found;
  const range = rangeOfTrimmed(text);
  const fix = { title: wrapping.title(), edits: [replace(range, inside)], preferred: true };
  return syntaxProblem(wrapping.message(), range, fix);
}

/**
 * A hint at a payload that is a string of JSON: Lambda takes it, and the handler gets text where it most likely expects
 * an object.
 * @param value what JSON.parse makes of the text
 */
export function encodedHint(text: string, value: string): Problem | undefined {
  const isBase64 = !isStructure(value);
  const inside = isBase64 ? decodedBase64(value.trim()) : value;
  if (inside === undefined) return undefined;
  const range = rangeOfTrimmed(text);
  return {
    code: 'payload.encoded',
    severity: 'hint',
    message: isBase64
      ? l10n.t('This payload is a string of Base64, which holds JSON: a handler gets the string.')
      : l10n.t(
          'This payload is a string that holds JSON: a handler gets the string, not the object.',
        ),
    range,
    fixes: [{ title: l10n.t('Send the JSON itself'), edits: [replace(range, inside.trim())] }],
  };
}

function rangeOfTrimmed(text: string): TextRange {
  const start = text.length - text.trimStart().length;
  return { start, end: start + text.trim().length };
}

/** The outermost wrapping of a text, and what is inside of all. */
function unwrapped(text: string): { wrapping: Wrapping; inside: string } | undefined {
  let wrapping: Wrapping | undefined;
  let inside = text;
  for (let count = 0; count < mostWrappings && !isStructure(inside); count++) {
    const next = firstUnwrapped(inside);
    if (!next) break;
    wrapping ??= next.wrapping;
    inside = next.inside.trim();
  }
  const isFound = wrapping && isBracketed(inside) && faultsIn(inside) <= mostFaultsInside;
  return wrapping && isFound ? { wrapping, inside } : undefined;
}

function firstUnwrapped(text: string): { wrapping: Wrapping; inside: string } | undefined {
  for (const wrapping of wrappings) {
    const inside = wrapping.unwrap(text);
    if (inside !== undefined) return { wrapping, inside };
  }
  return undefined;
}

function isBracketed(text: string): boolean {
  return ['{}', '[]'].includes(text.charAt(0) + text.charAt(text.length - 1));
}

function isStructure(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function faultsIn(text: string): number {
  return isStructure(text) ? 0 : scanJson(text, noVisitor).length;
}

/** Marks that are put around a text, with those that close them. */
const quotes: readonly (readonly [open: string, close: string])[] = [
  ["$'", "'"],
  ["'", "'"],
  ['"', '"'],
  ['`', '`'],
  ['‘', '’'],
  ['“', '”'],
];

function withoutQuotes(text: string): string | undefined {
  const found = quotes.find(([open, close]) => text.startsWith(open) && text.endsWith(close));
  if (!found) return undefined;
  const [open, close] = found;
  const inside = text.slice(open.length, -close.length);
  if (!isBracketed(inside.trim())) return undefined;
  // How a shell puts a quote into a text in quotes.
  return close === "'" ? inside.replaceAll(/'(?:\\'|"'")'/g, "'") : inside;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** What a string of JSON with this content holds, line ends included. */
function unescaped(content: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let mark = content.indexOf('\\'); mark >= 0; mark = content.indexOf('\\', at)) {
    parts.push(content.slice(at, mark));
    const code = /^u([\da-fA-F]{4})/.exec(content.slice(mark + 1, mark + 6))?.[1];
    const letter = content.charAt(mark + 1);
    parts.push(
      code === undefined
        ? (escapes[letter] ?? letter)
        : String.fromCharCode(Number.parseInt(code, 16)),
    );
    at = mark + (code === undefined ? 2 : 6);
  }
  return parts.join('') + content.slice(at);
}

/** The JSON object or array that a text encodes, in either alphabet of Base64, line ends allowed. */
function decodedBase64(text: string): string | undefined {
  // So begins what encodes a bracket or white space: other text, of any length, is not looked at any further.
  if (!/^[\r\n]*[eWICD]/.test(text)) return undefined;
  const letters = text.replaceAll(/[\r\n]+/g, '');
  if (letters.length < 4 || !/^[\w+/-]+={0,2}$/.test(letters)) return undefined;
  try {
    const binary = atob(letters.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = new Uint8Array(binary.length);
    // Uint8Array.from() takes seconds for a payload of 6 MB.
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return isStructure(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}
