import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rulesOf } from '../../../src/migration/languageRules';
import { languageIdOfPath, languageOfId, languages } from '../../../src/migration/languages';
import { candidatePattern } from '../../../src/migration/rules';
import { fixtures } from './finder';

/** The fixtures that are read as a language: its own; where it has none, those of the languages with its rules. */
export function textsOf(languageId: string): string[] {
  const own = texts.filter((text) => text.languageId === languageId);
  const language = languageOfId(languageId);
  const rules = language && rulesOf(language).syntaxRules;
  const related = languages.filter((other) =>
    rules ? rulesOf(other).syntaxRules === rules : other.lexicon === language?.lexicon,
  );
  const ids = new Set(related.flatMap((one) => one.ids));
  return (own.length > 0 ? own : texts.filter((text) => ids.has(text.languageId))).map(
    ({ text }) => text,
  );
}

const texts = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .map((name) => ({ name, languageId: languageIdOfPath(name) ?? '' }))
  .filter(({ languageId }) => languageId !== '')
  .map(({ name, languageId }) => ({
    languageId,
    text: readFileSync(path.join(fixtures, name), 'utf8'),
  }));

/** The text without one of the words that stand shortly before what the finder looks for: each of them once. */
export function* withoutOneWord(text: string): Generator<string> {
  for (const { index } of text.matchAll(new RegExp(candidatePattern, 'g'))) {
    const start = Math.max(0, index - 60);
    for (const { index: at, 0: word } of text.slice(start, index).matchAll(/\w+/g)) {
      yield text.slice(0, start + at) + text.slice(start + at + word.length);
    }
  }
}

/** What somebody does to a text who is in the middle of writing it. */
export class Typist {
  constructor(private readonly random: () => number) {}

  /** The text after one to three changes. */
  edited(text: string, others: readonly string[]): string {
    let edited = text;
    for (let changes = this.#below(3); changes >= 0; changes--) {
      edited = this.pick([
        this.#delete,
        this.#delete,
        this.#cut,
        this.#insert,
        this.#join,
        this.#truncate,
      ])(edited, others);
    }
    return edited;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.#below(items.length)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  }

  #below(end: number): number {
    return Math.floor(this.random() * end);
  }

  /** One token: a word, a run of blanks or a mark. */
  readonly #delete = (text: string): string => {
    const { before, after } = this.#token(text);
    return before + after;
  };

  readonly #cut = (text: string): string => {
    const { before } = this.#token(text);
    return before + text.slice(before.length + this.#below(80));
  };

  /** A mark that begins or ends something, or a token that stands elsewhere in the text. */
  readonly #insert = (text: string): string => {
    const { before, token, after } = this.#token(text);
    const inserted = this.random() < 0.5 ? this.pick(marks) : this.#token(text).token;
    return before + inserted + token + after;
  };

  /** The beginning of this text and the end of another. */
  readonly #join = (text: string, others: readonly string[]): string => {
    const { before } = this.#token(text);
    const { token, after } = this.#token(this.pick(others));
    return before + token + after;
  };

  readonly #truncate = (text: string): string => this.#token(text).before;

  /** A token of the text, and what stands around it: more often than not near to what the finder looks for. */
  #token(text: string): { before: string; token: string; after: string } {
    const uses = [...text.matchAll(new RegExp(candidatePattern, 'g'))];
    const { index } = this.random() < 0.6 && uses.length > 0 ? this.pick(uses) : { index: -1 };
    const near = Math.floor(index + 300 * (this.random() - 0.6));
    const place = index < 0 ? this.#below(text.length) : Math.min(Math.max(0, near), text.length);
    const start =
      place - (/(?:\w+|\s+)$/.exec(text.slice(Math.max(0, place - 40), place))?.[0] ?? '').length;
    const token = /^(?:\w+|\s+|[^])/.exec(text.slice(start))?.[0] ?? '';
    return { before: text.slice(0, start), token, after: text.slice(start + token.length) };
  }
}

const marks = [
  '()[]{}<>"\'`,;:.=|&#$@!?*/\\-+~%\n'.split(''),
  [
    '/*',
    '*/',
    '//',
    '"""',
    "'''",
    '${',
    '=>',
    '->',
    '::',
    '<<EOF\n',
    '\r\n',
    '\0',
    'é',
    '😀',
    '\ud83d',
  ],
  [' begin\n', '\nend\n', 'new ', 'let ', '= ', 'async ', 'await ', 'return ', 'def ', 'fn '],
].flat();
