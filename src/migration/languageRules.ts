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
import { type Language, type LanguageId, languageOfName } from './languages';
import type { SyntaxRules } from './syntaxFile';
import type { RegionRules } from './regions';
import type { LexicalRules } from './tokens';

/** What is searched for uses in a file of one language. */
export interface LanguageRules {
  /** The code of other languages in a file. */
  readonly regions?: RegionRules;
  readonly lexicalRules?: readonly LexicalRules[];
  /** Where actions of policies are not told by brackets and strings. */
  readonly iamRules?: LexicalRules;
  /** Where commands are not told by strings alone. */
  readonly commandRules?: LexicalRules;
  /** On the tree of the language's grammar. */
  readonly syntaxRules?: SyntaxRules;
}

const rules: Readonly<Record<LanguageId, LanguageRules>> = {
  javascript: { syntaxRules: javascript },
  typescript: { syntaxRules: javascript },
  typescriptreact: { syntaxRules: javascript },
  python: { syntaxRules: python },
  go: { syntaxRules: go },
  java: { syntaxRules: java },
  csharp: { syntaxRules: csharp },
  php: { syntaxRules: php },
  ruby: { syntaxRules: ruby },
  rust: { syntaxRules: rust },
  shellscript: { commandRules: commandsInScripts, syntaxRules: bash },
  powershell: { commandRules: commandsInScripts, syntaxRules: powershell },
  kotlin: { lexicalRules: [kotlin] },
  swift: { lexicalRules: [swift] },
  perl: { lexicalRules: [perl] },
  elixir: { lexicalRules: [elixir] },
  json: { regions: notebookRegions },
  markdown: { regions: markdownRegions((name) => languageOfName(name)) },
  html: { regions: markupRegions },
  vue: { regions: markupRegions },
  svelte: { regions: markupRegions },
  terraform: {},
  yaml: { commandRules: commandLines, iamRules: yamlActions },
  makefile: { commandRules: commandLines },
  dockerfile: { commandRules: commandLines },
  just: { commandRules: commandLines },
  fish: { commandRules: commandLines },
  bat: { commandRules: batchLines },
  scala: { lexicalRules: [scala] },
  groovy: { lexicalRules: [groovy] },
  coffeescript: { lexicalRules: [coffeescript] },
  clojure: { lexicalRules: [clojure] },
  r: { lexicalRules: [r] },
  julia: { lexicalRules: [julia] },
  dart: { lexicalRules: [dart] },
  haskell: { lexicalRules: [haskell] },
  erlang: { lexicalRules: [erlang] },
  fsharp: { lexicalRules: [fsharp] },
  vb: { lexicalRules: [visualBasic] },
};

const byId: ReadonlyMap<string, LanguageRules> = new Map(Object.entries(rules));

export const rulesOf = ({ ids: [id] }: Language): LanguageRules => byId.get(id) ?? {};
