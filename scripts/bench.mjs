// `npm run bench`: one table, each row a ratio against a reference that was measured in the same run. A run of all
// benches is kept in bench/results.md.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { makePackage } from './package.mjs';
import { root } from './setUp.mjs';

await makePackage();

const part = process.argv[2] ?? '';
const helpers = ['longFiles.ts', 'row.ts', 'timing.ts'];
const benches = (await readdir(`${root}test/bench`)).filter(
  (file) => file.endsWith('.ts') && !helpers.includes(file) && file.includes(part),
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
  loader: { '.scm': 'text' },
});

const cells = [['', 'value', 'ratio', 'budget', 'verdict', 'reference']];
for (const file of benches) {
  const { rows } = await import(pathToFileURL(`${outdir}/${file.replace(/\.ts$/, '.js')}`).href);
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

const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
const [head, ...body] = cells.map(
  (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`,
);
const line = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
const gibibytes = Math.round(totalmem() / 2 ** 30);
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${gibibytes} GiB`;
const when = new Date().toISOString().slice(0, 10);
const table = `${when}, Node ${process.version}, ${machine}\n\n${[head, line, ...body].join('\n')}\n`;
console.log(table);
if (part === '') {
  await mkdir(`${root}bench`, { recursive: true });
  await writeFile(`${root}bench/results.md`, `# Results of \`npm run bench\`\n\n${table}`);
}
process.exit(cells.some((row) => row[4] === 'OVER') ? 1 : 0);

function round(value) {
  return value >= 100
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(3)));
}
