import type { Node, Query, QueryMatch } from 'web-tree-sitter';
import type { TextRange } from '../problem';
import { candidatePattern } from './rules';
import type { TimeLimit } from '../timeLimit';
import type { Use } from './use';

/** The rules of one language with a grammar. */
export interface SyntaxRules {
  /** Nothing is parsed unless this matches the text. */
  readonly worthParsing: RegExp;
  /** The tree-sitter query for what may be a use; each match goes to `uses` as its captures by name. */
  readonly query: string;
  readonly uses: (file: SyntaxFile, candidates: readonly Captures[]) => Use[];
}

export type Captures = Readonly<Record<string, Node>>;

/** A parsed file, and the questions that every language's rules ask of it. */
export class SyntaxFile {
  readonly #occurrences = new Map<string, Node[]>();

  constructor(
    readonly text: string,
    readonly root: Node,
    private readonly limit: TimeLimit,
  ) {}

  /** The matches of a query, looked for only where the text holds a candidate. */
  candidates(query: Query): Captures[] {
    const found = new Map<string, Captures>();
    for (const { index } of this.text.matchAll(new RegExp(candidatePattern, 'g'))) {
      // By position: the offsets of a query count bytes where every other offset counts UTF-16 code units.
      const place = this.root.descendantForIndex(index);
      if (!place) continue;
      const { startPosition, endPosition } = place;
      for (const match of query.matches(this.root, { startPosition, endPosition })) {
        found.set(match.captures.map(({ node }) => node.id).join(), capturesOf(match));
      }
    }
    return [...found.values()];
  }

  /** Every leaf whose whole text is `name` (an identifier, key or type name; no comment, no part of a string). */
  occurrences(name: string): readonly Node[] {
    this.limit.check();
    let nodes = this.#occurrences.get(name);
    if (nodes === undefined) {
      nodes = this.#search(name);
      this.#occurrences.set(name, nodes);
    }
    return nodes;
  }

  #search(name: string): Node[] {
    const nodes: Node[] = [];
    // What the parser puts in for a token that is missing has no text, and no text is found everywhere.
    if (name === '' || name.length > longestName) return nodes;
    for (const at of placesOf(this.text, name)) {
      this.limit.check();
      const node = this.root.descendantForIndex(at, at + name.length);
      if (node?.startIndex === at && node.endIndex === at + name.length && isName(node))
        nodes.push(node);
    }
    return nodes;
  }
}

/** Longer ones are whole expressions, of which there is no second. */
const longestName = 1000;

/** Every offset of a name that does not begin in the middle of a word. */
function* placesOf(text: string, name: string): Generator<number> {
  const beginsWord = isWordPart(name.charCodeAt(0));
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (!beginsWord || !isWordPart(text.charCodeAt(at - 1))) yield at;
  }
}

/** A letter, digit or underscore of ASCII; of others the tree tells. */
const isWordPart = (code: number) =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x30 && code <= 0x39) ||
  code === 0x5f;

const isName = ({ type }: Node) => !/string|comment|content|fragment/.test(type);

function capturesOf({ captures }: QueryMatch): Captures {
  return Object.fromEntries(captures.map(({ name, node }) => [name, node]));
}

export const rangeOf = ({ startIndex, endIndex }: Node): TextRange => ({
  start: startIndex,
  end: endIndex,
});

export const contains = (outer: TextRange, inner: TextRange) =>
  outer.start <= inner.start && inner.end <= outer.end;

/** The nearest ancestor of one of the types, or undefined. */
export function ancestor(node: Node, types: readonly string[]): Node | undefined {
  let parent = node.parent;
  while (parent !== null && !types.includes(parent.type)) parent = parent.parent;
  return parent ?? undefined;
}

/** The child in a field, without null. */
export const field = (node: Node | undefined, name: string) =>
  node?.childForFieldName(name) ?? undefined;

/** Children that carry meaning: no punctuation, no comments. */
export const items = (node: Node | undefined): Node[] =>
  node?.namedChildren.filter(({ isExtra }) => !isExtra) ?? [];

/** A question about a name that is worked out once for each file. */
export function oncePerName<Value>(
  answer: (file: SyntaxFile, name: string) => Value,
): (file: SyntaxFile, name: string) => Value {
  const answers = new WeakMap<SyntaxFile, Map<string, Value>>();
  return (file, name) => {
    const known = answers.get(file) ?? new Map<string, Value>();
    answers.set(file, known);
    const value = known.has(name) ? (known.get(name) as Value) : answer(file, name);
    known.set(name, value);
    return value;
  };
}
