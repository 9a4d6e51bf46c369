/** Values that other languages write as calls: `new Date()`, `ISODate("…")`, `Decimal("1.5")`. */
import * as l10n from '@vscode/l10n';
import { replace } from '../edits';
import { shortened } from '../shortened';
import { matchEnd, syntaxProblem, type Token } from './token';

/** What begins a call, up to its opening parenthesis. */
const callStart =
  /(?:new\s{1,10})?[A-Za-z_$][\w$]{0,99}(?:\.[A-Za-z_$][\w$]{0,99}){0,9}[ \t]{0,10}\(/y;

/** Longer calls are no values that somebody pasted, in UTF-16 units. */
const longestCall = 1000;

/** Reads a call in the place of a value; `undefined` when none begins at `start`. */
export function readCall(text: string, start: number): Token | undefined {
  const argumentStart = matchEnd(callStart, text, start);
  if (argumentStart === undefined) return undefined;
  const open = argumentStart - 1;
  const end = callEnd(text.slice(open, open + longestCall));
  if (end === undefined) return undefined;
  const range = { start, end: open + end };
  const call = text.slice(start, range.end);
  const name = text.slice(start, open).trim();
  const found = valueOf(name, text.slice(open + 1, range.end - 1).trim());
  const newText = found ?? JSON.stringify(call);
  const problem = syntaxProblem(
    l10n.t('{0}(…) is not a JSON value: JSON has no calls.', name),
    range,
    {
      title: l10n.t('Replace with {0}', shortened(newText)),
      edits: [replace(range, newText)],
      preferred: found !== undefined,
    },
  );
  return { end: range.end, problems: [problem] };
}

/** Length of a text up to the parenthesis that closes its first one. */
function callEnd(text: string): number | undefined {
  let depth = 0;
  for (const { 0: mark, index } of text.matchAll(/[()]|"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/g)) {
    if (mark === '(') depth++;
    else if (mark === ')') depth--;
    if (depth === 0) return index + 1;
  }
  return undefined;
}

/** Numbers that are written as text, so that no digit is lost. */
const numberTypes =
  /^(?:new )?(?:\w+\.)*(?:Decimal(?:128)?|Number(?:Decimal|Int|Long)|Int(?:32|64)|Long|Double|BigInt|Number|Fraction)$/;
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const dateTypes = /^(?:new )?(?:datetime\.)?(?:Date|ISODate|datetime|date)$/;

/** The JSON value that a call surely stands for. */
function valueOf(name: string, argument: string): string | undefined {
  const literal = /^(["'])((?:(?!\1)[^\\\r\n])*)\1$/.exec(argument)?.[2];
  if (numberTypes.test(name)) {
    const number = literal ?? argument;
    return jsonNumber.test(number) ? number : undefined;
  }
  if (dateTypes.test(name) && literal === undefined) return dateOf(name, argument);
  return literal === undefined ? undefined : JSON.stringify(literal);
}

/** As a string of ISO 8601. What the arguments do not fix (now, local time) is for the writer to say. */
function dateOf(name: string, argument: string): string | undefined {
  if (name.endsWith('Date')) {
    if (!/^-?\d{1,15}$/.test(argument)) return undefined;
    const date = new Date(Number(argument));
    return Number.isNaN(date.getTime()) ? undefined : JSON.stringify(date);
  }
  if (!/^\d{4}(?:, ?\d{1,6}){2,6}$/.test(argument)) return undefined;
  const [year = '', month, day, ...time] = argument.split(/, ?/);
  const two = (part = '0') => part.padStart(2, '0');
  const [hour, minute, second, micros] = time;
  const clock = `T${two(hour)}:${two(minute)}:${two(second)}${micros ? `.${micros.padStart(6, '0')}` : ''}`;
  return JSON.stringify(`${year}-${two(month)}-${two(day)}${time.length > 0 ? clock : ''}`);
}
