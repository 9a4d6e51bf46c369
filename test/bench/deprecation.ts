import { DeprecationFinder } from '../../src/migration/find';
import { languageIdOfPath, languageOfId } from '../../src/migration/languages';
import { mayHoldDeprecatedUse } from '../../src/migration/prefilter';
import { SyntaxTrees } from '../../src/migration/syntaxTrees';
import { TimeLimit } from '../../src/core/timeLimit';
import { grammarLoader } from '../unit/migration/finder';
import { type LongFile, lines, longFiles } from './longFiles';
import type { BenchRow } from './row';
import { inTurn, medians } from './timing';

const megabyte = 1024 * 1024;
/** What the prefilter may cost for a megabyte, in milliseconds. */
const prefilterBudgetMs = 1;

/** What text without a candidate costs, and what one keystroke costs in a long file that holds uses. */
export async function rows(): Promise<BenchRow[]> {
  return [...(await prefilters()), ...(await inTurn(longFiles(), keystroke))];
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
async function keystroke({ path, text }: LongFile): Promise<BenchRow> {
  const languageId = languageIdOfPath(path) ?? '';
  const finder = new DeprecationFinder(grammarLoader);
  const find = async (version: number) => {
    const typed = `${text.slice(0, text.length / 2)}${' '.repeat((version + 3) % 7)}${text.slice(text.length / 2)}`;
    return finder.find({ uri: path, version, languageId, text: typed }, { deadline: 60_000 });
  };
  const { problems } = await find(0);
  const [value = 0, parse = 0] = await medians([find, await freshParse(languageId, text)], 11);
  const name = `keystroke to ${problems.length} uses, ${lines} lines of ${languageId}`;
  return { name, value, unit: 'ms', reference: 'a fresh parse', ratio: value / parse };
}

/** Parses a text anew; for a language without a grammar, splits it into words. */
async function freshParse(
  languageId: string,
  text: string,
): Promise<(round: number) => Promise<unknown>> {
  const grammar = languageOfId(languageId)?.grammar;
  if (grammar === undefined) return async () => text.split(/\b/).length;
  const trees = new SyntaxTrees(grammarLoader);
  const parse = async (round: number) => {
    const request = { uri: `${round}`, text, grammar, limit: new TimeLimit(60_000) };
    return trees.read(request, ({ hasError }) => hasError);
  };
  if (await parse(-4)) throw new Error(`The ${languageId} to measure with is invalid.`);
  return parse;
}
