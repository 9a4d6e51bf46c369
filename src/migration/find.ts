import * as l10n from '@vscode/l10n';
import type { Severity } from '../core/problem';
import { withoutIgnored } from './ignored';
import { bracketedActions, permissionOptions } from './iamActions';
import { commandsInCode } from './languages/commands';
import { rawRequestRules } from './rawRequests';
import { manual } from './manualReasons';
import { oncePerFile } from './once';
import { type Part, partsOf } from './parts';
import { canApply, editsOf } from './rewrite';
import { policyStrings } from './policyStrings';
import { mayHoldDeprecatedUse } from './prefilter';
import { deprecationMessage, fixTitle } from './rules';
import type { Grammar } from './syntax/scopes';
import { SyntaxFile, type SyntaxRules } from './syntaxFile';
import { type GrammarLoader, Queries, SyntaxTrees } from './syntaxTrees';
import { TimeIsUp, TimeLimit } from '../core/timeLimit';
import { TokenFile } from './tokens';
import type { DeprecatedUse, Migration, Use } from './use';

export type { GrammarLoader } from './syntaxTrees';

export interface SourceDocument {
  readonly uri: string;
  readonly version: number;
  /** As VS Code names languages; `languageIdOfPath` gives it for files that are not open. */
  readonly languageId: string;
  readonly text: string;
}

export interface Findings {
  readonly problems: readonly DeprecatedUse[];
  /** Why the document was not looked at, in words. */
  readonly skipped?: string;
}

const defaultDeadlineMs = 2000;
const largestText = 4 * 1024 * 1024;
const longestLine = 50_000;

/** Finds the uses of InvokeAsync in source text, with the edits that replace them by Invoke. */
export class DeprecationFinder {
  readonly #trees: SyntaxTrees;
  readonly #queries = new Queries();

  constructor(loader: GrammarLoader) {
    this.#trees = new SyntaxTrees(loader);
  }

  /** Never throws for what stands in the text; `deadline` is the most milliseconds that reading it may take. */
  async find(document: SourceDocument, options: { deadline?: number } = {}): Promise<Findings> {
    const readable = readableParts(document);
    if ('skipped' in readable) return { problems: [], ...readable };
    try {
      const problems = await this.#problems(readable.parts, options.deadline);
      return { problems: withoutIgnored(document.text, problems) };
    } catch (error) {
      if (error instanceof TimeIsUp) return { problems: [], skipped: error.message };
      // The only one that the engine throws by itself: its stack is full.
      if (error instanceof RangeError) return { problems: [], skipped: tooDeep() };
      throw error;
    }
  }

  async #problems(parts: readonly Part[], deadline = defaultDeadlineMs): Promise<DeprecatedUse[]> {
    // The document's time begins when the grammars are there: the first load is not its fault.
    for (const part of parts) await this.#queriesFor(part);
    const limit = new TimeLimit(deadline);
    const uses: Use[] = [];
    for (const part of parts) uses.push(...part.inDocument(await this.#usesIn(part, limit)));
    return problemsOf(uses, limit);
  }

  async #usesIn(part: Part, limit: TimeLimit): Promise<Use[]> {
    const { uri, text, isRegion } = part;
    const { grammar } = part.language;
    const { syntaxRules } = part.rules;
    const queries = await this.#queriesFor(part);
    if (!grammar || !syntaxRules || !queries) return lexicalUses(part, limit);
    try {
      const found = await this.#trees.read({ uri, text, grammar, limit }, (root, earlier) => {
        const file = new SyntaxFile(text, root, queries.scopes, limit, earlier);
        return syntaxRules.uses(
          file,
          file.candidates(queries.query, syntaxRules.candidates?.(text)),
        );
      });
      return [...found, ...lexicalUses(part, limit)];
    } finally {
      // A document may have many, and nobody tells when one goes.
      if (isRegion) this.#trees.forget(uri);
    }
  }

  /** Loads what reading a document takes, so that `find` has only the document's own work to do. */
  async prepare(document: SourceDocument): Promise<void> {
    const readable = readableParts(document);
    if ('skipped' in readable) return;
    for (const part of readable.parts) await this.#queriesFor(part);
  }

  async #queriesFor({ text, language: { grammar }, rules: { syntaxRules } }: Part) {
    return grammar && syntaxRules?.worthParsing.test(text)
      ? this.#queriesOf(grammar, syntaxRules)
      : undefined;
  }

  async #queriesOf(grammar: Grammar, rules: SyntaxRules) {
    const language = await this.#trees.grammar(grammar);
    return {
      query: this.#queries.compile(language, rules.query),
      scopes: this.#queries.scopes(language, grammar),
    };
  }

  /** Frees the document's syntax tree. */
  forget(uri: string): void {
    this.#trees.forget(uri);
  }
}

const tooDeep = () => l10n.t('its code is nested too deeply');

/** The parts of a document that may hold a use, or why it is not looked at: the same for `prepare` and `find`. */
const readableParts = oncePerFile(
  ({
    uri,
    text,
    languageId,
  }: SourceDocument): { readonly parts: readonly Part[] } | { readonly skipped: string } => {
    if (!mayHoldDeprecatedUse(text)) return { parts: [] };
    if (text.length > largestText) return { skipped: l10n.t('the file is larger than 4 MB') };
    const parts = partsOf(uri, text, languageId);
    const skipped = parts.map((part) => reasonToSkip(part.text)).find((one) => one !== undefined);
    return skipped === undefined ? { parts } : { skipped };
  },
);

function reasonToSkip(text: string): string | undefined {
  if (text.slice(0, 8000).includes('\0')) return l10n.t('the file is binary');
  for (let start = 0, end = 0; end >= 0; start = end + 1) {
    end = text.indexOf('\n', start);
    if ((end < 0 ? text.length : end) - start > longestLine) {
      return l10n.t(
        'the file has a line of more than {0} characters, as minified code has',
        longestLine,
      );
    }
  }
  return undefined;
}

/** What needs no grammar: strings in any language, and calls in the languages that have none. */
function lexicalUses({ text, language: { lexicon }, rules: own }: Part, limit: TimeLimit): Use[] {
  const { lexicalRules = [], iamRules = bracketedActions, commandRules = commandsInCode } = own;
  const rules = [
    ...lexicalRules,
    commandRules,
    iamRules,
    permissionOptions,
    policyStrings,
    rawRequestRules,
  ].filter(({ worthReading }) => worthReading.test(text));
  if (rules.length === 0 || !lexicon) return [];
  const file = new TokenFile(text, lexicon, limit);
  return rules.flatMap((rule) => rule.uses(file));
}

/** Uses that share an input or a method share their migration. */
const editsOfMigration = oncePerFile((migration: Migration) => editsOf([migration]));

const severities: Record<DeprecatedUse['code'], Severity> = {
  'deprecated.invoke-async': 'warning',
  'deprecated.iam-action': 'hint',
  'deprecated.payload-lost': 'warning',
};

/** In order; what several rules tell of one place, the first of them says. */
function problemsOf(uses: readonly Use[], limit: TimeLimit): DeprecatedUse[] {
  const seen = new Set<number>();
  const problems = uses.flatMap((use) => {
    limit.tick();
    if (seen.has(use.range.start)) return [];
    seen.add(use.range.start);
    return problemOf(use);
  });
  return problems.toSorted((a, b) => a.range.start - b.range.start);
}

function problemOf({
  sdk,
  code = 'deprecated.invoke-async',
  range,
  migration,
}: Use): DeprecatedUse {
  const problem = { code, severity: severities[code], range, sdk };
  if ('manualReason' in migration) {
    return {
      ...problem,
      message: deprecationMessage(code, sdk, migration.manualReason),
      fixes: [],
    };
  }
  const edits = editsOfMigration(migration);
  if (!canApply(edits)) {
    return {
      ...problem,
      message: deprecationMessage(code, sdk, manual.incomplete().manualReason),
      fixes: [],
    };
  }
  const fix = { title: fixTitle(sdk), edits, preferred: true };
  return { ...problem, message: deprecationMessage(code, sdk), fixes: [fix], migration };
}
