import type { TextEdit, TextRange } from '../core/problem';
import { TimeIsUp, TimeLimit } from '../core/timeLimit';
import { languageOfId } from './languages';
import { TokenFile } from './tokens';

/** Written in a comment: a use on the same line is meant to stay; on the next line, when nothing else is on its own. */
const marker = 'invoke-async-ignore';

const markerPattern = new RegExp(String.raw`(?<![\w-])${marker}(?![\w-])`, 'g');

/** What may stand before the marker on a line of its own: the beginning of a comment, in any language. */
const commentStart = /^\W*(?:rem\s+)?$/i;

/** Without the uses that a comment of the user silences. */
export function withoutIgnored<Use extends { readonly range: TextRange }>(
  text: string,
  uses: readonly Use[],
): readonly Use[] {
  if (uses.length === 0 || text.search(markerPattern) < 0) return uses;
  const ignored = ignoredLines(text);
  return uses.filter(
    ({ range }) => !ignored.some(({ start, end }) => start <= range.start && range.start <= end),
  );
}

/** At most one marker of a line is looked at, so that time is linear in the length of the text. */
function ignoredLines(text: string): TextRange[] {
  const lines: TextRange[] = [];
  const search = new RegExp(markerPattern);
  for (let found = search.exec(text); found; found = search.exec(text)) {
    const line = lineAt(text, found.index);
    const isAlone = commentStart.test(text.slice(line.start, found.index));
    lines.push(isAlone ? lineAt(text, Math.min(line.end + 1, text.length)) : line);
    search.lastIndex = line.end;
  }
  return lines;
}

/**
 * The comment that silences a use, on a line of its own above it. None where a comment could become part of something
 * else: in strings and documents, in the middle of a command or of JSX, in a language without comments of a line.
 */
export function ignoreEdit(
  text: string,
  languageId: string,
  { start }: TextRange,
): TextEdit | undefined {
  const lexicon = languageOfId(languageId)?.lexicon;
  if (!lexicon?.lineComment) return undefined;
  const line = lineAt(text, start);
  const before = text.slice(0, line.start);
  const code = text.slice(line.start, line.end);
  if (continuesBelow.test(before) || hereDocument.test(before) || /^\s*[<{]/.test(code)) {
    return undefined;
  }
  try {
    // An open end is the text's end.
    const file = new TokenFile(before, lexicon, new TimeLimit(longestReadingMs));
    const last = file.token(file.length - 1);
    if (last?.kind === 'string' && last.end === before.length && last.inner.end === last.end) {
      return undefined;
    }
  } catch (error) {
    if (error instanceof TimeIsUp) return undefined;
    throw error;
  }
  const indent = /^[ \t]*/.exec(code)?.[0] ?? '';
  const newText = `${indent}${lexicon.lineComment} ${marker}${text[line.end - 1] === '\r' ? '\r' : ''}\n`;
  return { range: { start: line.start, end: line.start }, newText };
}

const longestReadingMs = 200;

/** The end of a line whose command or expression goes on in the next: of shells, PowerShell, batch files, Visual Basic. */
const continuesBelow = /(?:[\\`^]| _)[ \t]*\r?\n$/;

/** Where a document may begin in the middle of code; it is not worth reading where it ends. */
const hereDocument = /<<[-~<]?\s*["'`]?[A-Z_a-z]|@["']\s*\n/;

/** From the first character of a line to its line end. */
function lineAt(text: string, offset: number): TextRange {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length : end };
}
