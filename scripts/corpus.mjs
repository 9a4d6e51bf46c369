// What the checks say of sample events: `npm run corpus -- FOLDER…` reads every JSON file below the folders, and prints
// each warning as a row of test/corpus/sampleEvents.md, then how many files and events there are.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { generate } from './generate.mjs';
import { root } from './setUp.mjs';

await generate();
const out = join(root, 'out/corpus');
await build({
  absWorkingDir: root,
  entryPoints: ['test/corpus/eventWarnings.ts'],
  outdir: out,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
});
const { eventWarnings } = await import(pathToFileURL(join(out, 'eventWarnings.mjs')).href);

const seen = new Set();
const counts = { files: 0, different: 0, events: 0, withWarning: 0, warnings: 0 };
for (const folder of process.argv.slice(2).map((path) => resolve(path))) {
  const files = await readdir(folder, { recursive: true });
  for (const file of files.filter((name) => /\.json$/i.test(name)).toSorted()) {
    const value = await parsed(join(folder, file));
    if (value === undefined) continue;
    counts.files++;
    const hash = createHash('sha256').update(JSON.stringify(value)).digest('hex');
    if (seen.has(hash)) continue;
    seen.add(hash);
    counts.different++;
    const found = await eventWarnings(value, join(root, 'generated/eventSchemas'));
    if (!found) continue;
    counts.events++;
    counts.warnings += found.warnings.length;
    if (found.warnings.length > 0) counts.withWarning++;
    for (const warning of found.warnings) console.log(`| ${file} | ${found.name} | ${warning} |`);
  }
}
console.log(
  `${counts.files} JSON files, ${counts.different} of them different, ${counts.events} events: ` +
    `${counts.warnings} warnings in ${counts.withWarning} events`,
);

/** What a file holds; `undefined` when it is not JSON. */
async function parsed(path) {
  try {
    return JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
