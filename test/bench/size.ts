import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/repository';
import { script } from '../support/script';
import type { BenchRow } from './row';

const kibibyte = 1024;
/** What activation may read, and what a user downloads, in KiB. */
const budgets = { activation: 60, download: 4 * kibibyte };

/** Smaller files are not worth a row, in KiB. */
const smallest = 20;

/** What is on the user's disk: the package, and each file of code as it is published. */
export async function rows(): Promise<BenchRow[]> {
  const sizes = new Map([...sizesIn('dist', '.js'), ...sizesIn('dist', '.mjs')]);
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const [vsix = Number.NaN] = sizesIn('.', '.vsix').values();
  const { activationFiles } = await script<{ activationFiles: (root: string) => string[] }>(
    'scripts/activationFiles.mjs',
  );
  const read = activationFiles(`${repository}/`);
  const activation = read.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  return [
    held('package to download', vsix, budgets.download),
    held(`what activation reads: ${read.length} files`, activation, budgets.activation),
    ...[...sizes]
      .filter(([name, size]) => !read.includes(name) && size >= smallest)
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, value]) => ({
        name: `read on first use: ${name.replace(/-[A-Z0-9]{8}(?=\.mjs$)/, '')}`,
        value,
        unit: 'KiB',
        reference: `all code (${all.toFixed(0)} KiB)`,
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
