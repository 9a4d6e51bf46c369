import type { TextRange } from '../core/problem';
import type { Lexis } from './lexis';
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

/** The code of a file without its comments, and which brackets belong together. */
export class TokenFile {
  readonly tokens: readonly Token[];
  /** Of each token, the index of the bracket that opens the innermost group around it, or -1. */
  readonly #opener: number[] = [];
  readonly #closer = new Map<number, number>();
  readonly #members = new Map<number, number[]>();
  /** Filled on first use. */
  readonly #places = new Map<string, number[]>();

  constructor(
    readonly text: string,
    lexis: Lexis,
    readonly limit: TimeLimit,
  ) {
    this.tokens = tokenize(text, lexis, limit);
    this.#pair();
  }

  #pair(): void {
    const open: number[] = [];
    for (const [index, { kind, text }] of this.tokens.entries()) {
      this.limit.tick();
      const isBracket = kind === 'mark';
      if (isBracket && closing.includes(text)) {
        const opener = open.at(-1);
        if (opener !== undefined && this.#matches(opener, text))
          this.#closer.set(open.pop() ?? -1, index);
      }
      const around = open.at(-1) ?? -1;
      this.#opener.push(around);
      pushTo(this.#members, around, index);
      if (isBracket && opening.includes(text)) open.push(index);
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
    return this.#members.get(opener) ?? [];
  }

  /** The index of the token at an offset, or of the next one. */
  indexAt(offset: number): number {
    this.limit.tick();
    return firstFrom(this.tokens, offset + 1, ({ end }) => end);
  }

  /** The indices of a word, in order. */
  places(word: string): readonly number[] {
    this.limit.tick();
    if (this.#places.size === 0) {
      for (const [index, { kind, text }] of this.tokens.entries()) {
        if (kind === 'word') pushTo(this.#places, text, index);
      }
    }
    return this.#places.get(word) ?? [];
  }

  is(index: number, text: string): boolean {
    this.limit.tick();
    const token = this.tokens[index];
    return token !== undefined && token.kind !== 'string' && token.text === text;
  }
}

function pushTo<Key>(lists: Map<Key, number[]>, key: Key, index: number): void {
  const list = lists.get(key);
  if (list) list.push(index);
  else lists.set(key, [index]);
}

function tokenize(text: string, { comment, string }: Lexis, limit: TimeLimit): Token[] {
  const pattern = new RegExp(
    String.raw`(?<comment>${comment})|(?<string>${string})|(?<word>[\p{L}\d_$@]+)|(?<mark>[^\s])`,
    'gmu',
  );
  const tokens: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    if (tokens.length % 1000 === 0) limit.check();
    const { groups, index: start } = match;
    const end = start + match[0].length;
    if (groups?.['string'] !== undefined) tokens.push(stringToken(match[0], start, end));
    else if (groups?.['comment'] === undefined) {
      const kind = groups?.['word'] === undefined ? 'mark' : 'word';
      tokens.push({ kind, start, end, text: match[0], inner: { start, end } });
    }
  }
  return tokens;
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
