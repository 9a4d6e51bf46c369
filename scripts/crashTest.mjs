// `npm run test:crash [-- LINES KILLS SEED]`: kills a run of a file of events at random moments and resumes it, as
// test/unit/sendFile/crash.test.ts does with fewer, and prints what became of its lines; then the same for a durable function.
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './setUp.mjs';

const [lines = 20_000, kills = 200, seed = 1] = process.argv.slice(2).map(Number);
const out = `${root}out/crash/crashRun.cjs`;
await build({
  absWorkingDir: root,
  entryPoints: ['test/support/crashRun.ts'],
  outfile: out,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'cjs',
});
const { crashRun } = await import(pathToFileURL(out).href);
for (const durable of [false, true]) {
  const started = performance.now();
  const figures = await crashRun(lines, kills, seed, { durable });
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log({ durable, lines, seed, ...figures, seconds });
}
