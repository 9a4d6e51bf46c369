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
import { markdownRegions } from './languages/markdown';
import { markupRegions } from './languages/markup';
import { notebookRegions } from './languages/notebook';
import { perl } from './languages/perl';
import { elixir } from './languages/elixir';
import { javascript } from './languages/javascript';
import { python } from './languages/python';
import { batchLines, commandLines, commandsInScripts } from './languages/commands';
import {
  clojure,
  coffeescript,
  dart,
  erlang,
  fsharp,
  groovy,
  haskell,
  julia,
  r,
  scala,
  visualBasic,
} from './languages/words';
import { yamlActions } from './languages/yaml';
import { type Lexicon, lexes } from './lexicon';
import type { Grammar } from './syntax/scopes';
import type { SyntaxRules } from './syntaxFile';
import type { RegionRules } from './regions';
import type { LexicalRules } from './tokens';

/** How the files of one language are recognised and read. */
export interface Language {
  /** Identifiers as VS Code gives them. */
  readonly ids: readonly string[];
  /** Of file names in lower case. */
  readonly extensions: readonly string[];
  /** Of whole file names in lower case. */
  readonly names?: RegExp;
  /** Not of a format that only holds code of other languages. */
  readonly lexicon?: Lexicon;
  /** The code of other languages in a file. */
  readonly regions?: RegionRules;
  readonly lexicalRules?: readonly LexicalRules[];
  /** Where actions of policies are not told by brackets and strings. */
  readonly iamRules?: LexicalRules;
  /** Where commands are not told by strings alone. */
  readonly commandRules?: LexicalRules;
  /** `tree-sitter-<grammar>.wasm`. */
  readonly grammar?: Grammar;
  readonly rules?: SyntaxRules;
}

export const languages: readonly Language[] = [
  {
    ids: ['javascript', 'javascriptreact'],
    extensions: ['.js', '.jsx', '.cjs', '.mjs'],
    lexicon: lexes.javascript,
    grammar: 'javascript',
    rules: javascript,
  },
  {
    ids: ['typescript'],
    extensions: ['.ts', '.cts', '.mts'],
    lexicon: lexes.javascript,
    grammar: 'typescript',
    rules: javascript,
  },
  {
    ids: ['typescriptreact'],
    extensions: ['.tsx'],
    lexicon: lexes.javascript,
    grammar: 'tsx',
    rules: javascript,
  },
  {
    ids: ['python'],
    extensions: ['.py', '.pyi'],
    lexicon: lexes.python,
    grammar: 'python',
    rules: python,
  },
  { ids: ['go'], extensions: ['.go'], lexicon: lexes.go, grammar: 'go', rules: go },
  { ids: ['java'], extensions: ['.java'], lexicon: lexes.java, grammar: 'java', rules: java },
  {
    ids: ['csharp'],
    extensions: ['.cs'],
    lexicon: lexes.csharp,
    grammar: 'c-sharp',
    rules: csharp,
  },
  { ids: ['php'], extensions: ['.php'], lexicon: lexes.php, grammar: 'php', rules: php },
  {
    ids: ['ruby'],
    extensions: ['.rb', '.rake'],
    names: /^(?:rake|gem|vagrant|fast)file$/,
    lexicon: lexes.ruby,
    grammar: 'ruby',
    rules: ruby,
  },
  { ids: ['rust'], extensions: ['.rs'], lexicon: lexes.rust, grammar: 'rust', rules: rust },
  {
    ids: ['shellscript'],
    extensions: ['.sh', '.bash', '.zsh', '.ksh', '.bats', '.command'],
    names:
      /^\.(?:(?:bash|zsh|ksh)?(?:rc|env|login|logout)|(?:bash_|z)?profile|bash_aliases|envrc)$/,
    lexicon: lexes.shell,
    commandRules: commandsInScripts,
    grammar: 'bash',
    rules: bash,
  },
  {
    ids: ['powershell'],
    extensions: ['.ps1', '.psm1'],
    lexicon: lexes.powershell,
    commandRules: commandsInScripts,
    grammar: 'powershell',
    rules: powershell,
  },
  { ids: ['kotlin'], extensions: ['.kt', '.kts'], lexicon: lexes.kotlin, lexicalRules: [kotlin] },
  { ids: ['swift'], extensions: ['.swift'], lexicon: lexes.swift, lexicalRules: [swift] },
  { ids: ['perl'], extensions: ['.pl', '.pm', '.t'], lexicon: lexes.perl, lexicalRules: [perl] },
  { ids: ['elixir'], extensions: ['.ex', '.exs'], lexicon: lexes.elixir, lexicalRules: [elixir] },
  {
    ids: ['json', 'jsonc'],
    extensions: ['.json', '.jsonc', '.ipynb'],
    lexicon: lexes.json,
    regions: notebookRegions,
  },
  {
    ids: ['markdown', 'mdx', 'rmd', 'quarto'],
    extensions: ['.md', '.markdown', '.mdx', '.rmd', '.qmd'],
    regions: markdownRegions((name) => languageOfName(name)),
  },
  { ids: ['html'], extensions: ['.html', '.htm', '.xhtml'], regions: markupRegions },
  { ids: ['vue'], extensions: ['.vue'], regions: markupRegions },
  { ids: ['svelte'], extensions: ['.svelte'], regions: markupRegions },
  { ids: ['terraform', 'hcl'], extensions: ['.tf', '.hcl', '.tfvars'], lexicon: lexes.terraform },
  {
    ids: ['yaml', 'dockercompose', 'github-actions-workflow', 'cloudformation'],
    extensions: ['.yml', '.yaml'],
    lexicon: lexes.yaml,
    commandRules: commandLines,
    iamRules: yamlActions,
  },
  {
    ids: ['makefile'],
    extensions: ['.mk', '.make'],
    names: /^(?:gnu)?makefile(?:\.[\w-]+)?$/,
    lexicon: lexes.shell,
    commandRules: commandLines,
  },
  {
    ids: ['dockerfile'],
    extensions: ['.dockerfile', '.containerfile'],
    names: /^(?:docker|container)file(?:\.[\w.-]+)?$/,
    lexicon: lexes.shell,
    commandRules: commandLines,
  },
  {
    ids: ['just'],
    extensions: ['.just'],
    names: /^\.?justfile$/,
    lexicon: lexes.shell,
    commandRules: commandLines,
  },
  { ids: ['fish'], extensions: ['.fish'], lexicon: lexes.shell, commandRules: commandLines },
  { ids: ['bat'], extensions: ['.bat', '.cmd'], lexicon: lexes.batch, commandRules: batchLines },
  {
    ids: ['scala'],
    extensions: ['.scala', '.sc', '.sbt'],
    lexicon: lexes.scala,
    lexicalRules: [scala],
  },
  {
    ids: ['groovy', 'jenkinsfile'],
    extensions: ['.groovy', '.gradle', '.gvy', '.jenkinsfile'],
    names: /^jenkinsfile(?:\.[\w.-]+)?$/,
    lexicon: lexes.groovy,
    lexicalRules: [groovy],
  },
  {
    ids: ['coffeescript'],
    extensions: ['.coffee', '.cson'],
    lexicon: lexes.coffeescript,
    lexicalRules: [coffeescript],
  },
  {
    ids: ['clojure'],
    extensions: ['.clj', '.cljs', '.cljc', '.bb'],
    lexicon: lexes.clojure,
    lexicalRules: [clojure],
  },
  { ids: ['r'], extensions: ['.r'], names: /^\.rprofile$/, lexicon: lexes.r, lexicalRules: [r] },
  { ids: ['julia'], extensions: ['.jl'], lexicon: lexes.julia, lexicalRules: [julia] },
  { ids: ['dart'], extensions: ['.dart'], lexicon: lexes.dart, lexicalRules: [dart] },
  { ids: ['haskell'], extensions: ['.hs'], lexicon: lexes.haskell, lexicalRules: [haskell] },
  {
    ids: ['erlang'],
    extensions: ['.erl', '.hrl', '.escript'],
    lexicon: lexes.erlang,
    lexicalRules: [erlang],
  },
  {
    ids: ['fsharp'],
    extensions: ['.fs', '.fsx', '.fsi'],
    lexicon: lexes.fsharp,
    lexicalRules: [fsharp],
  },
  { ids: ['vb'], extensions: ['.vb'], lexicon: lexes.visualBasic, lexicalRules: [visualBasic] },
];

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
const languageOfName = (name: string): string | undefined =>
  byId.has(name) ? name : languageIdOfPath(`x.${name}`);

/** The language id of a file that is not open, by its path; undefined for a language without rules. */
export function languageIdOfPath(path: string): string | undefined {
  const name = /[^/\\]*$/.exec(path.toLowerCase())?.[0] ?? '';
  const extension = /\.[^.]*$/.exec(name)?.[0] ?? name;
  const language = byExtension.get(extension) ?? named.find(({ names }) => names?.test(name));
  return language?.ids[0];
}
