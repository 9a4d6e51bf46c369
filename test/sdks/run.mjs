// Proves the fixes by running them: `npm run test:sdks [part of a name]`. Each program in `test/fixtures/sdks` is run against
// Local Lambda, or compiled, as it stands and once more with every fix applied. The fixtures of languages whose own parser
// can be had are parsed before and after their fixes.
//
// What a program needs and this machine lacks is installed when that is possible: Debian's packages as root, npm
// packages into a temporary folder. Everything else is skipped, and the table says so.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const out = `${root}out/sdks`;

await build({
  absWorkingDir: root,
  entryPoints: { prove: 'test/sdks/prove.ts', handlerProcess: 'src/local/handlerProcess.ts' },
  outdir: out,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'inline',
  loader: { '.scm': 'text' },
  logLevel: 'warning',
});
process.chdir(root);
process.setSourceMapsEnabled(true);
const { default: proofs } = await import(pathToFileURL(`${out}/prove.js`).href);
process.exitCode = (await proofs.proveAll(`${out}/handlerProcess.js`, process.argv[2] ?? ''))
  ? 0
  : 1;
