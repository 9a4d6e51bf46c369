import { type Language, Query } from 'web-tree-sitter';
import bash from './bash.scm';
import csharp from './c-sharp.scm';
import ecmascript from './ecmascript.scm';
import go from './go.scm';
import java from './java.scm';
import javascript from './javascript.scm';
import php from './php.scm';
import powershell from './powershell.scm';
import python from './python.scm';
import ruby from './ruby.scm';
import rust from './rust.scm';
import typescript from './typescript.scm';

/** By the grammar's name, what opens a scope and declares a name: the queries that `locals.ts` asks. */
const scopeQueries = {
  bash,
  'c-sharp': csharp,
  go,
  java,
  javascript: ecmascript + javascript,
  php,
  powershell,
  python,
  ruby,
  rust,
  tsx: ecmascript + typescript,
  typescript: ecmascript + typescript,
} as const;

export type Grammar = keyof typeof scopeQueries;

export interface ScopeQueries {
  /** Scopes, and the names that are declared or assigned in them: asked for the place of a name, or of a whole file. */
  readonly places: Query;
  /** Of a language whose functions do not see the variables around them. */
  readonly closed: ClosedScopes | undefined;
}

export interface ClosedScopes {
  /** Captures these functions. */
  readonly query: Query;
  /** A keyword that a function has in it when one of its names means a variable around it. */
  readonly opening: RegExp | undefined;
  /**
   * The types of names that stand for variables alone, so that they declare nothing outside of their function. No other
   * type has such a name: its text tells what it is, as in `$name`.
   */
  readonly variables: ReadonlySet<string>;
}

export function compileScopes(language: Language, grammar: Grammar): ScopeQueries {
  const source = scopeQueries[grammar];
  const places = new Query(language, source);
  const starts = Array.from({ length: places.patternCount() }, (_, at) =>
    places.startIndexForPattern(at),
  );
  const patterns = starts.map((start, at) => source.slice(start, starts[at + 1]));
  return { places, closed: closedScopes(language, patterns) };
}

function closedScopes(language: Language, patterns: readonly string[]): ClosedScopes | undefined {
  const closed = patterns.filter((pattern) => pattern.includes('@scope.closed'));
  if (closed.length === 0) return undefined;
  const opening = patterns.filter((pattern) => pattern.includes('@nonlocal')).map(keywordOf);
  return {
    query: new Query(language, closed.join('\n')),
    opening: opening.length > 0 ? new RegExp(`\\b(?:${opening.join('|')})\\b`, 'i') : undefined,
    variables: variableTypes(patterns),
  };
}

/** A grammar calls a keyword that may be written in any case by its name in lower case. */
function keywordOf(pattern: string): string {
  const [, keyword] = /"(\w+)"/.exec(pattern) ?? [];
  if (keyword === undefined) throw new Error(`A pattern of @nonlocal names no keyword: ${pattern}`);
  return keyword;
}

function variableTypes(patterns: readonly string[]): ReadonlySet<string> {
  const variables = new Set<string>();
  const others = new Set<string>();
  const captured = /(?:\((\w+)\)|[)\]])\s*@definition\b([.\w]*)/g;
  for (const [, type = '_', role = ''] of patterns.join('\n').matchAll(captured)) {
    // Of any type, or of one that is not told by the text alone.
    if (type === '_') return new Set();
    (/^(?:|\.function|\.local)$/.test(role) ? variables : others).add(type);
  }
  return new Set([...variables].filter((type) => !others.has(type)));
}
