import type { Node, Query, QueryMatch, QueryOptions, Tree } from 'web-tree-sitter';
import type { TextRange } from '../core/problem';
import { usePattern } from './rules';
import type { ScopeQueries } from './syntax/scopes';
import { firstFrom } from './sorted';
import type { EarlierTree } from './syntaxTrees';
import type { TimeLimit } from '../core/timeLimit';
import type { Use } from './use';

/** The rules of one language with a grammar. */
export interface SyntaxRules {
  /** Nothing is parsed unless this matches the text. */
  readonly worthParsing: RegExp;
  /** The tree-sitter query for what may be a use; each match goes to `uses` as its captures by name. */
  readonly query: string;
  /** Where the text has one; the names of the calls unless it says otherwise. */
  readonly candidates?: (text: string) => RegExp;
  readonly uses: (file: SyntaxFile, candidates: readonly Captures[]) => Use[];
}

export type Captures = Readonly<Record<string, Node>>;

/** A parsed file, and the questions that every language's rules ask of it. */
export class SyntaxFile {
  readonly #names = new Map<string, NamePlaces>();

  /** `scopes` is what `locals.ts` asks, `earlier` the tree before the last change of the document. */
  constructor(
    readonly text: string,
    readonly root: Node,
    readonly scopes: ScopeQueries,
    private readonly limit: TimeLimit,
    readonly earlier?: EarlierTree,
  ) {
    limits.set(root.tree, limit);
  }

  /** The matches of a query, looked for only where the text holds a candidate. */
  candidates(query: Query, pattern = usePattern): Captures[] {
    const found = new Map<string, Captures>();
    for (const { index } of this.text.matchAll(new RegExp(pattern, 'g'))) {
      this.limit.check();
      // By position: the offsets of a query count bytes where every other offset counts UTF-16 code units.
      const place = this.root.descendantForIndex(index);
      if (!place) continue;
      for (const match of this.matchesAt(query, place))
        found.set(match.captures.map(({ node }) => node.id).join(), capturesOf(match));
    }
    return [...found.values()];
  }

  /**
   * The matches of a query for what a node is in or part of. No pattern may begin at the file itself: a query goes
   * through all children of the node that it begins at, of which a file can have thousands.
   */
  matchesAt(query: Query, node: Node): QueryMatch[] {
    this.limit.tick();
    const { startPosition, endPosition } = node;
    const progressCallback = () => this.limit.isUp;
    const top = this.root.childWithDescendant(node) ?? this.root;
    return query.matches(top, { startPosition, endPosition, progressCallback });
  }

  /** What a query captures that begins no deeper than some levels below the file, in order: all, or what meets a part. */
  captured(query: Query, maxStartDepth: number, part?: TextRange): Node[] {
    const captures = query.captures(this.root, { maxStartDepth, ...this.#optionsFor(part) });
    this.limit.check();
    return captures.map(({ node }) => node);
  }

  /** The matches of a query: all, or what meets a part. */
  matchesIn(query: Query, part?: TextRange): QueryMatch[] {
    const matches = query.matches(this.root, this.#optionsFor(part));
    // A query that is broken off returns what it has.
    this.limit.check();
    return matches;
  }

  #optionsFor(part: TextRange | undefined): QueryOptions {
    const startPosition = part && this.root.descendantForIndex(part.start)?.startPosition;
    const endPosition = part && this.root.descendantForIndex(part.end)?.endPosition;
    const around = startPosition && endPosition ? { startPosition, endPosition } : {};
    return { ...around, progressCallback: () => this.limit.isUp };
  }

  /** Every leaf whose whole text is `name` (an identifier, key or type name; no comment, no part of a string). */
  occurrences(name: string): readonly Node[] {
    return this.occurrencesIn({ start: 0, end: this.text.length }, name);
  }

  /** Those that lie in a part of the file. */
  occurrencesIn({ start, end }: TextRange, name: string): readonly Node[] {
    const offsets = this.offsetsOf(name);
    const nodes: Node[] = [];
    for (let at = firstFrom(offsets, start, identity); (offsets[at] ?? end) < end; at++) {
      const node = this.occurrenceAt(name, at);
      if (node) nodes.push(node);
    }
    return nodes;
  }

  /** How often a name may stand in a part of the file. */
  countIn({ start, end }: TextRange, name: string): number {
    const offsets = this.offsetsOf(name);
    return firstFrom(offsets, end, identity) - firstFrom(offsets, start, identity);
  }

  /** The nodes of a type by the keyword that is their child: a walk through the tree would go by all others. */
  nodesBy(keyword: string, type: string): Node[] {
    return this.occurrences(keyword).flatMap(({ parent }) =>
      parent?.type === type ? [parent] : [],
    );
  }

  /** Where a name may stand; `occurrenceAt` tells whether it does. */
  offsetsOf(name: string): readonly number[] {
    this.limit.check();
    return this.#placesOf(name).offsets;
  }

  /** The leaf of a name by the index of its offset; undefined where the name is a part of something else. */
  occurrenceAt(name: string, index: number): Node | undefined {
    const { offsets, nodes } = this.#placesOf(name);
    const at = offsets[index];
    if (at === undefined) return undefined;
    let node = nodes[index];
    if (node === undefined) {
      this.limit.tick();
      const leaf = this.root.descendantForIndex(at, at + name.length);
      const isWhole = leaf?.startIndex === at && leaf.endIndex === at + name.length;
      node = isWhole && isName(leaf) ? leaf : null;
      nodes[index] = node;
    }
    return node ?? undefined;
  }

  #placesOf(name: string): NamePlaces {
    let places = this.#names.get(name);
    if (places === undefined) {
      // What the parser puts in for a token that is missing has no text, and no text is found everywhere.
      const isSearched = name !== '' && name.length <= longestName;
      places = { offsets: isSearched ? offsetsOf(this.text, name) : [], nodes: [] };
      this.#names.set(name, places);
    }
    return places;
  }
}

/** Where a name stands in the text, and what stands there as far as somebody asked: null for no name. */
interface NamePlaces {
  readonly offsets: readonly number[];
  readonly nodes: (Node | null | undefined)[];
}

const identity = (offset: number) => offset;

/**
 * The limit of every tree that is read: whatever is asked of a node asks for the time too, so that no rule can forget
 * it. A tree can be so deep or so wide that a single question takes milliseconds.
 */
const limits = new WeakMap<Tree, TimeLimit>();

/** Longer ones are whole expressions, of which there is no second. */
const longestName = 1000;

/** Every offset of a name that does not begin in the middle of a word. */
function offsetsOf(text: string, name: string): number[] {
  const beginsWord = isWordPart(name.charCodeAt(0));
  const offsets: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (!beginsWord || !isWordPart(text.charCodeAt(at - 1))) offsets.push(at);
  }
  return offsets;
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

export function rangeOf(node: Node): TextRange {
  limits.get(node.tree)?.tick();
  return { start: node.startIndex, end: node.endIndex };
}

export const contains = (outer: TextRange, inner: TextRange) =>
  outer.start <= inner.start && inner.end <= outer.end;

/** The nearest ancestor of one of the types, or undefined. */
export function ancestor(node: Node, types: readonly string[]): Node | undefined {
  const limit = limits.get(node.tree);
  let parent = node.parent;
  while (parent !== null && !types.includes(parent.type)) {
    limit?.tick();
    parent = parent.parent;
  }
  return parent ?? undefined;
}

/** The child in a field, without null. */
export function field(node: Node | undefined, name: string): Node | undefined {
  if (!node) return undefined;
  limits.get(node.tree)?.tick();
  return node.childForFieldName(name) ?? undefined;
}

/** Children that carry meaning: no punctuation, no comments. */
export function items(node: Node | undefined): Node[] {
  if (!node) return [];
  limits.get(node.tree)?.check();
  return node.namedChildren.filter(({ isExtra }) => !isExtra);
}
