import * as l10n from '@vscode/l10n';
import type { Fix, Problem, TextRange } from '../problem';
import { syntaxProblem, type Token } from './token';

const backslash = 0x5c;
const doubleQuote = 0x22;

/** Quotation marks that people paste or are used to, with the marks that close them. */
const foreignQuotes: Readonly<Record<string, string>> = { "'": "'", '‘': '’', '“': '”' };

/** Reads the string whose double quote is at `start`. A string ends at the end of its line at the latest. */
export function readString(text: string, start: number): Token {
  let at = start + 1;
  let suspicious = false;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === doubleQuote) {
      const end = at + 1;
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
  return unclosedString(text, start);
}

/** Reads a string in quotation marks that JSON does not know; `undefined` when none begins at `start`. */
export function readForeignString(text: string, start: number): Token | undefined {
  const open = text.charAt(start);
  const close = foreignQuotes[open];
  if (close === undefined) return undefined;
  let at = start + 1;
  while (at < text.length && text[at] !== close && !isLineEnd(text.charCodeAt(at))) {
    at += text.charCodeAt(at) === backslash && !isLineEnd(text.charCodeAt(at + 1)) ? 2 : 1;
  }
  const closed = text[at] === close;
  const end = closed ? at + 1 : contentEnd(text, start, Math.min(at, text.length));
  const body = text.slice(start + 1, closed ? at : end);
  const range = { start, end };
  const fix: Fix = {
    title: l10n.t('Use double quotes'),
    edits: [{ range, newText: `"${requoted(body, close)}"` }],
    preferred: closed,
  };
  return {
    end,
    problems: [syntaxProblem(l10n.t('JSON strings must be in double quotes.'), range, fix)],
  };
}

/** The same text between double quotes: the old quote needs no escape any more, the new one does. */
function requoted(body: string, oldQuote: string): string {
  return body.replace(/\\([^])|"|[^ -\uffff]/g, (match, escaped: string | undefined) => {
    if (escaped === undefined) return JSON.stringify(match).slice(1, -1);
    return escaped === oldQuote ? escaped : match;
  });
}

function unclosedString(text: string, start: number): Token {
  const lineEnd = text.slice(start).search(/[\r\n]/);
  const end = contentEnd(text, start, lineEnd < 0 ? text.length : start + lineEnd);
  const missing = syntaxProblem(
    l10n.t('This string has no closing quote.'),
    { start, end },
    {
      title: l10n.t('Close the string'),
      edits: [{ range: { start: end, end }, newText: '"' }],
    },
  );
  return { end, problems: [...contentProblems(text, start + 1, end), missing] };
}

/** Where the content of an unclosed string most likely ends: before the commas and blanks that end its line. */
function contentEnd(text: string, start: number, lineEnd: number): number {
  let end = lineEnd;
  while (end > start + 1 && ', \t'.includes(text.charAt(end - 1))) end--;
  return end;
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
    edits: [{ range, newText: '\\ufffd' }],
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
      edits: [{ range: backslashRange, newText: '\\\\' }],
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
      edits: [{ range, newText }],
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

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}
