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
export const scopeQueries = {
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
