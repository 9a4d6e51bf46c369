import { type Lexicon, lexes } from './lexicon';
import type { Grammar } from './syntax/scopes';

/**
 * How the files of one language are recognized and split into words. How uses are found in them is in
 * `languageRules.ts`: the server reads file names by itself, and loads no rules for that.
 */
export interface Language {
  /** Identifiers as VS Code gives them. */
  readonly ids: readonly [string, ...string[]];
  /** Of file names in lower case. */
  readonly extensions: readonly string[];
  /** Of whole file names in lower case. */
  readonly names?: RegExp;
  /** Not of a format that only holds code of other languages. */
  readonly lexicon?: Lexicon;
  /** `tree-sitter-<grammar>.wasm`. */
  readonly grammar?: Grammar;
}

const table = [
  {
    ids: ['javascript', 'javascriptreact'],
    extensions: ['.js', '.jsx', '.cjs', '.mjs'],
    lexicon: lexes.javascript,
    grammar: 'javascript',
  },
  {
    ids: ['typescript'],
    extensions: ['.ts', '.cts', '.mts'],
    lexicon: lexes.javascript,
    grammar: 'typescript',
  },
  { ids: ['typescriptreact'], extensions: ['.tsx'], lexicon: lexes.javascript, grammar: 'tsx' },
  { ids: ['python'], extensions: ['.py', '.pyi'], lexicon: lexes.python, grammar: 'python' },
  { ids: ['go'], extensions: ['.go'], lexicon: lexes.go, grammar: 'go' },
  { ids: ['java'], extensions: ['.java'], lexicon: lexes.java, grammar: 'java' },
  { ids: ['csharp'], extensions: ['.cs'], lexicon: lexes.csharp, grammar: 'c-sharp' },
  { ids: ['php'], extensions: ['.php'], lexicon: lexes.php, grammar: 'php' },
  {
    ids: ['ruby'],
    extensions: ['.rb', '.rake'],
    names: /^(?:rake|gem|vagrant|fast)file$/,
    lexicon: lexes.ruby,
    grammar: 'ruby',
  },
  { ids: ['rust'], extensions: ['.rs'], lexicon: lexes.rust, grammar: 'rust' },
  {
    ids: ['shellscript'],
    extensions: ['.sh', '.bash', '.zsh', '.ksh', '.bats', '.command'],
    names:
      /^\.(?:(?:bash|zsh|ksh)?(?:rc|env|login|logout)|(?:bash_|z)?profile|bash_aliases|envrc)$/,
    lexicon: lexes.shell,
    grammar: 'bash',
  },
  {
    ids: ['powershell'],
    extensions: ['.ps1', '.psm1'],
    lexicon: lexes.powershell,
    grammar: 'powershell',
  },
  { ids: ['kotlin'], extensions: ['.kt', '.kts'], lexicon: lexes.kotlin },
  { ids: ['swift'], extensions: ['.swift'], lexicon: lexes.swift },
  { ids: ['perl'], extensions: ['.pl', '.pm', '.t'], lexicon: lexes.perl },
  { ids: ['elixir'], extensions: ['.ex', '.exs'], lexicon: lexes.elixir },
  { ids: ['json', 'jsonc'], extensions: ['.json', '.jsonc', '.ipynb'], lexicon: lexes.json },
  {
    ids: ['markdown', 'mdx', 'rmd', 'quarto'],
    extensions: ['.md', '.markdown', '.mdx', '.rmd', '.qmd'],
  },
  { ids: ['html'], extensions: ['.html', '.htm', '.xhtml'] },
  { ids: ['vue'], extensions: ['.vue'] },
  { ids: ['svelte'], extensions: ['.svelte'] },
  { ids: ['terraform', 'hcl'], extensions: ['.tf', '.hcl', '.tfvars'], lexicon: lexes.terraform },
  {
    ids: ['yaml', 'dockercompose', 'github-actions-workflow', 'cloudformation'],
    extensions: ['.yml', '.yaml'],
    lexicon: lexes.yaml,
  },
  {
    ids: ['makefile'],
    extensions: ['.mk', '.make'],
    names: /^(?:gnu)?makefile(?:\.[\w-]+)?$/,
    lexicon: lexes.shell,
  },
  {
    ids: ['dockerfile'],
    extensions: ['.dockerfile', '.containerfile'],
    names: /^(?:docker|container)file(?:\.[\w.-]+)?$/,
    lexicon: lexes.shell,
  },
  { ids: ['just'], extensions: ['.just'], names: /^\.?justfile$/, lexicon: lexes.shell },
  { ids: ['fish'], extensions: ['.fish'], lexicon: lexes.shell },
  { ids: ['bat'], extensions: ['.bat', '.cmd'], lexicon: lexes.batch },
  { ids: ['scala'], extensions: ['.scala', '.sc', '.sbt'], lexicon: lexes.scala },
  {
    ids: ['groovy', 'jenkinsfile'],
    extensions: ['.groovy', '.gradle', '.gvy', '.jenkinsfile'],
    names: /^jenkinsfile(?:\.[\w.-]+)?$/,
    lexicon: lexes.groovy,
  },
  { ids: ['coffeescript'], extensions: ['.coffee', '.cson'], lexicon: lexes.coffeescript },
  { ids: ['clojure'], extensions: ['.clj', '.cljs', '.cljc', '.bb'], lexicon: lexes.clojure },
  { ids: ['r'], extensions: ['.r'], names: /^\.rprofile$/, lexicon: lexes.r },
  { ids: ['julia'], extensions: ['.jl'], lexicon: lexes.julia },
  { ids: ['dart'], extensions: ['.dart'], lexicon: lexes.dart },
  { ids: ['haskell'], extensions: ['.hs'], lexicon: lexes.haskell },
  { ids: ['erlang'], extensions: ['.erl', '.hrl', '.escript'], lexicon: lexes.erlang },
  { ids: ['fsharp'], extensions: ['.fs', '.fsx', '.fsi'], lexicon: lexes.fsharp },
  { ids: ['vb'], extensions: ['.vb'], lexicon: lexes.visualBasic },
] as const satisfies readonly Language[];

/** The first identifier of a language. */
export type LanguageId = (typeof table)[number]['ids'][0];

export const languages: readonly Language[] = table;

const byId = new Map(
  languages.flatMap((language) => language.ids.map((id) => [id, language] as const)),
);
const byExtension = new Map(
  languages.flatMap((language) =>
    language.extensions.map((extension) => [extension, language] as const),
  ),
);

const named = languages.filter(({ names }) => names !== undefined);

/** The language of an open document. */
export const languageOfId = (id: string): Language | undefined => byId.get(id);

/** The id of a language by what people call it: its id, an extension, or the name of a file. */
export const languageOfName = (name: string): string | undefined =>
  byId.has(name) ? name : languageIdOfPath(`x.${name}`);

/** The language id of a file that is not open, by its path; undefined for a language without rules. */
export function languageIdOfPath(path: string): string | undefined {
  const name = /[^/\\]*$/.exec(path.toLowerCase())?.[0] ?? '';
  const extension = /\.[^.]*$/.exec(name)?.[0] ?? name;
  const language = byExtension.get(extension) ?? named.find(({ names }) => names?.test(name));
  return language?.ids[0];
}
