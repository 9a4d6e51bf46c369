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
  /** All that stands around a name, asked for its place alone. */
  readonly places: Query;
  /** The names that are declared or assigned, asked whether a name is one of them. */
  readonly definitions: Query;
}

export function compileScopes(language: Language, grammar: Grammar): ScopeQueries {
  const source = scopeQueries[grammar];
  const places = new Query(language, source);
  const starts = Array.from({ length: places.patternCount() }, (_, at) =>
    places.startIndexForPattern(at),
  );
  const patterns = starts
    .map((start, at) => source.slice(start, starts[at + 1]))
    .filter((pattern) => /@(?:definition|assignment|nonlocal)\b/.test(pattern));
  const definitions = new Query(language, patterns.join('\n'));
  for (const capture of definitions.captureNames)
    if (!/^(?:definition|assignment|nonlocal|_)/.test(capture)) definitions.disableCapture(capture);
  return { places, definitions };
}
