// `npm run bench`: one table, each row a ratio against a reference that was measured in the same run. Each row is
// measured twice, which tells its noise, and compared with what the same machine measured before. That is kept outside
// of the checkout: what is new by any run, all of a run with `--keep`. A run of all benches is written to
// bench/results.md.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cacheFolder } from './editorHost/cache.mjs';
import { makePackage } from './package.mjs';
import { root } from './setUp.mjs';

const words = process.argv.slice(2);
const part = words.find((word) => !word.startsWith('--')) ?? '';
const keepsAll = words.includes('--keep');

const processors = `${cpus().length} × ${cpus()[0]?.model.trim()}`;
const machine = `${processors} Node ${process.version}`.replaceAll(/[^\w.]+/g, '-');
const keptFile = `${cacheFolder()}/bench/${machine}.json`;
const kept = await readKept();

await makePackage();
const outdir = `${root}out/bench`;
const files = (await readdir(`${root}test/bench`)).filter((file) => file.endsWith('.ts'));
await build({
  entryPoints: files.map((file) => `${root}test/bench/${file}`),
  outdir,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  loader: { '.scm': 'text' },
});
const { changeSince, isOverBudget, keysOf, noiseOf } = await built('comparison.ts');

const cells = [['', 'value', 'ratio', 'noise', 'budget', 'verdict', 'since kept', 'reference']];
for (const file of files.filter((file) => file.includes(part))) {
  const { rows } = await built(file);
  if (!rows) continue;
  const [first, second] = [await rows(), await rows()];
  const again = new Map(keysOf(second).map((key, index) => [key, second[index]]));
  for (const [index, key] of keysOf(first).entries()) {
    const measured = [first[index], again.get(key) ?? first[index]];
    const ratios = measured.map(({ ratio }) => ratio);
    cells.push(cellsOf(measured, ratios, kept[key]));
    if (keepsAll || !kept[key]) kept[key] = ratios;
  }
}
await rm(outdir, { recursive: true });

const table = `${heading()}\n\n${tableOf(cells)}\n`;
console.log(table);
await mkdir(dirname(keptFile), { recursive: true });
await writeFile(keptFile, `${JSON.stringify(kept, undefined, 2)}\n`);
console.log(`Kept for comparison: ${keptFile}`);
if (part === '') {
  await mkdir(`${root}bench`, { recursive: true });
  await writeFile(`${root}bench/results.md`, `# Results of \`npm run bench\`\n\n${table}`);
}
process.exit(cells.some((row) => row.includes('OVER')) ? 1 : 0);

/** @returns {Promise<Record<string, number[]>>} the ratios of rows, by their keys */
async function readKept() {
  const text = await readFile(keptFile, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return JSON.parse(text);
}

async function built(file) {
  return import(pathToFileURL(`${outdir}/${file.replace(/\.ts$/, '.js')}`).href);
}

/** Shows the better measurement. */
function cellsOf(measured, ratios, before) {
  const best = measured[ratios.indexOf(Math.min(...ratios))];
  const { name, value, unit, ratio, budget, reference } = best;
  return [
    name,
    `${round(value)} ${unit}`,
    `${round(ratio)}×`,
    `${round(noiseOf(ratios))}×`,
    budget === undefined ? '' : `≤ ${round(budget)}×`,
    budget === undefined ? '' : isOverBudget(measured) ? 'OVER' : 'ok',
    before === undefined ? 'new' : changeInWords(changeSince(before, ratios)),
    reference,
  ];
}

function changeInWords(change) {
  if (change === undefined) return 'same';
  return change > 1 ? `${round(change)}× slower` : `${round(1 / change)}× faster`;
}

function heading() {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  const when = new Date().toISOString().slice(0, 10);
  return `${when}, Node ${process.version}, ${processors}, ${gibibytes} GiB`;
}

function tableOf(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const [head, ...body] = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`,
  );
  const line = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [head, line, ...body].join('\n');
}

function round(value) {
  return value >= 100
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(3)));
}
