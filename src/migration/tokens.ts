import type { TextRange } from '../core/problem';
import type { TimeLimit } from '../core/timeLimit';
import type { Lexicon } from './lexicon';
import { firstFrom } from './sorted';
import {
  markKind,
  stringKind,
  type TokenKind,
  tokenKinds,
  type TokenSpans,
  tokenize,
  wordKind,
} from './tokenize';
import type { Use } from './use';

export interface Token extends TextRange {
  readonly kind: TokenKind;
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

/** The code of a file without its comments, and which brackets belong together. */
export class TokenFile {
  readonly #spans: TokenSpans;
  /** Of each token, the index of the bracket that opens the innermost group around it, or -1. */
  readonly #opener: Int32Array;
  /** Of each bracket that opens a group, the index of the one that closes it; of other tokens, the end of the file. */
  readonly #closer: Int32Array;
  readonly #groups = new Map<number, readonly number[]>();
  readonly #places = new Map<string, number[]>();

  constructor(
    readonly text: string,
    lexicon: Lexicon,
    readonly limit: TimeLimit,
  ) {
    this.#spans = tokenize(text, lexicon, limit);
    this.#opener = new Int32Array(this.length).fill(-1);
    this.#closer = new Int32Array(this.length).fill(this.length);
    this.#pair();
  }

  #pair(): void {
    const { starts, kinds } = this.#spans;
    const open: number[] = [];
    let around = -1;
    for (let index = 0; index < this.length; index++) {
      this.limit.tick();
      const mark = kinds[index] === markKind ? this.text.charAt(starts[index] ?? 0) : '';
      const closes = mark === '' ? -1 : closing.indexOf(mark);
      if (closes >= 0 && around >= 0 && this.text[starts[around] ?? 0] === opening[closes]) {
        this.#closer[around] = index;
        open.pop();
        around = open.at(-1) ?? -1;
      }
      this.#opener[index] = around;
      if (mark !== '' && opening.includes(mark)) {
        open.push(index);
        around = index;
      }
    }
  }

  /** How many tokens there are. */
  get length(): number {
    return this.#spans.starts.length;
  }

  token(index: number): Token | undefined {
    const { starts, ends, kinds } = this.#spans;
    const [start, end, kind] = [starts[index], ends[index], tokenKinds[kinds[index] ?? -1]];
    if (start === undefined || end === undefined || kind === undefined) return undefined;
    const text = this.text.slice(start, end);
    if (kind === 'string') return stringToken(text, start, end);
    return { kind, start, end, text, inner: { start, end } };
  }

  /** Those from an index up to another. */
  slice(start: number, end: number): Token[] {
    const tokens: Token[] = [];
    for (let index = start; index < end; index++) {
      const token = this.token(index);
      if (token) tokens.push(token);
    }
    return tokens;
  }

  /** Every string, with its index. */
  strings(): (readonly [index: number, string: Token])[] {
    const strings: (readonly [number, Token])[] = [];
    for (const [index, kind] of this.#spans.kinds.entries()) {
      const token = kind === stringKind ? this.token(index) : undefined;
      if (token) strings.push([index, token]);
    }
    return strings;
  }

  /** The index of the bracket that opens the innermost group around a token, or -1 at the top. */
  opener(index: number): number {
    return this.#opener[index] ?? -1;
  }

  /** The index of the bracket that closes a group; the end of the file when none does. */
  closer(opener: number): number {
    return this.#closer[opener] ?? this.length;
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
      const isOpener = this.#spans.kinds[at] === markKind && this.#opener[at + 1] === at;
      at = isOpener ? this.closer(at) : at + 1;
    }
    this.#groups.set(opener, group);
    return group;
  }

  /** The index of the token at an offset, or of the next one. */
  indexAt(offset: number): number {
    this.limit.tick();
    return firstFrom(this.#spans.ends, offset + 1, (end) => end);
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
      const { starts, ends, kinds } = this.#spans;
      if (kinds[index] === wordKind && starts[index] === at && ends[index] === at + word.length)
        places.push(index);
    }
    this.#places.set(word, places);
    return places;
  }

  is(index: number, text: string): boolean {
    this.limit.tick();
    const { starts, ends, kinds } = this.#spans;
    const [start = 0, end = 0] = [starts[index], ends[index]];
    if (kinds[index] === stringKind || end - start !== text.length) return false;
    return end > start && this.text.startsWith(text, start);
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
