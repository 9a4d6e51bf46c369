// Bundles and runs the tests that need no editor: `node scripts/unit.mjs [part of a path]`.
import { readdir, rm } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { build } from 'esbuild';
import Mocha from 'mocha';
import { generate } from './generate.mjs';
import { endWith, runMocha } from './results.mjs';
import { root } from './setUp.mjs';

// A folder of its own, so that two runs do not disturb each other.
const out = `${root}out/unit-${process.pid}`;
const part = process.argv[2] ?? '';

await generate();
const sources = [];
for (const folder of ['test/unit', 'test/protocol']) {
  for (const file of await readdir(root + folder, { recursive: true }).catch(() => [])) {
    if (file.endsWith('.test.ts') && `${folder}/${file}`.includes(part))
      sources.push(`${folder}/${file}`);
  }
}
await build({
  absWorkingDir: root,
  entryPoints: sources,
  outdir: out,
  outbase: 'test',
  bundle: true,
  packages: 'external',
  // There is no editor: see there.
  alias: { vscode: './test/support/vscode.ts' },
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'inline',
  loader: { '.scm': 'text' },
  define: { 'import.meta.dirname': '__dirname' },
  logLevel: 'warning',
});

process.setSourceMapsEnabled(true);
// As V8 does in a process, such as a long-lived extension host, that has compiled many of them: a loop of an expression
// then takes far more stack, and overflows it on a text of some megabytes.
setFlagsFromString('--no-regexp-optimization');
const mocha = new Mocha({
  reporter: process.env.CI ? 'dot' : 'spec',
  // A hang; a machine that is busy with other things may need ten times what an idle one needs.
  timeout: 120_000,
  forbidOnly: Boolean(process.env.CI),
});
for (const source of sources)
  mocha.addFile(`${out}/${source.replace(/^test\//, '').replace(/\.ts$/, '.js')}`);
const results = await runMocha(mocha);
await rm(out, { recursive: true });
await endWith(results);
