import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/repository';
import type { BenchRow } from './row';

const kibibyte = 1024;
/** What activation may read, and what a user downloads, in KiB. */
const budgets = { activation: 60, download: 4 * kibibyte };

/** What is on the user's disk: the package, and each bundle as it is published. */
export async function rows(): Promise<BenchRow[]> {
  const sizes = sizesIn('dist', '.js');
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const [vsix = Number.NaN] = sizesIn('.', '.vsix').values();
  return [
    held('package to download', vsix, budgets.download),
    held('what activation reads: extension.js', sizes.get('extension.js') ?? 0, budgets.activation),
    ...[...sizes]
      .filter(([name]) => name !== 'extension.js')
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, value]) => ({
        name: `read on first use: ${name}`,
        value,
        unit: 'KiB',
        reference: `all bundles (${all.toFixed(0)} KiB)`,
        ratio: value / all,
      })),
  ];
}

function held(name: string, value: number, budget: number): BenchRow {
  return {
    name,
    value,
    unit: 'KiB',
    reference: `budget of ${budget} KiB`,
    ratio: value / budget,
    budget: 1,
  };
}

/** In KiB, by name. */
function sizesIn(folder: string, ending: string): Map<string, number> {
  const path = join(repository, folder);
  const names = readdirSync(path).filter((name) => name.endsWith(ending));
  return new Map(names.map((name) => [name, statSync(join(path, name)).size / kibibyte]));
}
