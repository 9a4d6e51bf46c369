/** Finds the values in a document that are meant as identifiers of Lambda functions. */
import type { TextRange } from '../problem';
import type { TimeLimit } from '../timeLimit';
import { isMeantAsFunction } from './meant';
import { valueRange } from './place';
import { fixedWord, wordEnd } from './prefilter';

/** A value that is meant as a function identifier; whether it is right is for `identifierProblems` to say. */
export interface FoundIdentifier {
  readonly text: string;
  /** In UTF-16 code units from the start of the document. */
  readonly range: TextRange;
}

/** Longer values are no identifiers that somebody wrote: leaves room for one that is too long by a slip. */
export const longestValue = 512;

/**
 * The values of a document that are meant as Lambda function identifiers, in their order: ARNs and partial ARNs that
 * are a whole string literal, scalar, option or assignment, right or wrong. Left alone is whatever is put together
 * (substitutions, concatenation), matches many (wildcards, regular expressions), stands in comments or prose, or
 * names no function (layers, integration URIs). Time is linear in the length of the text.
 */
export const findIdentifiers = (text: string, languageId: string): FoundIdentifier[] => [
  ...identifiersIn(text, languageId),
];

/** The identifier that holds an offset or ends there, as `findIdentifiers` finds it; looks at what is around it alone. */
export function identifierAt(
  text: string,
  offset: number,
  languageId: string,
): FoundIdentifier | undefined {
  const from = Math.max(0, offset - margin);
  const around = text.slice(from, offset + margin);
  for (const found of identifiersIn(around, languageId)) {
    const range = { start: found.range.start + from, end: found.range.end + from };
    if (range.start <= offset && offset <= range.end) return { ...found, range };
  }
  return undefined;
}

/** Room for the longest value on one side of an offset, and for what decides whether it is one. */
const margin = 1500;

/** The same one after the other; throws TimeIsUp when `limit` does. */
export function* identifiersIn(
  text: string,
  languageId: string,
  limit?: TimeLimit,
): Generator<FoundIdentifier> {
  const search = new RegExp(wordEnd, 'gi');
  for (let hit = search.exec(text); hit; hit = search.exec(text)) {
    limit?.check();
    const run = withStrayCharacters(text, runAround(text, hit.index));
    search.lastIndex = run.end;
    if (run.end - run.start > longestValue) continue;
    if (!fixedWord.test(text.slice(run.start, run.end))) continue;
    const range = valueRange(text, run, languageId);
    if (range && isMeantAsFunction(text.slice(range.start, range.end).trim())) {
      yield { text: text.slice(range.start, range.end), range };
    }
  }
}

/** Characters that no identifier has, and that are in one by a slip rather than because it ends there. */
const strayCharacters = /[\w.:$/@#\p{L}\p{M}-]{1,128}/uy;

/** A run that goes on behind a stray character: `…:function/f`, `…:f@live`. */
function withStrayCharacters(text: string, run: TextRange): TextRange {
  const next = text.charCodeAt(run.end);
  if (run.end - run.start > longestValue || (next < 128 && !'/@#'.includes(text[run.end] ?? ' ')))
    return run;
  strayCharacters.lastIndex = run.end;
  return strayCharacters.test(text) ? { start: run.start, end: strayCharacters.lastIndex } : run;
}

/**
 * The characters of identifiers around an index; where it ends, the search goes on. Of a run that is too long the
 * beginning does not matter.
 */
function runAround(text: string, index: number): TextRange {
  const first = Math.max(0, index - longestValue);
  let start = index;
  while (start > first && isIdentifierCharacter(text.charCodeAt(start - 1))) start -= 1;
  // The engine goes through a long run far faster than a loop.
  identifierCharacters.lastIndex = index;
  identifierCharacters.test(text);
  return { start, end: identifierCharacters.lastIndex };
}

const identifierCharacters = /[a-zA-Z0-9_.:$-]*/y;

const isIdentifierCode: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  /[a-zA-Z0-9_.:$-]/.test(String.fromCharCode(code)),
);

function isIdentifierCharacter(code: number): boolean {
  return isIdentifierCode[code] === true;
}
