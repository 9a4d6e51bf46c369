import { go } from './languages/go';
import { java } from './languages/java';
import { csharp } from './languages/csharp';
import { php } from './languages/php';
import { ruby } from './languages/ruby';
import { rust } from './languages/rust';
import { bash } from './languages/bash';
import { powershell } from './languages/powershell';
import { kotlin } from './languages/kotlin';
import { swift } from './languages/swift';
import { perl } from './languages/perl';
import { elixir } from './languages/elixir';
import { javascript } from './languages/javascript';
import { python } from './languages/python';
import { shellLines } from './languages/shellLines';
import { yamlActions } from './languages/yaml';
import { type Lexis, lexes } from './lexis';
import type { Grammar } from './syntax/scopes';
import type { SyntaxRules } from './syntaxFile';
import type { LexicalRules } from './tokens';

/** How the files of one language are recognised and read. */
export interface Language {
  /** Identifiers as VS Code gives them. */
  readonly ids: readonly string[];
  /** Of file names in lower case; a whole name where a file has no extension. */
  readonly extensions: readonly string[];
  readonly lexis: Lexis;
  readonly lexicalRules?: readonly LexicalRules[];
  /** Where actions of policies are not told by brackets and strings. */
  readonly iamRules?: LexicalRules;
  /** `tree-sitter-<grammar>.wasm`. */
  readonly grammar?: Grammar;
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
    rules: javascript,
  },
  {
    ids: ['typescriptreact'],
    extensions: ['.tsx'],
    lexis: lexes.javascript,
    grammar: 'tsx',
    rules: javascript,
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
  {
    ids: ['shellscript'],
    extensions: ['.sh', '.bash', '.zsh'],
    lexis: lexes.shell,
    grammar: 'bash',
    rules: bash,
  },
  {
    ids: ['powershell'],
    extensions: ['.ps1', '.psm1'],
    lexis: lexes.powershell,
    grammar: 'powershell',
    rules: powershell,
  },
  { ids: ['kotlin'], extensions: ['.kt', '.kts'], lexis: lexes.kotlin, lexicalRules: [kotlin] },
  { ids: ['swift'], extensions: ['.swift'], lexis: lexes.swift, lexicalRules: [swift] },
  { ids: ['perl'], extensions: ['.pl', '.pm', '.t'], lexis: lexes.perl, lexicalRules: [perl] },
  { ids: ['elixir'], extensions: ['.ex', '.exs'], lexis: lexes.elixir, lexicalRules: [elixir] },
  { ids: ['json', 'jsonc'], extensions: ['.json', '.jsonc'], lexis: lexes.json },
  { ids: ['terraform', 'hcl'], extensions: ['.tf', '.hcl', '.tfvars'], lexis: lexes.terraform },
  {
    ids: ['yaml', 'dockercompose', 'github-actions-workflow', 'cloudformation'],
    extensions: ['.yml', '.yaml'],
    lexis: lexes.yaml,
    lexicalRules: [shellLines],
    iamRules: yamlActions,
  },
  {
    ids: ['makefile'],
    extensions: ['makefile', '.mk'],
    lexis: lexes.shell,
    lexicalRules: [shellLines],
  },
  {
    ids: ['dockerfile'],
    extensions: ['dockerfile'],
    lexis: lexes.shell,
    lexicalRules: [shellLines],
  },
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
  const name = /[^/\\]*$/.exec(path.toLowerCase())?.[0] ?? '';
  const extension = /\.[^.]*$/.exec(name)?.[0] ?? name;
  return byExtension.get(extension)?.ids[0];
}
