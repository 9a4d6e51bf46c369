// `npm run bench`: one table, each row a ratio against a reference that was measured in the same run.
import { readdir, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { build } from 'esbuild';
import { installDependencies, root, runNode } from './setUp.mjs';

installDependencies();
runNode('esbuild.mjs', '--production');

const part = process.argv[2] ?? '';
const benches = (await readdir(`${root}test/bench`)).filter(
  (file) => file.endsWith('.ts') && !['row.ts', 'timing.ts'].includes(file) && file.includes(part),
);
const outdir = `${root}out/bench`;
await build({
  entryPoints: benches.map((file) => `${root}test/bench/${file}`),
  outdir,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
});

const cells = [['', 'value', 'ratio', 'budget', 'verdict', 'reference']];
for (const file of benches) {
  const { rows } = await import(`${outdir}/${file.replace(/\.ts$/, '.js')}`);
  for (const { name, value, unit, ratio, budget, reference } of await rows()) {
    const verdict = budget === undefined ? '' : ratio <= budget ? 'ok' : 'OVER';
    cells.push([
      name,
      `${round(value)} ${unit}`,
      `${round(ratio)}×`,
      budget === undefined ? '' : `≤ ${round(budget)}×`,
      verdict,
      reference,
    ]);
  }
}
await rm(outdir, { recursive: true });

console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}\n`,
);
const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
cells.forEach((row, index) => {
  console.log(`| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
  if (index === 0) console.log(`| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
});
process.exit(cells.some((row) => row[4] === 'OVER') ? 1 : 0);

function round(value) {
  return value >= 100
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(3)));
}
