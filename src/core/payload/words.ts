import type { Problem, TextRange } from '../problem';
import { readForeignString } from './strings';
import { syntaxProblem, type Token } from './token';

/** A word that other notations know and JSON does not: why it is refused, and what stands for it in JSON. */
interface AlmostJson {
  readonly pattern: RegExp;
  readonly reason: string;
  readonly replacement: string;
  /** The replacement means the same as the word, so that nobody has to think about it. */
  readonly same?: boolean;
}

const almostJson: readonly AlmostJson[] = [
  { pattern: /^[+-]?(NaN|nan)$/, reason: 'JSON has no NaN', replacement: 'null' },
  { pattern: /^[+-]?(Infinity|inf)$/, reason: 'JSON has no Infinity', replacement: 'null' },
  { pattern: /^(undefined|nil)$/, reason: 'JSON knows only null', replacement: 'null' },
  { pattern: /^(none|null)$/i, reason: 'JSON writes it null', replacement: 'null', same: true },
  { pattern: /^true$/i, reason: 'JSON writes it true', replacement: 'true', same: true },
  { pattern: /^false$/i, reason: 'JSON writes it false', replacement: 'false', same: true },
  {
    pattern: /^\+(-?[\d.].*)$/,
    reason: 'JSON numbers take no plus sign',
    replacement: '$1',
    same: true,
  },
  {
    pattern: /^(?<sign>-?)(?<rest>\.\d.*)$/,
    reason: 'JSON numbers begin with a digit',
    replacement: '$<sign>0$<rest>',
    same: true,
  },
  {
    pattern: /^(-?\d+)\.(|[eE].*)$/,
    reason: 'a digit must follow the decimal point',
    replacement: '$1.0$2',
    same: true,
  },
  { pattern: /^(-?)0+(\d.*)$/, reason: 'JSON numbers have no leading zeros', replacement: '$1$2' },
];

const numberOrLiteral =
  /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s\u0085\u200b-\u200d\u2060{}[\],:"]|\/[/*]|$)/y;
const word = /(?:(?!\/[/*])[^\s\u0085\u200b-\u200d\u2060{}[\],:"])+/y;

/**
 * Reads a number or literal, or what stands in the place of one or of a key: text in foreign quotes, a bare word.
 * @param start offset of what is no blank, bracket, comma, colon or double quote
 */
export function readWord(text: string, start: number, isKey: boolean): Token {
  if (!isKey) {
    const end = matchEnd(numberOrLiteral, text, start);
    if (end !== undefined) return { end, problems: [] };
  }
  const foreign = readForeignString(text, start);
  if (foreign !== undefined) return foreign;
  const end = matchEnd(word, text, start) ?? start + 1;
  const found = text.slice(start, end);
  const fault = isKey ? bareKeyFault(found, { start, end }) : bareWordFault(found, { start, end });
  return { end, problems: [fault] };
}

function bareKeyFault(found: string, range: TextRange): Problem {
  const edits = [{ range, newText: JSON.stringify(found) }];
  return syntaxProblem('A key takes double quotes.', range, {
    title: 'Use double quotes',
    edits,
    preferred: true,
  });
}

/** The fix is what the writer most likely meant, else the word in quotes. */
function bareWordFault(found: string, range: TextRange): Problem {
  const shown = found.length > 40 ? `${found.slice(0, 40)}…` : found;
  const known = almostJson.find(({ pattern }) => pattern.test(found));
  if (known === undefined) {
    const edits = [{ range, newText: JSON.stringify(found) }];
    return syntaxProblem(`${shown} is not a JSON value: text takes double quotes.`, range, {
      title: 'Put it in double quotes',
      edits,
    });
  }
  const newText = found.replace(known.pattern, known.replacement);
  return syntaxProblem(`${shown} is not JSON: ${known.reason}.`, range, {
    title: `Replace by ${newText}`,
    edits: [{ range, newText }],
    ...(known.same && { preferred: true }),
  });
}

function matchEnd(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
