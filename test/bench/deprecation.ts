import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DeprecationFinder } from '../../src/migration/find';
import { languageIdOfPath, languageOfId } from '../../src/migration/languages';
import { mayHoldDeprecatedUse } from '../../src/migration/prefilter';
import { SyntaxTrees } from '../../src/migration/syntaxTrees';
import { TimeLimit } from '../../src/core/timeLimit';
import { fixtures, grammarLoader } from '../unit/migration/finder';
import type { BenchRow } from './row';
import { inTurn, median, medians } from './timing';

const megabyte = 1024 * 1024;
/** What the prefilter may cost for a megabyte, in milliseconds. */
const prefilterBudgetMs = 1;
const lines = 5000;

/** A file of each main language, which is repeated until it is long. */
const mainFiles = [
  'javascript-v2/handler.js',
  'javascript-v3/orders.ts',
  'boto3/orders.py',
  'java-v1/Orders.java',
  'dotnet/Orders.cs',
  'go-v1/sender.go',
  'php-v3/orders.php',
  'ruby/orders.rb',
  'rust/main.rs',
  'kotlin/Orders.kt',
];

/** What text without a candidate costs, and what one keystroke costs in a long file that holds uses. */
export async function rows(): Promise<BenchRow[]> {
  return [...(await prefilters()), ...(await inTurn(mainFiles, keystroke))];
}

/** One-byte and two-byte strings, which the engine searches by different means. */
async function prefilters(): Promise<BenchRow[]> {
  const line = '  const invoked = await client.invoke({ name, async: true }); // nvoke\n';
  return inTurn(['', 'é—'], async (extra): Promise<BenchRow> => {
    const text = extra + line.repeat(Math.ceil(megabyte / line.length));
    const [value = 0, search = 0] = await medians([
      () => mayHoldDeprecatedUse(text),
      () => /\binvoke[_-]?async\b/i.test(text),
    ]);
    const name = `prefilter, 1 MB of ${extra === '' ? 'one' : 'two'}-byte text`;
    const reference = 'case-insensitive search';
    return {
      name,
      value,
      unit: 'ms',
      reference,
      ratio: value / search,
      budget: prefilterBudgetMs / search,
    };
  });
}

/** From a character typed in the middle of the file to its problems, against parsing the file anew. */
async function keystroke(file: string): Promise<BenchRow> {
  const languageId = languageIdOfPath(file) ?? '';
  const text = longFile(file);
  const finder = new DeprecationFinder(grammarLoader);
  const find = async (version: number) => {
    const typed = `${text.slice(0, text.length / 2)}${' '.repeat((version + 3) % 7)}${text.slice(text.length / 2)}`;
    return finder.find({ uri: file, version, languageId, text: typed }, { deadline: 60_000 });
  };
  const { problems } = await find(0);
  const value = await median(find);
  const parse = await freshParse(languageId, text);
  const name = `keystroke to ${problems.length} uses, ${lines} lines of ${languageId}`;
  return { name, value, unit: 'ms', reference: 'a fresh parse', ratio: value / parse };
}

async function freshParse(languageId: string, text: string): Promise<number> {
  const trees = new SyntaxTrees(grammarLoader);
  const grammar = languageOfId(languageId)?.grammar;
  if (grammar === undefined) return median(() => text.split(/\b/).length);
  await trees.read({ uri: '', text: '', grammar, limit: new TimeLimit(60_000) }, () => {});
  return median(async (run) =>
    trees.read({ uri: `${run}`, text, grammar, limit: new TimeLimit(60_000) }, () => {}),
  );
}

/** One real use of the language, and code around it that has nothing to do with it. */
function longFile(file: string): string {
  const text = readFileSync(path.join(fixtures, file), 'utf8');
  const filler = text
    .replaceAll(/nvoke(_?)async/gi, 'nvoke$1later')
    .replace(/^<p>.*\n<\?php$/m, '');
  let long = text;
  while (long.split('\n').length < lines)
    long += filler.replaceAll(/^(?:package|use strict).*$/gm, '');
  return long;
}
