import type { TimeLimit } from '../core/timeLimit';
import type { Lexicon } from './lexicon';
import { oncePerFile } from './once';

export const tokenKinds = ['word', 'string', 'mark'] as const;
export type TokenKind = (typeof tokenKinds)[number];

/** The kinds as `TokenSpans` holds them. */
export const [wordKind, stringKind, markKind] = [0, 1, 2] as const;

/** Where the tokens of a text stand, in order. Not an object for each: a text has many, of which few are looked at. */
export interface TokenSpans {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Their indices in `tokenKinds`. */
  readonly kinds: Uint8Array;
}

class GrowingSpans implements TokenSpans {
  length = 0;
  starts = new Int32Array(1024);
  ends = new Int32Array(1024);
  kinds = new Uint8Array(1024);

  add(kind: number, start: number, end: number): void {
    if (this.length === this.starts.length) this.#grow();
    const at = this.length++;
    this.starts[at] = start;
    this.ends[at] = end;
    this.kinds[at] = kind;
  }

  #grow(): void {
    const { starts, ends, kinds } = this;
    this.starts = new Int32Array(2 * this.length);
    this.ends = new Int32Array(2 * this.length);
    this.kinds = new Uint8Array(2 * this.length);
    this.starts.set(starts);
    this.ends.set(ends);
    this.kinds.set(kinds);
  }

  full(): TokenSpans {
    const { length, starts, ends, kinds } = this;
    return {
      starts: starts.subarray(0, length),
      ends: ends.subarray(0, length),
      kinds: kinds.subarray(0, length),
    };
  }
}

/** The words, strings and marks of a text; comments are none. */
export function tokenize(text: string, lexicon: Lexicon, limit: TimeLimit): TokenSpans {
  const spans = new GrowingSpans();
  const { begins, commentOrString } = markersOf(lexicon);
  for (let at = 0; at < text.length; ) {
    limit.tick();
    const start = at;
    const code = text.charCodeAt(at);
    if (begins[code] === 1 || at === 0) {
      commentOrString.lastIndex = at;
      const match = commentOrString.exec(text);
      if (match) {
        at += match[0].length;
        if (match[1] === undefined) spans.add(stringKind, start, at);
        continue;
      }
    }
    if (isBlank(code)) at++;
    else if (isWordPart(code)) {
      at = wordEnd(text, at + 1);
      spans.add(wordKind, start, at);
    } else if (code < 0x80) spans.add(markKind, start, ++at);
    else {
      foreign.lastIndex = at;
      const [found = '', letters, mark] = foreign.exec(text) ?? [];
      at += found.length;
      if (letters !== undefined) {
        at = wordEnd(text, at);
        spans.add(wordKind, start, at);
      } else if (mark !== undefined) spans.add(markKind, start, at);
    }
  }
  return spans.full();
}

const markersOf = oncePerFile(({ begin, comment, string }: Lexicon) => {
  const begins = new Uint8Array(128);
  for (const character of begin) begins[character.charCodeAt(0)] = 1;
  // Comments are a group. Of a string no group tells: a language's own may have groups.
  return { begins, commentOrString: new RegExp(`(${comment})|(?:${string})`, 'muy') };
});

/** Beyond ASCII: letters, other characters, blanks. */
const foreign = /(\p{L}+)|(\S)|\s/uy;
const foreignLetters = /\p{L}+/uy;

function wordEnd(text: string, start: number): number {
  let at = start;
  for (;;) {
    while (isWordPart(text.charCodeAt(at))) at++;
    if (!(text.charCodeAt(at) >= 0x80)) return at;
    foreignLetters.lastIndex = at;
    if (!foreignLetters.test(text)) return at;
    at = foreignLetters.lastIndex;
  }
}

/** Of ASCII. */
const isBlank = (code: number) => code === 0x20 || (code >= 0x09 && code <= 0x0d);

/** A letter or digit of ASCII, or one of `_$@`. */
const isWordPart = (code: number) =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x40 && code <= 0x5a) ||
  (code >= 0x30 && code <= 0x39) ||
  code === 0x5f ||
  code === 0x24;
