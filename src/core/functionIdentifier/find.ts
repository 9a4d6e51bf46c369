/** Finds the values in a document that are meant as identifiers of Lambda functions. */
import type { TextRange } from '../problem';
import type { TimeLimit } from '../timeLimit';
import { isMeantAsFunction } from './meant';
import { placeOf } from './place';

/** A value that is meant as a function identifier; whether it is right is for `identifierProblems` to say. */
export interface FoundIdentifier {
  readonly text: string;
  /** In UTF-16 code units from the start of the document. */
  readonly range: TextRange;
}

/** Longer values are no identifiers that somebody wrote: leaves room for one that is too long by a slip. */
const longestValue = 512;

/** One of the fixed words is right, or of another case, in whatever is surely meant as an identifier. */
const fixedWord = /:(?:lambda|function):/i;

/** Where a fixed word may end: for this the engine searches a document three times as fast as for the whole words. */
const wordEnd = /(?:mbda|nction):/i;

/** Whether a document can hold an identifier that is found here: cheap, and never wrongly `false`. */
export function mayHoldIdentifier(text: string): boolean {
  return wordEnd.test(text) && fixedWord.test(text);
}

/**
 * The values of a document that are meant as Lambda function identifiers, in their order: ARNs and partial ARNs that
 * are a whole string literal, scalar, option or assignment, right or wrong. Left alone is whatever is put together
 * (substitutions, concatenation), matches many (wildcards, regular expressions), stands in comments or prose, or
 * names no function (layers, integration URIs). Time is linear in the length of the text.
 */
export const findIdentifiers = (text: string, languageId: string): FoundIdentifier[] => [
  ...identifiersIn(text, languageId),
];

/** The same one after the other; throws TimeIsUp when `limit` does. */
export function* identifiersIn(
  text: string,
  languageId: string,
  limit?: TimeLimit,
): Generator<FoundIdentifier> {
  const search = new RegExp(wordEnd, 'gi');
  for (let hit = search.exec(text); hit; hit = search.exec(text)) {
    limit?.check();
    const run = runAround(text, hit.index);
    search.lastIndex = run.end;
    if (run.end - run.start > longestValue) continue;
    if (!fixedWord.test(text.slice(run.start, run.end))) continue;
    const range = placeOf(text, run, languageId);
    if (range && isMeantAsFunction(text.slice(range.start, range.end).trim())) {
      yield { text: text.slice(range.start, range.end), range };
    }
  }
}

/** The characters of identifiers around an index; where it ends, the search goes on. */
function runAround(text: string, index: number): TextRange {
  let start = index;
  while (start > 0 && isIdentifierCharacter(text.charCodeAt(start - 1))) start -= 1;
  let end = index;
  while (end < text.length && isIdentifierCharacter(text.charCodeAt(end))) end += 1;
  return { start, end };
}

const identifierCharacters: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  /[a-zA-Z0-9_.:$-]/.test(String.fromCharCode(code)),
);

function isIdentifierCharacter(code: number): boolean {
  return identifierCharacters[code] === true;
}
