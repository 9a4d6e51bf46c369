import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/repository';
import { script } from '../support/script';
import type { BenchRow } from './row';
import { inTurn } from './timing';

const id = 'lambda-invoke-async.lambda-invoke-async';
/** An extension that the editor brings along and activates at the same moment. */
const neighbor = 'vscode.emmet';
/** What `activate()` may take, in milliseconds. */
const budgetMs = 15;

/** The activation of the installed package, as the editor itself reports it. */
export async function rows(): Promise<BenchRow[]> {
  const { startReport } = await script<{ startReport: (vsix: string) => Promise<string> }>(
    'test/package/startReport.mjs',
  );
  const vsix = readdirSync(repository).find((name) => name.endsWith('.vsix')) ?? '';
  const reports = await inTurn([1, 2, 3], () => startReport(join(repository, vsix)));
  // What else happens in a starting window can only add to it.
  const fastest = (extension: string) =>
    Math.min(...reports.map((report) => callTime(report, extension)));
  const value = fastest(id);
  const other = fastest(neighbor);
  return [
    {
      name: 'activate() of the installed package, fastest of 3 windows',
      value,
      unit: 'ms',
      reference: `that of ${neighbor}, ${other} ms`,
      ratio: value / other,
      budget: budgetMs / other,
    },
  ];
}

/** The column "Call Activate" of the table of activations, in milliseconds. */
function callTime(report: string, extension: string): number {
  const cells = report.split('\n').find((line) => line.startsWith(`| ${extension} `));
  return Number(cells?.split('|')[4]);
}
