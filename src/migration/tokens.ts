import type { TextRange } from '../core/problem';
import type { Lexicon } from './lexicon';
import { firstFrom } from './sorted';
import type { TimeLimit } from '../core/timeLimit';
import type { Use } from './use';

export interface Token extends TextRange {
  readonly kind: 'word' | 'string' | 'mark';
  /** Of a string, what stands between the quotation marks. */
  readonly text: string;
  /** Where `text` stands. */
  readonly inner: TextRange;
}

/** The rules of a language without a grammar, or of strings in any language. */
export interface LexicalRules {
  /** The text is not even split into tokens unless this matches. */
  readonly worthReading: RegExp;
  readonly uses: (file: TokenFile) => Use[];
}

const opening = '([{';
const closing = ')]}';
const brackets = opening + closing;

/** The code of a file without its comments, and which brackets belong together. */
export class TokenFile {
  readonly tokens: readonly Token[];
  /** Of each token, the index of the bracket that opens the innermost group around it, or -1. */
  readonly #opener: number[] = [];
  readonly #closer = new Map<number, number>();
  readonly #groups = new Map<number, readonly number[]>();
  readonly #places = new Map<string, number[]>();

  constructor(
    readonly text: string,
    lexicon: Lexicon,
    readonly limit: TimeLimit,
  ) {
    this.tokens = tokenize(text, lexicon, limit);
    this.#pair();
  }

  #pair(): void {
    const open: number[] = [];
    let around = -1;
    for (const [index, token] of this.tokens.entries()) {
      this.limit.tick();
      const bracket = token.kind === 'mark' ? brackets.indexOf(token.text) : -1;
      if (bracket >= opening.length && around >= 0 && this.#matches(around, token.text)) {
        this.#closer.set(around, index);
        open.pop();
        around = open.at(-1) ?? -1;
      }
      this.#opener.push(around);
      if (bracket >= 0 && bracket < opening.length) {
        open.push(index);
        around = index;
      }
    }
  }

  #matches(opener: number, close: string): boolean {
    return opening.indexOf(this.tokens[opener]?.text ?? '') === closing.indexOf(close);
  }

  /** The index of the bracket that opens the innermost group around a token, or -1 at the top. */
  opener(index: number): number {
    return this.#opener[index] ?? -1;
  }

  /** The index of the bracket that closes a group; the end of the file when none does. */
  closer(opener: number): number {
    return this.#closer.get(opener) ?? this.tokens.length;
  }

  /** The indices of the tokens directly in a group (-1: the top), nested groups left out. */
  group(opener: number): readonly number[] {
    this.limit.tick();
    const known = this.#groups.get(opener);
    if (known) return known;
    const end = this.closer(opener);
    const group: number[] = [];
    let at = opener + 1;
    while (at < end) {
      this.limit.tick();
      group.push(at);
      const isOpener = this.tokens[at]?.kind === 'mark' && this.#opener[at + 1] === at;
      at = isOpener ? this.closer(at) : at + 1;
    }
    this.#groups.set(opener, group);
    return group;
  }

  /** The index of the token at an offset, or of the next one. */
  indexAt(offset: number): number {
    this.limit.tick();
    return firstFrom(this.tokens, offset + 1, ({ end }) => end);
  }

  /** The indices of a word, in order. */
  places(word: string): readonly number[] {
    this.limit.tick();
    const known = this.#places.get(word);
    if (known) return known;
    const places: number[] = [];
    // No token is empty, and no text is found everywhere.
    if (word === '') return places;
    for (
      let at = this.text.indexOf(word);
      at >= 0;
      at = this.text.indexOf(word, at + word.length)
    ) {
      const index = this.indexAt(at);
      const token = this.tokens[index];
      if (token?.kind === 'word' && token.start === at && token.text === word) places.push(index);
    }
    this.#places.set(word, places);
    return places;
  }

  is(index: number, text: string): boolean {
    this.limit.tick();
    const token = this.tokens[index];
    return token !== undefined && token.kind !== 'string' && token.text === text;
  }
}

function tokenize(text: string, { comment, string }: Lexicon, limit: TimeLimit): Token[] {
  // Of a string no group tells: a language's own may have groups.
  const pattern = new RegExp(String.raw`(${comment})|(?:${string})|([\p{L}\d_$@]+)|([^\s])`, 'gmu');
  const tokens: Token[] = [];
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (tokens.length % 1000 === 0) limit.check();
    const [found, asComment] = match;
    if (asComment !== undefined) continue;
    const { index: start, length } = match;
    const end = start + found.length;
    if (match[length - 1] !== undefined) tokens.push(new Code('mark', start, end, found));
    else if (match[length - 2] !== undefined) tokens.push(new Code('word', start, end, found));
    else tokens.push(stringToken(found, start, end));
  }
  return tokens;
}

/** Everything but a string: nearly nobody asks for its `inner`, and a file has many. */
class Code implements Token {
  constructor(
    readonly kind: 'word' | 'mark',
    readonly start: number,
    readonly end: number,
    readonly text: string,
  ) {}

  get inner(): TextRange {
    return { start: this.start, end: this.end };
  }
}

function stringToken(literal: string, start: number, end: number): Token {
  const [prefix = '', hashes = '', quote = ''] = /^[^"'`#]*(#*)("""|'''|["'`])/.exec(literal) ?? [];
  const close = quote + hashes;
  const isClosed = literal.length > prefix.length && literal.endsWith(close);
  const inner = { start: start + prefix.length, end: isClosed ? end - close.length : end };
  return {
    kind: 'string',
    start,
    end,
    text: literal.slice(prefix.length, inner.end - start),
    inner,
  };
}
