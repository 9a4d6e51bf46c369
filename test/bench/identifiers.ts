import { findIdentifiers } from '../../src/core/functionIdentifier/find';
import { currentPattern, parseFunctionIdentifier } from '../../src/core/functionIdentifier/parse';
import { identifierProblems } from '../../src/core/functionIdentifier/problems';
import type { BenchRow } from './row';
import { inTurn, median, medians } from './timing';

const megabyte = 1024 * 1024;
const arn = 'arn:aws:lambda:us-east-1:123456789012:function:my-function:prod';
/** What a document that concerns nobody may cost, in milliseconds. */
const budgetMs = 2;
/** What the parts and their ranges may cost beyond the match, in matches. */
const oneBudget = 1.7;

/** What identifiers cost: one, a document full of them, a document without any, and hostile text. */
export async function rows(): Promise<BenchRow[]> {
  return [
    await oneIdentifier(),
    await fullDocument(),
    ...(await cleanDocuments()),
    ...(await hostileTexts()),
  ];
}

async function oneIdentifier(): Promise<BenchRow> {
  const calls = 10_000;
  const repeated = (run: () => unknown) => () => {
    for (let call = 0; call < calls; call += 1) run();
  };
  const [ours = 0, pattern = 0] = await medians([
    repeated(() => parseFunctionIdentifier(arn)),
    repeated(() => currentPattern.exec(arn)),
  ]);
  const value = (ours / calls) * 1e6;
  const reference = 'compiled regular expression, exec';
  const ratio = ours / pattern;
  return { name: 'parse one ARN', value, unit: 'ns', reference, ratio, budget: oneBudget };
}

async function fullDocument(): Promise<BenchRow> {
  const lines = Array.from({ length: 10_000 }, (_, index) => `  "${index}": "${arn}-${index}",`);
  const text = lines.map((line) => line.padEnd(104)).join('\n');
  const pattern = new RegExp(currentPattern.source.replace(/^\^|\$$/g, '').replace('?', ''), 'g');
  const [ours = 0, search = 0] = await medians(
    [() => problems(text, 'json'), () => [...text.matchAll(pattern)].length],
    11,
  );
  const name = 'diagnostics, 1 MB with 10,000 ARNs';
  return {
    name,
    value: ours,
    unit: 'ms',
    reference: 'matchAll of the pattern',
    ratio: ours / search,
    budget: 4,
  };
}

/** One-byte and two-byte strings, which the engine searches by different means. */
async function cleanDocuments(): Promise<BenchRow[]> {
  const line = '{"name":"order","items":[{"sku":"a:b","url":"https://example.com/","n":12}]},\n';
  return inTurn(['', 'é—'], async (extra): Promise<BenchRow> => {
    const text = extra + line.repeat(Math.ceil(megabyte / line.length));
    const value = await median(() => problems(text, 'json'));
    return {
      name: `diagnostics, 1 MB without an identifier${extra ? ', two-byte text' : ''}`,
      value,
      unit: 'ms',
      reference: `budget of ${budgetMs} ms`,
      ratio: value / budgetMs,
      budget: 1,
    };
  });
}

/** Four times the text should cost about four times the time; sixteen times would be quadratic. */
async function hostileTexts(): Promise<BenchRow[]> {
  const units = ['a:', 'arn:', '7', '\ud800', '\0', ':lambda:', '"arn:aws:lambda:', `x=${arn} `];
  const check = (text: string) => () =>
    problems(text, 'yaml') + identifierProblems(text, { isTarget: true }).length;
  return inTurn(units, async (unit): Promise<BenchRow> => {
    const [once = 0, fourfold = 0] = await medians(
      [200_000, 800_000].map((size) => check(unit.repeat(size / unit.length))),
      11,
    );
    const name = `hostile, 800 kB of ${JSON.stringify(unit).slice(0, 20)}`;
    return {
      name,
      value: fourfold,
      unit: 'ms',
      reference: '200 kB of it',
      ratio: fourfold / once,
      budget: 8,
    };
  });
}

function problems(text: string, languageId: string): number {
  return findIdentifiers(text, languageId).flatMap(({ text: identifier, range }) =>
    identifierProblems(identifier, { offset: range.start, isTarget: false }),
  ).length;
}
