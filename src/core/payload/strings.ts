import * as l10n from '@vscode/l10n';
import { insert, replace } from '../edits';
import type { Fix, Problem, TextRange } from '../problem';
import { matchEnd, syntaxProblem, type Token } from './token';

const backslash = 0x5c;
const doubleQuote = 0x22;

/** Quotation marks that people paste or are used to, with the marks that close them. */
const foreignQuotes: Readonly<Record<string, string>> = { "'": "'", '‘': '’', '“': '”' };

/**
 * Reads the string whose double quote is at `start`. A string ends at the end of its line, unless the next quote in one
 * of the following lines can only be its own.
 */
export function readString(text: string, start: number, isKey = false): Token {
  let at = start + 1;
  let suspicious = false;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === doubleQuote) {
      const end = at + 1;
      if (isWordCharacter(text.charCodeAt(end))) {
        const earlier = missedEnd(text.slice(start + 1, at), isKey);
        if (earlier !== undefined) return unclosedString(text, start, start + 1 + earlier);
      }
      return { end, problems: suspicious ? contentProblems(text, start + 1, at) : [] };
    }
    if (code === backslash) {
      if (!isSimpleEscape(text.charCodeAt(at + 1))) suspicious = true;
      if (!isLineEnd(text.charCodeAt(at + 1))) at++;
    } else if (code < 0x20) {
      if (isLineEnd(code)) break;
      suspicious = true;
    } else if (code >= 0xd800 && code <= 0xdfff) suspicious = true;
  }
  const endBelow = isKey ? undefined : endInLaterLine(text, at);
  if (endBelow !== undefined) return stringOfSeveralLines(text, start, endBelow);
  return unclosedString(text, start, contentEnd(text, start, Math.min(at, text.length), isKey));
}

/** Reads a string in quotation marks that JSON does not know; `undefined` when none begins at `start`. */
export function readForeignString(text: string, start: number): Token | undefined {
  const prefix = (matchEnd(stringPrefix, text, start) ?? start) - start;
  const open = text.charAt(start + prefix);
  const close = prefix > 0 && open === '"' ? open : foreignQuotes[open];
  if (close === undefined) return undefined;
  const first = start + prefix + 1;
  let at = first;
  while (at < text.length && text[at] !== close && !isLineEnd(text.charCodeAt(at))) {
    at += text.charCodeAt(at) === backslash && !isLineEnd(text.charCodeAt(at + 1)) ? 2 : 1;
  }
  const closed = text[at] === close;
  const end = closed ? at + 1 : contentEnd(text, first - 1, Math.min(at, text.length));
  const body = text.slice(first, closed ? at : end);
  const range = { start, end };
  const fix: Fix = {
    title: l10n.t('Use double quotes'),
    edits: [replace(range, `"${requoted(body, close)}"`)],
    preferred: closed,
  };
  return {
    end,
    problems: [syntaxProblem(l10n.t('JSON strings must be in double quotes.'), range, fix)],
  };
}

/** Python marks strings with letters: `u'…'`, `b"…"`. */
const stringPrefix = /[bru]{1,2}(?=['"])/iy;

/** The same text between double quotes: the old quote needs no escape any more, the new one does. */
function requoted(body: string, oldQuote: string): string {
  return body.replace(/\\([^])|"|[^ -\uffff]/g, (match, escaped: string | undefined) => {
    if (match === '"') return '\\"';
    if (escaped === undefined) return JSON.stringify(match).slice(1, -1);
    return escaped === oldQuote ? escaped : match;
  });
}

function unclosedString(text: string, start: number, end: number): Token {
  const missing = syntaxProblem(
    l10n.t('This string has no closing quote.'),
    { start, end },
    {
      title: l10n.t('Close the string'),
      edits: [insert(end, '"')],
    },
  );
  return { end, problems: [...contentProblems(text, start + 1, end), missing] };
}

/**
 * Where the content of an unclosed string most likely ends: before the commas, blanks and brackets that end its line,
 * and that of a key before the colon.
 */
function contentEnd(text: string, start: number, lineEnd: number, isKey = false): number {
  const colon = isKey ? text.indexOf(':', start + 1) : -1;
  let end = colon > start + 1 && colon < lineEnd ? colon : lineEnd;
  const surplus = surplusBrackets(text.slice(Math.max(start + 1, end - farthestBracket), end));
  for (; end > start + 1; end--) {
    const last = text.charAt(end - 1);
    const left = surplus.get(last) ?? 0;
    if (left > 0) surplus.set(last, left - 1);
    else if (!', \t'.includes(last)) break;
  }
  return end;
}

/** Brackets farther from the end of a line, in UTF-16 units, are not paired with those that end it. */
const farthestBracket = 1000;

/** How many brackets of each kind a text closes that it does not open. */
function surplusBrackets(text: string): Map<string, number> {
  const count = (mark: string) => text.split(mark).length - 1;
  return new Map([
    ['}', count('}') - count('{')],
    [']', count(']') - count('[')],
  ]);
}

/**
 * Where the content of a string ends whose closing quote is missing, when it goes on to the next string: `"a, "` before
 * `b"`. `undefined` when its content does not look so.
 */
function missedEnd(content: string, isKey: boolean): number | undefined {
  if (!/[,:{[]\s*$/.test(content.slice(-longestGap))) return undefined;
  const end = isKey ? content.indexOf(':') : content.trimEnd().length - 1;
  return end > 0 ? end : undefined;
}

/** Between two strings there are no more blanks than that, for anybody who wrote them by hand. */
const longestGap = 40;

/** Longer texts are not pasted into a string by hand, in UTF-16 units. */
const longestPaste = 64 * 1024;

/** Offset after the quote that ends, in a later line, the string that is open at the end of a line. */
function endInLaterLine(text: string, lineEnd: number): number | undefined {
  const limit = Math.min(text.length, lineEnd + longestPaste);
  let at = lineEnd;
  while (at < limit && text.charCodeAt(at) !== doubleQuote)
    at += text.charCodeAt(at) === backslash ? 2 : 1;
  if (at >= limit) return undefined;
  const after = text.slice(at + 1, at + 1 + longestGap).trimStart();
  return after === '' || /^[,}\]]/.test(after) ? at + 1 : undefined;
}

function stringOfSeveralLines(text: string, start: number, end: number): Token {
  const breaks = Array.from(text.slice(start, end).matchAll(/\r\n?|\n/g), (match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
  const problem = syntaxProblem(
    l10n.t('A JSON string cannot contain line breaks; write them as {0}.', '\\n'),
    { start, end },
    {
      title: l10n.t('Write the line breaks as {0}', '\\n'),
      edits: breaks.map((range) => ({ range, newText: '\\n' })),
      preferred: true,
    },
  );
  const others = contentProblems(text, start + 1, end - 1).filter(
    ({ range }) => !isLineEnd(text.charCodeAt(range.start)),
  );
  return { end, problems: [problem, ...others] };
}

const stringParts =
  /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|[\ud800-\udbff][\udc00-\udfff]|(?<half>\\u[dD][89a-fA-F][\da-fA-F]{2}|[\ud800-\udfff])|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|(?<escape>\\(?:u[\da-fA-F]{0,3}|[^\r\n]?))|(?<control>[^ -\uffff])/g;

/** What is wrong between the quotes, from `start` to `end`: control characters, escapes, halves of surrogate pairs. */
function contentProblems(text: string, start: number, end: number): Problem[] {
  const problems: Problem[] = [];
  for (const match of text.slice(start, end).matchAll(stringParts)) {
    const part = match[0];
    const range = { start: start + match.index, end: start + match.index + part.length };
    if (match.groups?.['half'] !== undefined) problems.push(halfPairProblem(part, range));
    if (match.groups?.['escape'] !== undefined) problems.push(escapeProblem(part, range));
    if (match.groups?.['control'] !== undefined) problems.push(controlProblem(part, range));
  }
  return problems;
}

function halfPairProblem(part: string, range: TextRange): Problem {
  const code = part.length > 1 ? part : `\\u${part.charCodeAt(0).toString(16)}`;
  const fix = {
    title: l10n.t('Replace with {0}', '\\ufffd'),
    edits: [replace(range, '\\ufffd')],
  };
  return {
    ...syntaxProblem(
      l10n.t(
        '{0} is half of a surrogate pair: UTF-8 cannot encode it, and a handler may read U+FFFD.',
        code,
      ),
      range,
      fix,
    ),
    severity: 'warning',
  };
}

function escapeProblem(part: string, range: TextRange): Problem {
  const backslashRange = { start: range.start, end: range.start + 1 };
  return syntaxProblem(
    l10n.t('{0} is not a JSON escape sequence; write a backslash as {1}.', part, '\\\\'),
    range,
    {
      title: l10n.t('Escape the backslash'),
      edits: [replace(backslashRange, '\\\\')],
    },
  );
}

function controlProblem(part: string, range: TextRange): Problem {
  const newText = JSON.stringify(part).slice(1, -1);
  return syntaxProblem(
    l10n.t('In a JSON string, write this control character as {0}.', newText),
    range,
    {
      title: l10n.t('Replace with {0}', newText),
      edits: [replace(range, newText)],
      preferred: true,
    },
  );
}

function isSimpleEscape(code: number): boolean {
  switch (code) {
    case doubleQuote:
    case backslash:
    case 0x2f: // /
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return true;
    default:
      return false;
  }
}

/** A letter, digit or underscore of ASCII, or a dollar sign. */
function isWordCharacter(code: number): boolean {
  return code < 0x80 && /[\w$]/.test(String.fromCharCode(code));
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}
