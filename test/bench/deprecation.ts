import { DeprecationFinder } from '../../src/migration/find';
import { languageIdOfPath, languageOfId } from '../../src/migration/languages';
import { partsOf } from '../../src/migration/parts';
import { mayHoldDeprecatedUse } from '../../src/migration/prefilter';
import { SyntaxTrees } from '../../src/migration/syntaxTrees';
import { TimeLimit } from '../../src/core/timeLimit';
import { grammarLoader } from '../unit/migration/finder';
import { type LongFile, lines, longFiles } from './longFiles';
import type { BenchRow } from './row';
import { inTurn, median, medians } from './timing';

const megabyte = 1024 * 1024;
/** What the prefilter may cost for a megabyte, in milliseconds. */
const prefilterBudgetMs = 1;
/** For the reading of one document. What is begun then is ended first. */
const limitMs = 2000;

/** What text without a candidate costs, and what one keystroke costs in a long file that holds uses. */
export async function rows(): Promise<BenchRow[]> {
  return [
    ...(await prefilters()),
    ...(await inTurn(longFiles(), keystroke)),
    await splitNotebook(),
    ...(await inTurn(minifiedFiles(), withinLimit)),
  ];
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
  const budget = keystrokeBudget(languageId, problems.length);
  return { name, value, unit: 'ms', reference: 'a fresh parse', ratio: value / parse, budget };
}

/** In fresh parses: a tree is only changed, a text without a grammar read whole. Each use is looked into besides. */
function keystrokeBudget(languageId: string, uses: number): number {
  if (uses > 50) return 3.5;
  return languageOfId(languageId)?.grammar === undefined ? 2 : 0.5;
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

/** A notebook into its cells, against the parser of JSON. */
async function splitNotebook(): Promise<BenchRow> {
  const line = 'orders = load("orders.json", limit=10)\n';
  const cell = {
    cell_type: 'code',
    metadata: {},
    outputs: [],
    source: Array.from({ length: 50 }, () => line),
  };
  const use = { ...cell, source: ["client.invoke_async(FunctionName='f', InvokeArgs='{}')\n"] };
  const cells = [use, ...Array.from({ length: 400 }, () => cell)];
  const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1);
  const [value = 0, parse = 0] = await medians([
    () => partsOf('orders.ipynb', text, 'json'),
    () => JSON.parse(text),
  ]);
  const name = `split a notebook of ${(text.length / megabyte).toFixed(1)} MB`;
  return { name, value, unit: 'ms', reference: 'JSON.parse', ratio: value / parse };
}

/** As bundlers write them: all in one line, and broken into lines before they get too long. */
function minifiedFiles(): LongFile[] {
  const code = (number: number) =>
    `function f${number}(e,t){var n=e.get(t);return n&&n.id?n.id+${number}:t.map(function(e){return e*2})}`;
  const use = 'var l=new AWS.Lambda;l.invokeAsync({FunctionName:"f",InvokeArgs:"{}"});';
  return [
    { path: 'one line.js', text: minified(5 * megabyte, '') },
    { path: 'lines.js', text: minified(4 * megabyte - 1000, '\n') },
  ];

  function minified(size: number, end: string): string {
    let text = use;
    for (let number = 0; text.length < size; number++)
      text += code(number) + (number % 300 === 0 ? end : '');
    return text.slice(0, size);
  }
}

/** What a search takes that may give up, against the time after which it has to. */
async function withinLimit({ path, text }: LongFile): Promise<BenchRow> {
  const finder = new DeprecationFinder(grammarLoader);
  const document = { uri: path, version: 0, languageId: 'javascript', text };
  await finder.prepare(document);
  const value = await median(async () => {
    await finder.find(document);
    finder.forget(path);
  }, 3);
  const name = `minified JavaScript, ${Math.round(text.length / megabyte)} MB, ${path.replace('.js', '')}`;
  const reference = `limit of ${limitMs} ms`;
  return { name, value, unit: 'ms', reference, ratio: value / limitMs, budget: 1.5 };
}
