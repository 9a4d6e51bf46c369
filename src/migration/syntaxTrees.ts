import { Edit, Language, type Node, Parser, Query, type Tree } from 'web-tree-sitter';
import { changedPart } from '../core/changedPart';
import type { TextRange } from '../core/problem';
import type { TimeLimit } from '../core/timeLimit';
import { candidatePattern } from './rules';
import { compileScopes, type Grammar, type ScopeQueries } from './syntax/scopes';

/** Where the WebAssembly comes from: core reads no files. */
export interface GrammarLoader {
  /** The bytes of web-tree-sitter's own `web-tree-sitter.wasm`. */
  runtime(): Promise<Uint8Array> | Uint8Array;
  /** The bytes of `tree-sitter-<name>.wasm`. */
  grammar(name: string): Promise<Uint8Array> | Uint8Array;
}

export interface ParseRequest {
  readonly uri: string;
  readonly text: string;
  readonly grammar: string;
  readonly limit: TimeLimit;
}

interface CachedTree {
  readonly tree: Tree;
  readonly text: string;
  readonly grammar: string;
  readonly isDoubtful: boolean;
  readonly earlier: EarlierTree | undefined;
}

/** The tree that another was made from. */
export class EarlierTree {
  #change: Change | undefined;

  constructor(
    readonly tree: Tree,
    private readonly next: Tree,
    private readonly edit: Edit,
  ) {}

  /** What the edit changes, and what else means something else since: all from the first such place to the last. */
  get change(): Change {
    this.#change ??= this.#compare();
    return this.#change;
  }

  #compare(): Change {
    const { startIndex, oldEndIndex, newEndIndex } = this.edit;
    const ranges = this.tree.getChangedRanges(this.next);
    // What touches a change has changed, too.
    const start = Math.min(startIndex, ranges[0]?.startIndex ?? startIndex) - 1;
    const end = Math.max(newEndIndex, ranges.at(-1)?.endIndex ?? newEndIndex) + 1;
    return { start, end, oldEnd: end - newEndIndex + oldEndIndex };
  }
}

/** Where two trees of a document may differ: between two offsets, of which the second was another in the first tree. */
export interface Change extends TextRange {
  readonly oldEnd: number;
}

/** Most trees that are kept; one of a 5,000-line file takes a few megabytes. */
const capacity = 16;

/** Parses with grammars that load on first need, and keeps the newest trees for incremental parsing. */
export class SyntaxTrees {
  readonly #trees = new Map<string, CachedTree>();
  readonly #grammars = new Map<string, Promise<Language>>();
  #parser: Promise<Parser> | undefined;

  constructor(private readonly loader: GrammarLoader) {}

  /** The grammar, loaded once. */
  grammar(name: string): Promise<Language> {
    let grammar = this.#grammars.get(name);
    if (grammar === undefined) {
      grammar = this.#load(name);
      // A load that failed (a file that is being written) may be tried again.
      grammar.catch(() => this.#grammars.delete(name));
      this.#grammars.set(name, grammar);
    }
    return grammar;
  }

  async #load(name: string): Promise<Language> {
    await this.#runtime();
    return Language.load(await this.loader.grammar(name));
  }

  #runtime(): Promise<Parser> {
    this.#parser ??= this.#start();
    return this.#parser;
  }

  async #start(): Promise<Parser> {
    await Parser.init({ wasmBinary: await this.loader.runtime() });
    return new Parser();
  }

  /**
   * Parses and reads the tree at once: the tree may be gone after `read` returns.
   * Throws TimeIsUp when the parse ran out of time.
   */
  async read<Result>(
    request: ParseRequest,
    read: (root: Node, earlier?: EarlierTree) => Result,
  ): Promise<Result> {
    const grammar = await this.grammar(request.grammar);
    const parser = await this.#runtime();
    const { tree, earlier } = this.#parse(parser, grammar, request);
    return read(tree.rootNode, earlier);
  }

  #parse(parser: Parser, grammar: Language, request: ParseRequest): CachedTree {
    const { uri, text } = request;
    const cached = this.#trees.get(uri);
    if (cached?.text === text && cached.grammar === request.grammar) return cached;
    parser.setLanguage(grammar);
    const old = cached?.grammar === request.grammar && !cached.isDoubtful ? cached : undefined;
    const edit = old && difference(old.text, text);
    if (edit) old.tree.edit(edit);
    try {
      let tree = parse(parser, request, old?.tree);
      const doubtful = isDoubtful(tree, text);
      if (old && doubtful) {
        tree.delete();
        tree = parse(parser, request);
      }
      const earlier = edit && !doubtful ? new EarlierTree(old.tree, tree, edit) : undefined;
      return this.#keep(
        { tree, text, grammar: request.grammar, isDoubtful: doubtful, earlier },
        uri,
      );
    } catch (error) {
      // An edited tree is no tree of any text.
      this.forget(uri);
      throw error;
    }
  }

  #keep(cached: CachedTree, uri: string): CachedTree {
    const before = this.#trees.get(uri);
    before?.earlier?.tree.delete();
    if (before?.tree !== cached.earlier?.tree) before?.tree.delete();
    // The one that is used now is the newest.
    this.#trees.delete(uri);
    this.#trees.set(uri, cached);
    const [oldest] = this.#trees.keys();
    if (this.#trees.size > capacity && oldest !== undefined) this.forget(oldest);
    return cached;
  }

  forget(uri: string): void {
    this.#trees.get(uri)?.tree.delete();
    this.#trees.get(uri)?.earlier?.tree.delete();
    this.#trees.delete(uri);
  }
}

/**
 * Whether there is an error up to the end of the function, class or statement that holds the last candidate. What the
 * parser makes of text from an error on depends on the tree that it begins with, so such text is parsed from its
 * beginning, and nothing is parsed after it: one text has one answer.
 */
function isDoubtful({ rootNode: root }: Tree, text: string): boolean {
  if (!root.hasError) return false;
  const last = [...text.matchAll(new RegExp(candidatePattern, 'g'))].at(-1)?.index ?? -1;
  for (const part of root.children) {
    if (part.startIndex > last) return false;
    if (part.hasError) return true;
  }
  return false;
}

function parse(parser: Parser, { text, limit }: ParseRequest, old?: Tree): Tree {
  const tree = parser.parse(text, old, { progressCallback: () => limit.isUp });
  if (tree !== null) return tree;
  // Without it the next parse would resume the one that was broken off.
  parser.reset();
  throw limit.error();
}

/** The one edit between two versions. */
function difference(before: string, after: string): Edit {
  const { start, oldEnd, newEnd } = changedPart(before, after);
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: positionAt(before, start),
    oldEndPosition: positionAt(before, oldEnd),
    newEndPosition: positionAt(after, newEnd),
  });
}

function positionAt(text: string, offset: number): { row: number; column: number } {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}

/** Queries compile on first use, once a language. */
export class Queries {
  readonly #compiled = new Map<string, Query>();
  readonly #scopes = new Map<Grammar, ScopeQueries>();

  /** What `locals.ts` asks of a grammar. */
  scopes(language: Language, grammar: Grammar): ScopeQueries {
    const compiled = this.#scopes.get(grammar) ?? compileScopes(language, grammar);
    this.#scopes.set(grammar, compiled);
    return compiled;
  }

  compile(grammar: Language, source: string): Query {
    const key = `${grammar.name}\n${source}`;
    let query = this.#compiled.get(key);
    if (query === undefined) {
      query = new Query(grammar, source);
      this.#compiled.set(key, query);
    }
    return query;
  }
}
