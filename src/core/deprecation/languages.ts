import { go } from './languages/go';
import { java } from './languages/java';
import { csharp } from './languages/csharp';
import { php } from './languages/php';
import { ruby } from './languages/ruby';
import { rust } from './languages/rust';
import { javascript, typescript } from './languages/javascript';
import { python } from './languages/python';
import { type Lexis, lexes } from './lexis';
import type { SyntaxRules } from './syntaxFile';
import type { LexicalRules } from './tokens';

/** How the files of one language are recognised and read. */
export interface Language {
  /** Identifiers as VS Code gives them. */
  readonly ids: readonly string[];
  /** Ends of file names. */
  readonly extensions: readonly string[];
  readonly lexis: Lexis;
  readonly lexicalRules?: readonly LexicalRules[];
  /** `tree-sitter-<grammar>.wasm`. */
  readonly grammar?: string;
  readonly rules?: SyntaxRules;
}

export const languages: readonly Language[] = [
  {
    ids: ['javascript', 'javascriptreact'],
    extensions: ['.js', '.jsx', '.cjs', '.mjs'],
    lexis: lexes.javascript,
    grammar: 'javascript',
    rules: javascript,
  },
  {
    ids: ['typescript'],
    extensions: ['.ts', '.cts', '.mts'],
    lexis: lexes.javascript,
    grammar: 'typescript',
    rules: typescript,
  },
  {
    ids: ['typescriptreact'],
    extensions: ['.tsx'],
    lexis: lexes.javascript,
    grammar: 'tsx',
    rules: typescript,
  },
  {
    ids: ['python'],
    extensions: ['.py', '.pyi'],
    lexis: lexes.python,
    grammar: 'python',
    rules: python,
  },
  { ids: ['go'], extensions: ['.go'], lexis: lexes.go, grammar: 'go', rules: go },
  { ids: ['java'], extensions: ['.java'], lexis: lexes.java, grammar: 'java', rules: java },
  { ids: ['csharp'], extensions: ['.cs'], lexis: lexes.csharp, grammar: 'c-sharp', rules: csharp },
  { ids: ['php'], extensions: ['.php'], lexis: lexes.php, grammar: 'php', rules: php },
  { ids: ['ruby'], extensions: ['.rb', '.rake'], lexis: lexes.ruby, grammar: 'ruby', rules: ruby },
  { ids: ['rust'], extensions: ['.rs'], lexis: lexes.rust, grammar: 'rust', rules: rust },
  { ids: ['json', 'jsonc'], extensions: ['.json', '.jsonc'], lexis: lexes.json },
];

const byId = new Map(
  languages.flatMap((language) => language.ids.map((id) => [id, language] as const)),
);
const byExtension = new Map(
  languages.flatMap((language) =>
    language.extensions.map((extension) => [extension, language] as const),
  ),
);

/** The language of an open document. */
export const languageOfId = (id: string): Language | undefined => byId.get(id);

/** The language id of a file that is not open, by its path; undefined for a language without rules. */
export function languageIdOfPath(path: string): string | undefined {
  const extension = /\.\w+$/.exec(path)?.[0].toLowerCase();
  return extension === undefined ? undefined : byExtension.get(extension)?.ids[0];
}
