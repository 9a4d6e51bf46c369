import * as l10n from '@vscode/l10n';
import { insert, replace } from '../edits';
import type { Problem, TextRange } from '../problem';
import { shortened } from '../shortened';
import { readCall } from './calls';
import { readForeignString } from './strings';
import { matchEnd, syntaxProblem, type Token } from './token';

/** A word that other notations know and JSON does not: why it is refused, and what stands for it in JSON. */
interface AlmostJson {
  readonly pattern: RegExp;
  readonly message: (word: string, replacement: string) => string;
  readonly replacement: string;
  /** The replacement means the same as the word, so that nobody has to think about it. */
  readonly same?: boolean;
}

const almostJson: readonly AlmostJson[] = [
  {
    pattern: /^[+-]?(NaN|nan|Infinity|inf)$/,
    message: (word) => l10n.t('{0} is not JSON: numbers must be finite.', word),
    replacement: 'null',
  },
  {
    pattern: /^(undefined|nil)$/,
    message: (word) => l10n.t('{0} is not JSON: use null.', word),
    replacement: 'null',
  },
  { pattern: /^(none|null)$/i, message: otherSpelling, replacement: 'null', same: true },
  { pattern: /^true$/i, message: otherSpelling, replacement: 'true', same: true },
  { pattern: /^false$/i, message: otherSpelling, replacement: 'false', same: true },
  {
    pattern: /^\+(-?[\d.].*)$/,
    message: (word) => l10n.t('{0} is not JSON: numbers cannot have a plus sign.', word),
    replacement: '$1',
    same: true,
  },
  {
    pattern: /^(?<sign>-?)(?<rest>\.\d.*)$/,
    message: (word) => l10n.t('{0} is not JSON: numbers start with a digit.', word),
    replacement: '$<sign>0$<rest>',
    same: true,
  },
  {
    pattern: /^(-?\d+)\.(|[eE].*)$/,
    message: (word) => l10n.t('{0} is not JSON: a digit must follow the decimal point.', word),
    replacement: '$1.0$2',
    same: true,
  },
  {
    pattern: /^(-?\d+)[nL]$/,
    message: (word) => l10n.t('{0} is not JSON: numbers have no suffix.', word),
    replacement: '$1',
    same: true,
  },
  {
    pattern: /^(-?)0+(\d.*)$/,
    message: (word) => l10n.t('{0} is not JSON: numbers cannot have leading zeros.', word),
    replacement: '$1$2',
  },
];

function otherSpelling(word: string, replacement: string): string {
  return l10n.t('{0} is not JSON: it is spelled {1}.', word, replacement);
}

const numberOrLiteral =
  /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s\u0085\u200b-\u200d\u2060{}[\],:"]|\/[/*]|$)/y;
const word = /(?:(?!\/[/*])[^\s\u0085\u200b-\u200d\u2060{}[\],:"])+/y;

/** A time, URL or ARN without quotes: behind its colons there is no blank. */
const wordWithColons = /[^\s{}[\],:"'`]+(?::[^\s{}[\],:"'`]+)+/y;
const unopenedKey = /[^\s"'{}[\],:][^\r\n"{}[\],:]{0,1000}"(?=\s{0,40}:)/y;
const unopenedValue = /[^\s"'{}[\],:][^\r\n"{}[\],:]{0,1000}"(?=[ \t]{0,40}(?:[,}\]\r\n]|$))/y;

/** A string whose opening quote is missing. */
function unopenedString(text: string, start: number, isKey: boolean): Token | undefined {
  const end = matchEnd(isKey ? unopenedKey : unopenedValue, text, start);
  if (end === undefined || text.slice(start, end).includes('\\')) return undefined;
  const edits = [insert(start, '"')];
  const problem = syntaxProblem(
    l10n.t('This string has no opening quote.'),
    { start, end },
    { title: l10n.t('Insert the opening quote'), edits, preferred: true },
  );
  return { end, problems: [problem] };
}

/**
 * Reads a number or literal, or what stands in the place of one or of a key: text in foreign quotes, a bare word.
 * @param start offset of what is no blank, bracket, comma, colon or double quote
 */
export function readWord(text: string, start: number, isKey: boolean): Token {
  if (!isKey) {
    const end = matchEnd(numberOrLiteral, text, start);
    if (end !== undefined) return { end, problems: [] };
  }
  const other =
    readForeignString(text, start) ??
    unopenedString(text, start, isKey) ??
    (isKey ? undefined : readCall(text, start));
  if (other !== undefined) return other;
  const end =
    (isKey ? undefined : matchEnd(wordWithColons, text, start)) ??
    matchEnd(word, text, start) ??
    start + 1;
  const found = text.slice(start, end);
  const fault = isKey ? bareKeyFault(found, { start, end }) : bareWordFault(found, { start, end });
  return { end, problems: [fault] };
}

function bareKeyFault(found: string, range: TextRange): Problem {
  const edits = [replace(range, JSON.stringify(found))];
  return syntaxProblem(l10n.t('Keys must be in double quotes.'), range, {
    title: l10n.t('Use double quotes'),
    edits,
    preferred: true,
  });
}

/** The fix is what the writer most likely meant, else the word in quotes. */
function bareWordFault(found: string, range: TextRange): Problem {
  const shown = shortened(found);
  const known = almostJson.find(({ pattern }) => pattern.test(found));
  if (known === undefined) {
    const edits = [replace(range, JSON.stringify(found))];
    const message = l10n.t('{0} is not a JSON value: strings must be in double quotes.', shown);
    return syntaxProblem(message, range, { title: l10n.t('Wrap in double quotes'), edits });
  }
  const newText = found.replace(known.pattern, known.replacement);
  return syntaxProblem(known.message(shown, newText), range, {
    title: l10n.t('Replace with {0}', newText),
    edits: [replace(range, newText)],
    ...(known.same && { preferred: true }),
  });
}
