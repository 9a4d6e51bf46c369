import * as l10n from '@vscode/l10n';
import { replace } from '../edits';
import type { Fix } from '../problem';
import { deletion, matchEnd, syntaxProblem, type Token } from './token';

const comment = /\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)/y;
/** Spaces and line ends of Unicode that JSON does not know, and the marks that have no width. */
const foreignBlanks = /(?:[^\S \t\r\n]|[\u0085\u200b-\u200d\u2060])+/y;

/** Reads what separates values in other notations and not in JSON; `undefined` when nothing such begins at `start`. */
export function readForeignBlank(text: string, start: number): Token | undefined {
  if (start === 0 && text.startsWith('\ufeff')) return byteOrderMark();
  for (const [pattern, tokenOf] of [
    [comment, commentToken],
    [foreignBlanks, blanksToken],
  ] as const) {
    const end = matchEnd(pattern, text, start);
    if (end !== undefined) return tokenOf(text, start, end);
  }
  return undefined;
}

function byteOrderMark(): Token {
  const fix = { ...deletion(l10n.t('Delete the byte order mark'), 0, 1), preferred: true };
  const message = l10n.t('The file begins with a byte order mark (U+FEFF), which is not JSON.');
  return { end: 1, problems: [syntaxProblem(message, { start: 0, end: 1 }, fix)] };
}

function commentToken(text: string, start: number, end: number): Token {
  const fix = { ...commentDeletion(text, start, end), preferred: true };
  return {
    end,
    problems: [syntaxProblem(l10n.t('JSON does not allow comments.'), { start, end }, fix)],
  };
}

/** Deletes the comment with its line when it has the line for itself, else with the blanks before it. */
function commentDeletion(text: string, start: number, end: number): Fix {
  let from = start;
  while (isIndent(text[from - 1])) from--;
  let to = end;
  while (isIndent(text[to])) to++;
  const ownsLine =
    (from === 0 || text[from - 1] === '\n') &&
    (to === text.length || /[\r\n]/.test(text.charAt(to)));
  const title = l10n.t('Delete the comment');
  if (!ownsLine) return deletion(title, from, end);
  const lineBreak = text.startsWith('\r\n', to) ? 2 : 1;
  return deletion(title, from, Math.min(to + lineBreak, text.length));
}

function isIndent(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function blanksToken(text: string, start: number, end: number): Token {
  const name = `U+${text.charCodeAt(start).toString(16).toUpperCase().padStart(4, '0')}`;
  const range = { start, end };
  const fix = {
    title: l10n.t('Replace with a space'),
    edits: [replace(range, ' ')],
    preferred: true,
  };
  const message = l10n.t(
    'Only spaces, tabs and line breaks are allowed between JSON values, not {0}.',
    name,
  );
  return { end, problems: [syntaxProblem(message, range, fix)] };
}
